import { isObject } from '../registry/protocol';
import { attributeOf, callIn, PLACEHOLDER } from './calls';

/** One place where a value refers to a parameter, a pseudo parameter or a resource. */
export interface Reference {
  id: string;
  /** Where an attribute of it is asked for: its name, unless a function gives it. */
  attribute?: string | undefined;
  by: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
  /** Such as /Outputs/Name/Value/Fn::GetAtt. */
  pointer: string;
}

/** All that a value refers to, in either form, in branches that are not taken as well. */
export function referencesIn(value: unknown, pointer = ''): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  const called = isObject(value) ? callIn(value) : undefined;
  return [
    ...(called ? calledFor(...called, pointer) : []),
    ...Object.entries(value).flatMap(([name, member]) =>
      referencesIn(member, `${pointer}/${name}`),
    ),
  ];
}

/** The logical ids, parameters and pseudo parameters that a value refers to. */
export function references(value: unknown): Set<string> {
  return new Set(referencesIn(value).map(({ id }) => id));
}

function calledFor(name: string, argument: unknown, above: string): Reference[] {
  const pointer = `${above}/${name}`;
  if (name === 'Ref')
    return typeof argument === 'string' ? [{ id: argument, by: name, pointer }] : [];
  if (name === 'Fn::Sub') return variablesOf(argument, pointer);
  const [id, attribute] = (name === 'Fn::GetAtt' ? attributeOf(argument) : undefined) ?? [];
  if (id === undefined) return [];
  return [
    {
      id,
      attribute: typeof attribute === 'string' ? attribute : undefined,
      by: 'Fn::GetAtt',
      pointer,
    },
  ];
}

function variablesOf(argument: unknown, pointer: string): Reference[] {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument]) as unknown[];
  const own = isObject(variables) ? variables : {};
  return [...String(text).matchAll(PLACEHOLDER)]
    .filter(([, literal, name = '']) => !literal && !Object.hasOwn(own, name))
    .map(([, , name = '']) => {
      const dot = name.indexOf('.');
      return dot < 0
        ? { id: name, by: 'Fn::Sub', pointer }
        : { id: name.slice(0, dot), attribute: name.slice(dot + 1), by: 'Fn::Sub', pointer };
    });
}
