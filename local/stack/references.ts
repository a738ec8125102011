import { children } from '../../src/template/node';
import type { Entry, Node } from '../../src/template/node';
import { attributeOf, callIn, variablesOf } from './functions';

/** A reference to a parameter, a pseudo parameter or a resource. */
export interface Reference {
  id: string;
  /** For a reference to an attribute: its name, unless a function returns it. */
  attribute?: string;
  by: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
  /** Such as /Outputs/Name/Value/Fn::GetAtt. */
  pointer: string;
}

/** All references in a value, in either form, also in branches that are not taken. */
export function referencesIn(node: Node, pointer = ''): Reference[] {
  const called = callIn(node);
  return [
    ...(called ? calledFor(called, `${pointer}/${called.key}`) : []),
    ...children(node).flatMap(([name, child]) => referencesIn(child, `${pointer}/${name}`)),
  ];
}

/** The logical IDs, parameters and pseudo parameters that a value refers to. */
export function references(node: Node): Set<string> {
  return new Set(referencesIn(node).map(({ id }) => id));
}

function calledFor({ key: by, value: argument }: Entry, pointer: string): Reference[] {
  if (by === 'Ref' && argument.kind === 'scalar') {
    return [{ id: String(argument.value), by, pointer }];
  }
  const found = by === 'Fn::GetAtt' ? attributeOf(argument) : undefined;
  if (found) return [{ ...found, by: 'Fn::GetAtt', pointer }];
  if (by !== 'Fn::Sub') return [];
  return variablesOf(argument).map((name): Reference => {
    const [, id = name, attribute] = /^([^.]*)\.(.*)$/s.exec(name) ?? [];
    return { id, ...(attribute !== undefined && { attribute }), by: 'Fn::Sub', pointer };
  });
}
