import type { Account } from '../state/account';

/** Performs a change of the account's file systems and, if descriptions lag, keeps the previous records. */
export function recordHistory<R>({ clock, history, state }: Account, change: () => R): R {
  if (state.world.descriptionLagSeconds === 0) return change();
  return history.during(clock.now(), () => [...state.fileSystems], change);
}
