import { differing, memberAt } from '../../local/stack/resource-type';

const RULES = { Ports: [{ From: 988 }, { From: 1018, To: 1023 }], Name: { First: 'a' } };

test.each([
  ['Name', { First: 'a' }],
  ['Name.First', 'a'],
  ['Name.Last', undefined],
  ['Name.First.Letter', undefined],
  ['Ports.*.From', [988, 1018]],
  ['Ports.*', RULES.Ports],
  ['Name.*', undefined],
])('%s of an object is %j', (name, value) => {
  expect(memberAt(RULES, name)).toEqual(value);
});

test.each([
  ['nothing', RULES, []],
  ['numbers as text', { ...RULES, Ports: [{ From: '988' }, { From: '1018', To: 1024 }] }, []],
  ['a member of one item', { ...RULES, Ports: [{ From: 988 }, { From: 1019 }] }, ['Ports.*.From']],
  ['one item more', { ...RULES, Ports: [...RULES.Ports, { From: 1 }] }, ['Ports.*.From']],
  ['another member', { ...RULES, Name: { First: 'a', Last: 'b' } }, []],
  ['all of it', {}, ['Ports.*.From', 'Name.First']],
])('where %s has changed, the create-only properties that differ are told', (_, other, names) => {
  expect(differing(['Ports.*.From', 'Name.First'], RULES, other)).toEqual(names);
});
