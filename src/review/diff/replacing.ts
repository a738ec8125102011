/** Changes for which CloudFormation replaces a file system, and the reasons given for them. */
import { CREATE_ONLY, insteadOf } from '../../lustre/changes/create-only';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { isEquivalentProperty } from '../../lustre/properties/equality';
import { parseProperties } from '../../lustre/properties/parse';
import { rowOf } from '../../lustre/properties/property-table';
import { propertyNamed } from '../../lustre/properties/shapes';
import { unknownsIn } from '../../lustre/unknown';
import type { Model } from '../../lustre/unresolved/model';
import { FILE_SYSTEM_TYPE, NATIVE_TYPE, type ResourceType } from '../resource-types';
import type { PropertyChange, Reason } from './change';
import { NATIVE_REPLACING } from './native-updates';
import { shown } from './steps';

type Name = keyof LustreProperties;

/** A file system in the deployed template and in the new one, with the property names of this type. */
export interface Versions {
  readonly type: ResourceType;
  readonly before: Model;
  readonly after: Model;
}

/** The properties of a type whose change replaces the file system. */
export const replacingProperties = (type: ResourceType): readonly string[] =>
  type.name === NATIVE_TYPE ? NATIVE_REPLACING : CREATE_ONLY;

/** The reason when an AWS::FSx::FileSystem is no longer of type LUSTRE. */
export const NO_LONGER_LUSTRE: Reason = {
  property: FILE_SYSTEM_TYPE,
  message: 'FileSystemType is no longer LUSTRE: CloudFormation replaces the file system.',
};

/** A property before and after, as text. */
export function propertyChange(name: Name, { type, before, after }: Versions): PropertyChange {
  const [old, wanted] = [before[name], after[name]];
  return {
    property: type.path(name),
    ...(old !== undefined && { before: shown(old) }),
    ...(wanted !== undefined && { after: shown(wanted) }),
  };
}

/** Why a change of a property replaces the file system, and what to do instead. */
export function replacingReason(name: Name, versions: Versions): Reason {
  const { property, before, after } = propertyChange(name, versions);
  const usual = before === undefined ? usualOf(name, versions) : undefined;
  const from = before ?? (usual === undefined ? 'none' : `none, which is ${usual},`);
  const change = `${property} changes from ${from} to ${after ?? 'none'}`;
  const advice = isSameToFsx(name, versions)
    ? 'FSx treats both alike, but CloudFormation compares the text: keep the old text.'
    : (insteadOf(name) ?? '');
  return {
    property,
    message: `${change}: CloudFormation replaces the file system. ${advice}`.trimEnd(),
  };
}

/** The value that the file system has if the old template does not give the property. */
function usualOf(name: Name, { type, before }: Versions): string | undefined {
  const { [name]: value } = withDefaults(parseProperties(before).properties, type.defaults);
  return value === undefined ? undefined : shown(value);
}

/** Whether two values mean the same to FSx, for example because one of them is a default that is not given. */
export function isSameToFsx(name: Name, { type, before, after }: Versions): boolean {
  if ([before, after].some((model) => unknownsIn(model[name]).length > 0)) return false;
  const [old, wanted] = [before, after].map(
    (model) => withDefaults(parseProperties(model).properties, type.defaults)[name],
  );
  // An alias may refer to any key.
  const isAnyKey = propertyNamed(name) && rowOf(name).compared === 'key';
  return !isAnyKey && wanted !== undefined && isEquivalentProperty(name, wanted, old);
}
