/** Sentences of the contract that hold for more than one handler. */
import type { Properties } from '../../local/registry/protocol';
import { model } from '../protocol/harness';
import {
  empty,
  expectComplete,
  expectSame,
  expectShape,
  without,
  WRITE_ONLY,
  type Moment,
  type Operation,
} from './life';

/** Of every handler that takes its time. */
export function answersEveryInvocation(operation: () => Operation): void {
  test('answers every invocation with a progress event', () => {
    const { moments } = operation();
    expect(moments.map(({ progress }) => progress.status)).toEqual([
      ...moments.slice(1).map(() => 'IN_PROGRESS'),
      'SUCCESS',
    ]);
  });
}

/** Of creation and update, about the models that they return for an input. */
export function returnsTheResource(operation: () => Operation, input: () => Properties): void {
  const returned = () => model(operation().end);

  test('returns a model that has the shape of the schema, every time', () => {
    for (const { progress } of operation().moments) expectShape(progress.resourceModel);
  });

  test('succeeds with all properties of the request, exactly, except write-only ones', () => {
    expectSame(returned(), without(input(), WRITE_ONLY));
    for (const name of WRITE_ONLY) expect(returned()).not.toHaveProperty(name);
  });

  test('succeeds with defaults and read-only properties in the model', () => {
    expectComplete(returned());
  });

  test('returns nothing that is null or has no value', () => {
    expect(empty(returned())).toEqual([]);
  });
}

/** The answers that said that there is more to wait for. */
export const waiting = ({ moments }: Operation): Moment[] =>
  moments.filter(({ progress }) => progress.status === 'IN_PROGRESS');

/** One look is none: FSx is described while it works only when the operation looks again before it is done. */
export function expectLooks(moments: readonly Moment[], lifecycle: string): void {
  const looks = moments.filter((moment) => moment.lifecycle === lifecycle);
  expect(looks.length).toBeGreaterThanOrEqual(2);
}
