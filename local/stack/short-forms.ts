import { Pair, Scalar, YAMLMap } from 'yaml';
import type { CollectionTag, ScalarTag, YAMLSeq } from 'yaml';

/** CloudFormation's short forms, and the members that they stand for. */
const FUNCTIONS: Record<string, string> = {
  Ref: 'Ref',
  Condition: 'Condition',
  ...Object.fromEntries(
    [
      'And',
      'Base64',
      'Cidr',
      'Contains',
      'EachMemberEquals',
      'EachMemberIn',
      'Equals',
      'FindInMap',
      'GetAtt',
      'GetAZs',
      'If',
      'ImportValue',
      'Join',
      'Length',
      'Not',
      'Or',
      'RefAll',
      'Select',
      'Split',
      'Sub',
      'ToJsonString',
      'Transform',
      'ValueOf',
      'ValueOfAll',
    ].map((name) => [name, `Fn::${name}`]),
  ),
};

/** Tags that turn `!Sub text` into `{ "Fn::Sub": "text" }`, whatever follows the tag. */
export const shortForms: (ScalarTag | CollectionTag)[] = Object.entries(FUNCTIONS).flatMap(
  ([name, member]): (ScalarTag | CollectionTag)[] => [
    { tag: `!${name}`, resolve: (text: string) => ({ [member]: argument(member, text) }) },
    { tag: `!${name}`, collection: 'seq', resolve: (list) => longForm(member, list) },
    { tag: `!${name}`, collection: 'map', resolve: (map) => longForm(member, map) },
  ],
);

/** `!GetAtt A.B` is the one short form whose text is not its argument: the argument is a list. */
function argument(member: string, text: string): string | string[] {
  if (member !== 'Fn::GetAtt') return text;
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** A collection stays a node of the document: what is inside it may hold short forms and aliases. */
function longForm(member: string, collection: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(member), collection));
  return map;
}
