import { nativeFunction } from '../native/handlers';
import { NATIVE_FSX_TYPES } from '../native/types';
import { Registry } from '../registry/registry';
import type { RegistryOptions } from '../registry/registry';
import { RegistryResources } from './registry-resources';

/**
 * AWS's types whose resources the FSx at an endpoint creates: data repository associations and backups.
 *
 * @param timeScale The time scale of that FSx.
 */
export function fsxResources(
  endpoint: string,
  options: Omit<RegistryOptions, 'invoke'> = {},
  timeScale = 1,
): RegistryResources[] {
  return NATIVE_FSX_TYPES.map(({ type, handlers }) => {
    const { typeName, identifier, timeoutMinutes } = type;
    const registry = new Registry({
      ...options,
      invoke: nativeFunction(handlers, endpoint, timeScale),
      typeName,
      identifier,
      timeoutMinutes,
      // The models of AWS's handlers convert strings to numbers and booleans.
      scalars: 'as-given',
    });
    return new RegistryResources(type, registry);
  });
}
