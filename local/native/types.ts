import type { RegistryType } from '../registry/type-schema';
import { associationHandlers } from './association';
import { backupHandlers } from './backup';
import type { Handlers } from './handlers';
import { backup, dataRepositoryAssociation } from './schemas';

/** One of AWS's types whose resources the local FSx creates. */
export interface NativeFsxType {
  type: RegistryType;
  handlers: Handlers;
}

export const NATIVE_FSX_TYPES: readonly NativeFsxType[] = [
  { type: dataRepositoryAssociation, handlers: associationHandlers },
  { type: backup, handlers: backupHandlers },
];
