/** Names of the native type that conversion is about. */

export const FILE_SYSTEM_TYPE = 'FileSystemType';
export const NETWORK_TYPE = 'NetworkType';

/** Members of the native type that have no place here: the type is always LUSTRE, on IPv4. */
export const isDropped = (name: string): boolean =>
  name === FILE_SYSTEM_TYPE || name === NETWORK_TYPE;
