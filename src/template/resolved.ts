/** The properties of a resource as CloudFormation hands them on when it is about to act, as a value of a template. */
import { evaluateText } from './text';
import { scalar, unknown, type Member, type Value } from './values';

/** What a change set has instead of a value that only its execution decides. */
const AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/**
 * A value of JSON; null is left out. Not known is what CloudFormation resolves later: dynamic references to secrets, what a change
 * set does not know yet, and a function that nobody has carried out. No value has a place.
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
