import { nativeFunction } from '../native/handlers';
import { NATIVE_FSX_TYPES } from '../native/types';
import { Registry } from '../registry/registry';
import type { RegistryOptions } from '../registry/registry';
import { RegistryResources } from './registry-resources';

/**
 * The types of AWS whose resources are made by the FSx at an endpoint: associations with data repositories, and backups.
 * @param timeScale how many times faster than in AWS the time of that FSx runs
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
      // The models of AWS's handlers turn text into numbers and booleans.
      scalars: 'as-given',
    });
    return new RegistryResources(type, registry);
  });
}
