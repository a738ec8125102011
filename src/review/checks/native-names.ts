/**
 * Names in AWS::FSx::FileSystem that are unknown, or for file systems of other types than LUSTRE. AWS may have added some
 * of the unknown names after this version was written.
 */
import { isObject, type Json } from '../../lustre/json';
import { isWithin, pathOf, stepsOf, type Step } from '../../lustre/paths';
import { nameAdvice, adviceIfKnown } from '../../lustre/properties/name-advice';
import { namesMeant, type Place } from '../../lustre/properties/name-meaning';
import { nameRepair } from '../../lustre/properties/name-repair';
import { LONGEST_LIST } from '../../lustre/unknown';
import type { Model } from '../../lustre/unresolved/model';
import type { Repair, Violation } from '../../lustre/violations';
import { scalarText, type ObjectValue } from '../../template/values';
import { membersOf, NATIVE_INNER, NATIVE_OUTER } from '../name-places';
import { pathsOf, wrongShape, type Problem } from './problem';
import { plain } from '../resource-model';
import {
  FILE_SYSTEM_TYPE,
  NATIVE_NOT_YET,
  NATIVE_TYPE,
  NESTED,
  NETWORK_TYPE,
  OTHER_TYPES,
} from '../resource-types';

/** Unknown names in AWS::FSx::FileSystem: beside LustreConfiguration and inside it. */
export function nativeNames(properties: ObjectValue): Problem[] {
  const nested = properties.members.get(NESTED)?.value;
  const beside = unknownNames(properties, NATIVE_TYPE, NATIVE_OUTER);
  const inside = nested?.kind === 'object' ? unknownNames(nested, NESTED, NATIVE_INNER) : [];
  const isWrong = nested?.kind === 'list' || (nested?.kind === 'scalar' && nested.value !== null);
  return [
    ...beside,
    ...inside,
    ...ofOtherTypes(properties),
    ...(isWrong ? [wrongShape(NESTED, nested)] : []),
  ];
}

/**
 * FSx's message for a configuration is that it "cannot be applied to create a LUSTRE file system". NetworkType is documented
 * for the other types only: https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html
 */
function ofOtherTypes({ members }: ObjectValue): Problem[] {
  const text = (name: string) => {
    const value = members.get(name)?.value;
    return value && scalarText(value);
  };
  if (text(FILE_SYSTEM_TYPE) !== 'LUSTRE') return [];
  const rule = 'not-applicable';
  const network = members.get(NETWORK_TYPE);
  return [
    ...Object.entries(OTHER_TYPES).flatMap(([property, type]) => {
      const given = members.get(property);
      if (given?.value.kind !== 'object') return [];
      const message = `${property} cannot be used with ${FILE_SYSTEM_TYPE} LUSTRE: it is for file systems of type ${type}. Omit it.`;
      return [{ property, rule, message, at: given.at }];
    }),
    ...(network && text(NETWORK_TYPE) === 'DUAL'
      ? [
          {
            property: NETWORK_TYPE,
            rule,
            message: `${NETWORK_TYPE} DUAL might not be supported with ${FILE_SYSTEM_TYPE} LUSTRE: AWS documents it for the other types only. Omit it, or set it to IPV4.`,
            severity: 'warning' as const,
            repairs: [{ [NETWORK_TYPE]: 'IPV4' }],
            at: network.at,
          },
        ]
      : []),
  ];
}

function unknownNames(object: ObjectValue, where: string, place: Place): Problem[] {
  const given = plain(object) as Json;
  return [...object.members]
    .filter(([name]) => !place.known.includes(name))
    .slice(0, LONGEST_LIST)
    .map(([name, { at }]) => {
      const property = pathOf(place.within, name);
      if (mayBeNew(name, place)) return unchecked(property, where, at);
      const message = `${name} is not a property of ${where}: ${nameAdvice(name, place, given)}`;
      const changes = nameRepair(name, place, given);
      const repairs = changes ? [pathsOf(changes, (each) => pathOf(place.within, each))] : [];
      const meant = namesMeant(name, place).map((each) => pathOf(place.within, each));
      return { property, rule: 'unknown-property', message, meant, repairs, at };
    });
}

/**
 * Whether AWS may have added a property after this version was written. Either the name has AWS's form, is not similar to a
 * known name and has no meaning in another tool; or the FSx API already has it in this object.
 */
const mayBeNew = (name: string, place: Place): boolean =>
  (place.within === NESTED && NATIVE_NOT_YET.some((each) => each === name)) ||
  (/^[A-Z][A-Za-z0-9]+$/.test(name) && adviceIfKnown(name, place) === undefined);

const unchecked = (property: string, where: string, at: number): Problem => ({
  property,
  rule: 'unknown-property',
  message: `${property} is not checked: this version does not know it as a property of ${where}. Check the AWS reference for the type.`,
  at,
  unchecked: true,
});

/** A member that may be new does not keep the rest of its property from being checked. */
export function besideNewMembers(model: Model, check: (model: Model) => Violation[]): Violation[] {
  const found = check(model);
  const added = found.filter((each) => newMemberIn(each) !== undefined);
  if (added.length === 0) return found;
  const rest = added.reduce((all, { property }) => withoutMember(all, stepsOf(property)), model);
  const isTold = ({ rule, property }: Violation): boolean =>
    found.some((each) => each.rule === rule && each.property === property);
  // A repair that writes the whole object would lose the member.
  const keeps = (repair: Repair): boolean =>
    Object.entries(repair).every(
      ([path, value]) =>
        value === undefined || !added.some(({ property }) => isWithin(property, path)),
    );
  const further = check(rest).filter((each) => !isTold(each));
  return [
    ...found,
    ...further.map((each) => ({ ...each, repairs: (each.repairs ?? []).filter(keeps) })),
  ];
}

/** An object or list without the member at the end of the steps. */
function withoutMember<T>(holder: T, [step, ...rest]: readonly Step[]): T {
  if (Array.isArray(holder))
    return holder.map((item: unknown, index) =>
      index === step ? withoutMember(item, rest) : item,
    ) as T;
  if (!isObject(holder) || step === undefined) return holder;
  const { [step]: member, ...others } = holder;
  return (rest.length === 0 ? others : { ...holder, [step]: withoutMember(member, rest) }) as T;
}

/** The object that a member is in that may be new; undefined for other problems. Both types have the object. */
function newMemberIn({ rule, property }: Pick<Problem, 'rule' | 'property'>): string | undefined {
  if (rule !== 'unknown-property') return undefined;
  const steps = stepsOf(property);
  const within = steps.slice(0, -1).reduce<string>(pathOf, '');
  return mayBeNew(String(steps.at(-1)), { known: membersOf(within), within }) ? within : undefined;
}

/** For a member of an object that both types have: replaces the problem by a note if the member may be new. */
export function orUncheckedMember(problem: Problem): Problem {
  const { rule, property, at } = problem;
  const path = property.startsWith(`${NESTED}.`) ? property.slice(NESTED.length + 1) : property;
  const within = newMemberIn({ rule, property: path });
  return within === undefined ? problem : unchecked(property, within, at);
}
