/** The problems of one file system in one deployment. */
import type { Work } from '../../lustre/explore';
import { pathOf } from '../../lustre/paths';
import { unknownsIn, valueAt } from '../../lustre/unknown';
import { checkPartial } from '../../lustre/unresolved/check';
import type { Model } from '../../lustre/unresolved/model';
import { severityOf, type Repair, type Violation } from '../../lustre/violations';
import type { Template } from '../../template/template';
import type { Created, ReviewOptions } from '../file-systems';
import type { Finding } from '../finding';
import { regionInArns } from './arn-region';
import { asWritten } from './as-written';
import { besideNewMembers, nativeNames, orUncheckedMember } from './native-names';
import { pathsOf, wrongShape, type Problem } from './problem';
import { nullValues, refusedLookups } from './refused-values';
import { withBucketAdvice, withReferenceAdvice } from './reference-advice';
import { modelOf, offsetOf, originOf } from '../resource-model';
import { NATIVE_TYPE, type ResourceType } from '../resource-types';
import { conflictsWith } from './restored-backup';
import { unconvertedTexts } from './text-values';

/** The problems of a file system that is created with these properties. */
export function problemsOf(
  template: Pick<Template, 'placeAt'>,
  { properties, region, backup }: Pick<Created, 'properties' | 'region' | 'backup'>,
  type: ResourceType,
  { work, ...options }: ReviewOptions & { readonly work: Work },
): Problem[] {
  if (properties.kind === 'unknown') return [];
  if (properties.kind !== 'object') return [wrongShape('Properties', properties)];
  const isNative = type.name === NATIVE_TYPE;
  const model = modelOf(properties, type);
  const native = isNative ? nativeNames(properties) : [];
  const meant = new Set(native.flatMap((each) => each.meant ?? []));
  const empty = nullValues(properties);
  const stated = options.region ?? region ?? regionInArns(model);
  const check = (checked: Model): Violation[] =>
    checkPartial(checked, {
      ...options,
      ...(stated !== undefined && { region: stated }),
      defaults: type.defaults,
      work,
    });
  const found = isNative ? besideNewMembers(model, check) : check(model);
  const texts = isNative ? [] : unconvertedTexts(model);
  const refused = [
    ...found,
    // An empty text may also be missing.
    ...texts.filter(({ property }) => !found.some((each) => each.property === property)),
    ...(backup ? conflictsWith(backup, model) : []),
    ...(options.limits?.(model, type) ?? []),
  ]
    .map(asWritten(properties, type, model, check))
    .map((violation) => ({
      property: type.path(violation.property),
      rule: violation.rule,
      message: advised(violation, valueAt(model, violation.property)),
      severity: severityOf(violation),
      repairs: (violation.repairs ?? []).map((each) => repairOf(each, type)),
      isOpen: unknownsIn(valueAt(model, violation.property)).length > 0,
    }))
    // What is empty is not also missing.
    .filter(({ property }) => !empty.some((each) => each.property === property))
    // Nor is what has another name.
    .filter(({ property, rule }) => rule !== 'required' || !meant.has(property))
    .map((problem) => ({
      ...problem,
      message: withOrigin(problem.message, originOf(properties, problem.property), template),
      at: offsetOf(properties, problem.property),
    }));
  return [
    ...native,
    ...empty,
    ...refusedLookups(properties),
    ...(isNative ? refused.map(orUncheckedMember) : refused),
  ];
}

/** The message, with what to write instead of a reference to something else. */
function advised({ rule, message, property }: Violation, value: unknown): string {
  if (rule === 's3-bucket-name') return withBucketAdvice(message, value);
  return rule === 'format' ? withReferenceAdvice(message, property, value) : message;
}

/** The message, with the position of the value if that is in another place, such as a parameter. */
function withOrigin(
  message: string,
  origin: ReturnType<typeof originOf>,
  template: Pick<Template, 'placeAt'>,
): string {
  if (!origin) return message;
  return `${message} ${origin.said}, line ${template.placeAt(origin.at).line}.`;
}

/** A repair with the paths of a resource type. */
export const repairOf = (repair: Repair, type: ResourceType): Finding['repairs'][number] =>
  pathsOf(repair, (name) => type.path(pathOf('', name)));
