import type { Account } from '../state/account';

/** Carries out a change of the account's file systems, and keeps what they were before where descriptions lag. */
export function recordHistory<R>({ clock, history, state }: Account, change: () => R): R {
  if (state.world.descriptionLagSeconds === 0) return change();
  return history.during(clock.now(), () => [...state.fileSystems], change);
}
