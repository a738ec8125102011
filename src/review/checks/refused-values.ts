/** Values that CloudFormation refuses whatever the type of the resource: null, and what cannot be looked up. */
import type { Value } from '../../template/values';
import { missingValues } from '../resource-model';
import { wrongShape, type Problem } from './problem';

/** Everything that CloudFormation refuses in some properties before it invokes a handler. */
export function refusedValues(properties: Value): readonly Problem[] {
  if (properties.kind === 'unknown') return [];
  if (properties.kind !== 'object') return [wrongShape('Properties', properties)];
  return [...nullValues(properties), ...refusedLookups(properties)];
}

export function nullValues(properties: Value): Problem[] {
  return missingValues(properties)
    .filter(({ value }) => value === 'null')
    .map(({ path, at }) => ({
      property: path,
      rule: 'null-value',
      message: `${path} is empty: CloudFormation refuses null. Specify a value, or omit ${path}.`,
      repairs: [{ [path]: null }],
      at,
    }));
}

/** The values that cannot be looked up, with CloudFormation's reason. */
export const refusedLookups = (properties: Value): Problem[] =>
  missingValues(properties).flatMap(({ path, value, at }) =>
    value === 'null' || value.known.refused === undefined
      ? []
      : [
          {
            property: path,
            rule: 'unknown-reference',
            message: `CloudFormation refuses this: ${value.known.refused}.`,
            at,
          },
        ],
  );
