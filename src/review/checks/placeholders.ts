/** Defaults of parameters that are not usable values: empty, or placeholders for the caller to replace. */
import { TO_REPLACE } from '../../lustre/properties/meant';
import { PROPERTY_SHAPES, propertyNamed, type Shape } from '../../lustre/properties/shapes';
import { matches, meantBy } from '../../lustre/rules/formats';
import { hasBucketName } from '../../lustre/rules/s3';
import { whyOpen } from '../../template/text';
import {
  scalarText,
  unknown,
  type ObjectValue,
  type Origin,
  type UnknownValue,
  type Value,
} from '../../template/values';
import { NESTED } from '../resource-types';

/**
 * The properties, in which every value from a default that is only a placeholder is unknown: whoever deploys the template
 * gives the value. Values that were given stay.
 */
export function withoutPlaceholders(properties: ObjectValue): ObjectValue {
  const members = new Map(
    [...properties.members].map(([name, { at, value }]) => [
      name,
      {
        at,
        value:
          name === NESTED && value.kind === 'object'
            ? withoutPlaceholders(value)
            : unlessPlaceholder(value, shapeOf(name)),
      },
    ]),
  );
  return { ...properties, members };
}

const shapeOf = (name: string): Shape | undefined => {
  const known = propertyNamed(name);
  return known && PROPERTY_SHAPES[known];
};

/** The value of a property of this shape, in which every value from a default that is only a placeholder is unknown. */
export function unlessPlaceholder(value: Value, shape: Shape | undefined): Value {
  if (value.kind === 'scalar') {
    const text = scalarText(value);
    if (value.isIncomplete && value.open) return value.open;
    if (text === undefined || !isPlaceholder(text, shape)) return value;
    if (value.open) return value.open;
    return value.origin?.parameter === undefined ? value : open(value, value.origin, text);
  }
  if (value.kind === 'list') {
    const { origin, items } = value;
    // The empty default of a list is a list with one empty item.
    const isEmpty = items.length === 1 && items[0] && scalarText(items[0]) === '';
    if (origin?.parameter !== undefined && isEmpty) return open(value, origin, '');
    const item = shape?.type === 'list' ? shape.items : undefined;
    const texts = items.flatMap((each) => scalarText(each) ?? []);
    const placeholder = texts.find((text) => text !== '' && isPlaceholder(text, item));
    // The caller replaces the whole list, so that its length is not known either.
    if (origin?.parameter !== undefined && placeholder !== undefined)
      return open(value, origin, placeholder);
    return { ...value, items: items.map((each) => unlessPlaceholder(each, item)) };
  }
  if (value.kind !== 'object') return value;
  const shapes: Readonly<Record<string, Shape>> = shape?.type === 'object' ? shape.members : {};
  const members = [...value.members].map(
    ([name, each]) =>
      [
        name,
        {
          ...each,
          value: unlessPlaceholder(
            each.value,
            Object.hasOwn(shapes, name) ? shapes[name] : undefined,
          ),
        },
      ] as const,
  );
  return { ...value, members: new Map(members) };
}

/** A text that was meant as AWS::NoValue, but is not. */
const NO_VALUE = 'AWS::NoValue';

/** Words in defaults that the caller replaces. */
const FOR_OTHERS = new RegExp(`${TO_REPLACE.source}|example`, 'i');

/**
 * Whether a default can only be a placeholder. That applies to ids, paths and other names in an account, which a template for
 * several accounts cannot know, but not to words and numbers. A misspelled value is not a placeholder.
 */
function isPlaceholder(text: string, shape: Shape | undefined): boolean {
  if (text.trim() === '' || text === NO_VALUE) return true;
  if (shape?.type !== 'text' || !shape.ofAccount) return false;
  if (!hasBucketName(text)) return true;
  // The id of another kind of resource is a mistake.
  if (matches(shape, text) || AWS_ID.test(text)) return false;
  return FOR_OTHERS.test(text) || meantBy(shape, text) === undefined;
}

/** An id that AWS gives, such as that of a VPC. */
const AWS_ID = /^[a-z]+-([0-9a-f]{8}|[0-9a-f]{17})$/;

function open({ at }: Value, origin: Origin, given: string): UnknownValue {
  const isEmpty = given.trim() === '';
  return unknown(`\${${origin.parameter ?? ''}}`, whyOpen(origin, given), at, {
    mayBeAbsent: isEmpty,
  });
}
