/** Converts the properties that CloudFormation passes to a hook into values of a template. */
import { evaluateText } from './text';
import { scalar, unknown, type Member, type Value } from './values';

/** A change set has this text instead of a value that is known after its execution. */
const AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/**
 * Converts a JSON value; null is dropped. Values that CloudFormation resolves later are unknown: dynamic references to
 * secrets, values that a change set does not know yet, and functions that were not evaluated. Values have no offset.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-schema.html
 */
export function resolvedValue(json: unknown): Value {
  if (typeof json === 'string') return textValue(json);
  if (typeof json === 'number' || typeof json === 'boolean') return scalar(json, 0);
  if (Array.isArray(json)) {
    const items = json.map(resolvedValue).filter(({ kind }) => kind !== 'no value');
    return { kind: 'list', items, at: 0 };
  }
  if (typeof json !== 'object' || json === null) return { kind: 'no value', at: 0 };
  const [only = '', ...others] = Object.keys(json);
  if (others.length === 0 && only === 'Ref' && Object.values(json)[0] === 'AWS::NoValue')
    return { kind: 'no value', at: 0 };
  if (others.length === 0 && /^(?:Ref|Fn::\w+)$/.test(only))
    return unknown(JSON.stringify(json), `${only} is evaluated by CloudFormation`, 0);
  const members = Object.entries(json)
    .map(([name, each]): [string, Member] => [name, { at: 0, value: resolvedValue(each) }])
    .filter(([, { value }]) => value.kind !== 'no value');
  return { kind: 'object', members: new Map(members), at: 0 };
}

const textValue = (text: string): Value =>
  text.includes(AFTER_APPLY)
    ? unknown(text, 'it is known after the change set is executed', 0)
    : evaluateText(text, new Map(), 0);
