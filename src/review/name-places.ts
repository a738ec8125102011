/** The objects of a file system in which unknown names may be, and how each resource type writes names in them. */
import { head } from '../lustre/properties/parse';
import type { Place } from '../lustre/properties/name-meaning';
import {
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  propertyNamed,
  type Shape,
} from '../lustre/properties/shapes';
import {
  NATIVE,
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_ONLY,
  NATIVE_TYPE,
  nativePath,
  NESTED,
  type ResourceType,
} from './resource-types';

const NATIVE_NAMES = { write: nativePath, attribute: NATIVE.attribute };

/** The properties of AWS::FSx::FileSystem beside LustreConfiguration. */
export const NATIVE_OUTER: Place = {
  ...NATIVE_NAMES,
  known: [...NATIVE_BESIDE, ...NATIVE_ONLY, NESTED],
  within: '',
};

/** LustreConfiguration of AWS::FSx::FileSystem. */
export const NATIVE_INNER: Place = {
  ...NATIVE_NAMES,
  known: NATIVE_NESTED,
  within: NESTED,
  holdsProperties: true,
};

/** The object at a path of a resource type. */
export function placeAt(path: string, type: ResourceType): Place {
  if (type.name !== NATIVE_TYPE)
    return { known: path === '' ? PROPERTY_NAMES : membersOf(path), within: path };
  if (path === '') return NATIVE_OUTER;
  if (path === NESTED) return NATIVE_INNER;
  const within = path.startsWith(`${NESTED}.`) ? path.slice(NESTED.length + 1) : path;
  return { known: membersOf(within), within };
}

/** The members of a property that is an object, or a list of objects. */
export function membersOf(path: string): string[] {
  const name = propertyNamed(head(path));
  const shape: Shape | undefined = name && PROPERTY_SHAPES[name];
  const object = shape?.type === 'list' ? shape.items : shape;
  return object?.type === 'object' ? Object.keys(object.members) : [];
}
