/** A file system in one deployment of its template, with what an update depends on. */
import type { LustreProperties } from '../../lustre/properties';
import type { Model } from '../../lustre/unresolved/model';
import type { Deployment } from '../../template/deployment';
import { evaluate } from '../../template/intrinsics';
import { member, type Node } from '../../template/node';
import { isUnknown, scalarText, type ObjectValue } from '../../template/values';
import { refusedValues } from '../checks/refused-values';
import { outcomeIn, type FileSystem } from '../file-systems';
import { modelOf, plain } from '../resource-model';
import {
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_ONLY,
  NATIVE_TYPE,
  NESTED,
  type ResourceType,
} from '../resource-types';
import type { Reason } from './change';

/** A file system that a deployment creates. */
export interface State {
  readonly logicalId: string;
  readonly type: ResourceType;
  /** Its properties under the names of this type, without nesting. Some may be unknown. */
  readonly model: Model;
  /** Properties of AWS::FSx::FileSystem that this version does not know, by their paths. */
  readonly unchecked: Model;
  /** Why CloudFormation refuses a template with these properties, whatever the rules of the type are. */
  readonly refused: readonly Reason[];
  /** Why none of its properties is known; absent if they are known. */
  readonly whyUnknown?: string;
  /** What FSx describes; absent if that was not requested. */
  readonly described?: LustreProperties;
  /** As text; undefined if there is none. A policy that is not known does not keep the file system. */
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
  readonly deployment: Deployment;
  /** The expression of a property, before evaluation. */
  written(property: string): Node | undefined;
}

/** The file system in a deployment; undefined if it is not created, or is not of type LUSTRE. */
export function stateIn(deployment: Deployment, fileSystem: FileSystem): State | undefined {
  const { properties } = outcomeIn(deployment, fileSystem);
  if (properties === undefined) return undefined;
  const { logicalId, type, node, bindings } = fileSystem;
  const policy = (name: string): string | undefined => {
    const written = member(node, name);
    return written && scalarText(evaluate(written, { deployment, bindings }));
  };
  return {
    logicalId,
    type,
    model: properties.kind === 'object' ? modelOf(properties, type) : {},
    unchecked:
      type.name === NATIVE_TYPE && properties.kind === 'object' ? uncheckedOf(properties) : {},
    refused: refusedValues(properties).map(({ property, message }) => ({ property, message })),
    ...(properties.kind !== 'object' && {
      whyUnknown: isUnknown(properties)
        ? `Its properties are not known, because ${properties.unknown.why}.`
        : 'Its properties are no object.',
    }),
    deletionPolicy: policy('DeletionPolicy'),
    updateReplacePolicy: policy('UpdateReplacePolicy'),
    deployment,
    written(property) {
      const beside = member(node, 'Properties');
      const isNested = type.name === NATIVE_TYPE && NATIVE_NESTED.some((each) => each === property);
      return member(isNested ? member(beside, NESTED) : beside, property);
    },
  };
}

function uncheckedOf(properties: ObjectValue): Model {
  const nested = properties.members.get(NESTED)?.value;
  const known: readonly string[] = [...NATIVE_BESIDE, ...NATIVE_ONLY, NESTED];
  const inside: readonly string[] = NATIVE_NESTED;
  return Object.fromEntries([
    ...[...properties.members]
      .filter(([name]) => !known.includes(name))
      .map(([name, { value }]) => [name, plain(value)] as const),
    ...[...(nested?.kind === 'object' ? nested.members : [])]
      .filter(([name]) => !inside.includes(name))
      .map(([name, { value }]) => [`${NESTED}.${name}`, plain(value)] as const),
  ]);
}

/** The model of a file system; null if it is not known. */
export const knownModelOf = ({ model, described, whyUnknown }: State): Model | null =>
  whyUnknown === undefined ? { ...model, ...described } : null;
