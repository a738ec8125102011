import { model } from '../protocol/harness';
import {
  contract,
  empty,
  expectComplete,
  expectFailure,
  expectShape,
  IDENTIFIER,
  WRITE_ONLY,
} from './life';

contract('read', (life) => {
  const reads = () => [life().readCreated, life().readUpdated];

  test('needs nothing but the primary identifier', () => {
    for (const { moments } of reads())
      expect(Object.keys(moments[0]?.event.requestData.resourceProperties ?? {})).toEqual([
        IDENTIFIER,
      ]);
  });

  test('ends at once, with success or failure', () => {
    for (const { moments } of [...reads(), ...life().readsDeleting, life().readDeleted]) {
      expect(moments).toHaveLength(1);
      expect(moments[0]?.progress.status).toMatch(/^(SUCCESS|FAILED)$/);
    }
  });

  test('returns a model that has the shape of the schema', () => {
    for (const { end } of reads()) expectShape(model(end));
  });

  test('returns what was written, no less and nothing else', () => {
    const { created, readCreated, readUpdated, updated } = life();
    expect(model(readCreated.end)).toEqual(model(created.end));
    expect(model(readUpdated.end)).toEqual(model(updated.end));
  });

  test('returns defaults and read-only properties', () => {
    for (const { end } of reads()) expectComplete(model(end));
  });

  test('never returns a write-only property', () => {
    for (const { end } of reads())
      for (const name of WRITE_ONLY) expect(model(end)).not.toHaveProperty(name);
  });

  test('returns nothing that is null or has no value', () => {
    for (const { end } of reads()) expect(empty(model(end))).toEqual([]);
  });

  test('fails with NotFound where there is no such file system', () => {
    expectFailure(life().readDeleted.end, 'NotFound');
  });

  test('fails with NotFound from the moment that the file system is being deleted', () => {
    const { readsDeleting } = life();
    expect(readsDeleting.length).toBeGreaterThan(0);
    for (const { end, moments } of readsDeleting) {
      expect(moments[0]?.lifecycle).toBe('DELETING');
      expectFailure(end, 'NotFound');
    }
  });
});
