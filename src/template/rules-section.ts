/** The Rules section of a template, which restricts its parameters. */
import { call, member, textOf, type Node } from './node';
import { scalarText, type Value } from './values';
import type { Deployment } from './deployment';

/** A rule that refuses the parameters of a deployment. */
interface BrokenRule {
  readonly name: string;
  /** The description of the failed assertion; empty if there is none. */
  readonly description: string;
  /** Offset of the rule. */
  readonly at: number;
}

/** The first rule that refuses the parameters of a deployment. Assertions that cannot be evaluated count as true. */
export function brokenRule(deployment: Deployment): BrokenRule | undefined {
  for (const { key: name, at, value: rule } of deployment.template.section('Rules')?.entries ??
    []) {
    const when = member(rule, 'RuleCondition');
    if (when && holds(when, deployment) !== true) continue;
    const broken = itemsOf(member(rule, 'Assertions')).find(
      (each) => holds(member(each, 'Assert'), deployment) === false,
    );
    if (broken) return { name, at, description: textOf(member(broken, 'AssertDescription')) ?? '' };
  }
  return undefined;
}

const itemsOf = (node: Node | undefined): readonly Node[] =>
  node?.kind === 'list' ? node.items : [];

type Maybe = boolean | undefined;

const allHold = (parts: readonly Maybe[]): Maybe =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;

const negated = (part: Maybe): Maybe => (part === undefined ? undefined : !part);

function holds(node: Node | undefined, deployment: Deployment): Maybe {
  deployment.template.work.spend();
  const called = node && call(node);
  if (!called) return undefined;
  const parts = itemsOf(called.value);
  const truths = () => parts.map((part) => holds(part, deployment));
  const [left, right] = parts.map((part) => textsOf(part, deployment));
  switch (called.key) {
    case 'Fn::And':
      return allHold(truths());
    case 'Fn::Or':
      return negated(allHold(truths().map(negated)));
    case 'Fn::Not':
      return negated(truths()[0]);
    case 'Fn::Equals':
      return left === undefined || right === undefined ? undefined : left.join() === right.join();
    case 'Fn::Contains':
    case 'Fn::EachMemberEquals':
    case 'Fn::EachMemberIn': {
      // The first argument of Fn::Contains has the allowed values; in the other functions it has the values to check.
      const [given, permitted] = called.key === 'Fn::Contains' ? [right, left] : [left, right];
      return given && permitted && given.every((text) => permitted.includes(text));
    }
    default:
      return undefined;
  }
}

/** The texts of a list, or of a scalar as the only one; undefined if they are not known. */
function textsOf(node: Node, deployment: Deployment): readonly string[] | undefined {
  if (node.kind === 'scalar') return [textOf(node) ?? ''];
  if (node.kind === 'list') {
    const texts = node.items.map((item) => textsOf(item, deployment));
    return texts.every((each) => each !== undefined) ? texts.flat() : undefined;
  }
  const name = textOf(member(node, 'Ref'));
  return name === undefined ? undefined : textsOfValue(deployment.knownValue(name));
}

function textsOfValue(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind === 'list') {
    const texts = value.items.map(scalarText);
    return texts.every((each) => each !== undefined) ? texts : undefined;
  }
  const text = value && scalarText(value);
  return text === undefined ? undefined : [text];
}
