import { isDeepStrictEqual } from 'node:util';
import type { Account } from './account';
import { incompatibleParameter } from '../errors';

/**
 * Idempotency by ClientRequestToken (AWS FSx API reference, CreateFileSystem): the same token with the same parameters
 * returns the resource that the first call created. With other parameters, it is an IncompatibleParameterError. A token is
 * removed with its resource.
 */
interface Tokened {
  ClientRequestToken?: string;
}

const key = (scope: string, token: string) => `${scope} ${token}`;
const parameters = (input: Tokened): Record<string, unknown> => {
  const rest = { ...input };
  delete rest.ClientRequestToken;
  return { ...rest };
};

/** The ID of the resource that an earlier call with this token created; undefined if there was none. */
export function findByToken(account: Account, scope: string, input: Tokened): string | undefined {
  const token = input.ClientRequestToken;
  if (token === undefined) return undefined;
  const record = account.state.tokens.get(key(scope, token));
  if (!record) return undefined;
  const now = parameters(input);
  const names = [...new Set([...Object.keys(record.input), ...Object.keys(now)])];
  const other = names.find((name) => !isDeepStrictEqual(record.input[name], now[name]));
  if (other !== undefined) {
    throw incompatibleParameter(
      other,
      `The client request token was already used in a request with a different ${other}.`,
    );
  }
  return record.resourceId;
}

export function recordToken(
  account: Account,
  scope: string,
  input: Tokened,
  resourceId: string,
): void {
  const token = input.ClientRequestToken;
  if (token === undefined) return;
  account.state.tokens.add({ key: key(scope, token), input: parameters(input), resourceId });
}

export function forgetToken(account: Account, resourceId: string): void {
  const { tokens } = account.state;
  for (const record of tokens.inGroup(resourceId)) tokens.remove(record.key);
}
