/** An operation ends five minutes before CloudFormation ends it. */
import type { CallbackContext, InProgress } from '../../src/actions/action';
import { inTime } from '../../src/actions/time-limit';
import { ID } from './fake-fsx';

const NOW = Date.UTC(2026, 10, 26);
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const MINUTES = 120;
const LAST = MINUTES * 60 - 300;

const waiting = (callback: CallbackContext, message = 'FSx is busy.'): InProgress => ({
  status: 'IN_PROGRESS',
  model: { FileSystemId: ID },
  callback,
  delaySeconds: 10,
  message,
});
const after = (seconds: number, callback: CallbackContext = {}) =>
  inTime(waiting(callback), { callback: { begun: NOW - seconds * 1000 } }, MINUTES);
const TOLD = `This has not ended within the 2 hours that CloudFormation allows, and may still end: check file system ${ID} in the FSx console, and retry the operation when its state has changed. If it does not change, contact AWS Support.`;

test('the next invocation is in time', () => {
  expect(after(LAST - 10)).toEqual({
    ...waiting({ begun: NOW - (LAST - 10) * 1000 }),
  });
  expect(() => after(LAST - 9)).toThrow(`FSx is busy. ${TOLD}`);
});

test('the seconds that were asked for count, where the clock of another computer does not', () => {
  expect(after(-5000, { waited: LAST })).toMatchObject({ status: 'IN_PROGRESS' });
  expect(() => after(-5000, { waited: LAST + 1 })).toThrow('FSx is busy.');
});

test('a beginning that is too long ago is wrong', () => {
  expect(() => after(2 * MINUTES * 60 - 10)).toThrow(TOLD);
  expect(after(2 * MINUTES * 60 - 9)).toMatchObject({ status: 'IN_PROGRESS' });
  expect(() => after(3 * MINUTES * 60, { waited: LAST + 1 })).toThrow(TOLD);
});

test('it begins with the first invocation', () => {
  expect(inTime(waiting({ waited: 10 }), { callback: {} }, MINUTES)).toMatchObject({
    callback: { begun: NOW, waited: 10 },
  });
  expect(inTime(waiting({ begun: NOW - 7 }), { callback: {} }, MINUTES)).toMatchObject({
    callback: { begun: NOW - 7 },
  });
});

test('seconds of FSx’s cooldown count, which an update does not count as waited', () => {
  const cooled = (cooling: number) =>
    inTime(waiting({ waited: 100, cooling }), { callback: {} }, MINUTES);
  expect(cooled(LAST - 100)).toMatchObject({ status: 'IN_PROGRESS' });
  expect(() => cooled(LAST - 99)).toThrow(TOLD);
});

test('an operation that an earlier version began has begun before its waits', () => {
  const earlier = { waited: 500, cooling: 600 };
  expect(
    inTime(waiting({ waited: 510, cooling: 600 }), { callback: earlier }, MINUTES),
  ).toMatchObject({
    callback: { begun: NOW - 1_100_000 },
  });
});

test('a creation says what becomes of the file system', () => {
  const create = () => inTime(waiting({ started: true, waited: LAST + 1 }), { callback: {} }, MINUTES); // oxfmt-ignore
  expect(create).toThrow(
    `FSx is busy. The file system was not created within the 2 hours that CloudFormation allows. Check file system ${ID} in the FSx console, and delete it there if the stack does not roll back. If its state does not change, contact AWS Support.`,
  );
});

test('a long message leaves room', () => {
  const long = waiting({ waited: LAST + 1 }, '\u{1F600}'.repeat(1000));
  const fail = () => inTime(long, { callback: {} }, MINUTES);
  expect(fail).toThrow(TOLD);
  expect(fail).toThrow(expect.objectContaining({ code: 'NotStabilized' }) as Error);
  expect(fail).toThrow(/^.{1,1024}$/u);
});
