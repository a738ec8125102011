/** What an invocation takes over of the callback context that CloudFormation sends back. */
import { readCallbackContext } from '../../src/actions/callback-context';

const WHOLE = {
  pace: 30,
  throttledFrom: 1,
  started: true,
  seen: false,
  unseen: 2,
  absentFrom: 3,
  failed: 'No room.',
  waited: 4.5,
  setbacks: 0,
  unknownFrom: 5,
  finalBackup: { tags: [{ Key: 'a', Value: 'b' }] },
  note: '',
  begun: 1_795_000_000_000,
  acceptedAt: 6,
  creatingFrom: 7,
  refusedAt: 8,
  since: 9,
  step: { name: 'settings', unseen: 1, state: 'AVAILABLE', requestedAt: 10, askedAt: 11 },
  taken: ['settings', 'storage'],
  askedAt: 12,
  taggedAt: 13,
  tagCalls: 14,
  left: [{ name: 'tags', subjects: 'Tags' }],
  cooling: 15,
};

test('all of it, as it was left', () => {
  expect(readCallbackContext(WHOLE)).toEqual(WHOLE);
});

test.each([undefined, null, 'text', 7, true, [], [WHOLE]])('%j is none', (value) => {
  expect(readCallbackContext(value)).toEqual({});
});

test.each<[string, object, object]>([
  ['a name of another version', { waited: 1, color: 'green' }, { waited: 1 }],
  ['a number as a text', { waited: '1' }, {}],
  ['a number that is negative', { waited: -1 }, {}],
  ['a number that is none', { waited: NaN }, {}],
  ['a number without an end', { waited: Infinity }, {}],
  ['a truth as a text', { started: 'true' }, {}],
  ['a truth as a number', { started: 1 }, {}],
  ['the longest text', { note: 'x'.repeat(4096) }, { note: 'x'.repeat(4096) }],
  ['a longer text', { note: 'x'.repeat(4097) }, {}],
  ['a text that is none', { note: 7 }, {}],
  ['the longest list', { taken: Array(50).fill('a') }, { taken: Array(50).fill('a') }],
  ['a longer list', { taken: Array(51).fill('a') }, {}],
  ['an empty list', { taken: [] }, { taken: [] }],
  ['a list that is none', { taken: 'settings' }, {}],
  ['an object for a list', { taken: { length: 0 } }, {}],
  ['a list with one that does not fit', { taken: ['settings', 7] }, {}],
  ['a step without a name', { step: { unseen: 1 } }, {}],
  ['a step without a count', { step: { name: 'settings' } }, {}],
  ['a step that is a list', { step: [] }, {}],
  ['a step that is null', { step: null }, {}],
  ['a step that is a text', { step: 'settings' }, {}],
  [
    'a step with more than it needs',
    { step: { name: 'settings', unseen: 0, state: 7, x: 1 } },
    { step: { name: 'settings', unseen: 0 } },
  ],
  ['what is left without subjects', { left: [{ name: 'tags' }] }, {}],
  ['what is left without a name', { left: [{ subjects: 'Tags' }] }, {}],
  ['a final backup that is a list', { finalBackup: [] }, {}],
  ['a tag without a value', { finalBackup: { tags: [{ Key: 'a' }] } }, { finalBackup: {} }],
  ['a tag without a key', { finalBackup: { tags: [{ Value: 'a' }] } }, { finalBackup: {} }],
  ['no tags', { finalBackup: {} }, { finalBackup: {} }],
])('%s', (_, given, read) => {
  expect(readCallbackContext(given)).toEqual(read);
});
