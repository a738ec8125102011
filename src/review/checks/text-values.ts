/**
 * Numbers and booleans that are given as text. CloudFormation converts some of these texts, and refuses others before it invokes
 * a handler, which accepts them.
 */
import { PROPERTY_SHAPES, type Shape } from '../../lustre/properties/shapes';
import { read } from '../../lustre/properties/reading';
import { isObject } from '../../lustre/json';
import { pathOf } from '../../lustre/paths';
import type { Model } from '../../lustre/unresolved/model';
import type { Violation } from '../../lustre/violations';
import { formatValue } from '../../lustre/wording';

/**
 * The texts that CloudFormation converts to the types of a schema. Measured on types of AWS, on which others are refused: 30.0
 * by AWS::Logs::LogGroup, an empty text by AWS::DynamoDB::Table, though not by AWS::Logs::LogGroup.
 * https://github.com/go-to-k/cdkd/issues/2698 https://github.com/go-to-k/cdkd/issues/3135
 */
const CONVERTED: Readonly<Partial<Record<Shape['type'], RegExp>>> = {
  integer: /^[+-]?\d+$/,
  boolean: /^(true|false)$/,
};

/** Warnings for the texts that a handler would accept, and CloudFormation may refuse. */
export const unconvertedTexts = (model: Model): Violation[] =>
  Object.entries(PROPERTY_SHAPES).flatMap(([name, shape]) =>
    unconverted(shape, model[name], name, (to) => ({ [name]: to })),
  );

function unconverted(
  shape: Shape,
  value: unknown,
  path: string,
  replace: (to: unknown) => Readonly<Record<string, unknown>>,
): Violation[] {
  if (shape.type === 'object')
    return isObject(value)
      ? Object.entries(shape.members).flatMap(([name, member]) =>
          unconverted(member, value[name], pathOf(path, name), (to) =>
            replace({ ...value, [name]: to }),
          ),
        )
      : [];
  const form = CONVERTED[shape.type];
  if (typeof value !== 'string' || form === undefined || form.test(value)) return [];
  const malformed: Violation[] = [];
  const meant = read(shape, value, path, { violations: malformed, advice: () => '' });
  if (malformed.length > 0) return [];
  const what =
    meant === undefined
      ? `is empty: CloudFormation may refuse an empty text instead of ${shape.expected}. Specify a value, or omit ${path}.`
      : `${formatValue(value)} might not be accepted: CloudFormation may refuse this text instead of ${shape.expected}. Write ${formatValue(meant)}.`;
  return [
    {
      rule: 'text-value',
      property: path,
      value,
      message: `${path} ${what}`,
      kind: 'contradiction',
      severity: 'warning',
      repairs: [replace(meant)],
    },
  ];
}
