/** `make prune` against an account of a few versions. */
import { prune } from '../../scripts/prune';
import type { Outcome } from '../../scripts/aws';

/** Versions 1 to `count`, of which `standard` is the default. */
function account(count: number, standard: number) {
  let versions = Array.from({ length: count }, (_, index) => ({
    VersionId: String(index + 1).padStart(8, '0'),
    IsDefaultVersion: index + 1 === standard,
    TimeCreated: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
  }));
  const refused = new Set<string>();
  const command = (words: readonly string[]): Promise<Outcome> => {
    const flag = (name: string) => words[words.indexOf(name) + 1] ?? '';
    const [, operation] = words;
    const id = flag('--version-id');
    if (operation === 'deregister-type') {
      if (refused.has(id))
        return Promise.resolve({
          status: 254,
          stdout: '',
          stderr: 'An error occurred (CFNRegistryException) when calling DeregisterType: no',
        });
      versions = versions.filter(({ VersionId }) => VersionId !== id);
      return Promise.resolve({ status: 0, stdout: '', stderr: '' });
    }
    const stdout = JSON.stringify({ TypeVersionSummaries: versions.toReversed() });
    return Promise.resolve({ status: 0, stdout, stderr: '' });
  };
  return { command, refused, left: () => versions.map(({ VersionId }) => Number(VersionId)) };
}

async function run({ command }: ReturnType<typeof account>, words: string[] = [], answer = 'yes') {
  const said: string[] = [];
  const status = await prune(['--region', 'eu-west-1', ...words], {
    command,
    say: (line) => said.push(line),
    ask: () => Promise.resolve(answer),
  });
  return { status, said: said.join('\n') };
}

test.each<[number, number, string[], number[]]>([
  [9, 9, [], [4, 5, 6, 7, 8, 9]],
  [9, 2, [], [2, 5, 6, 7, 8, 9]],
  [9, 9, ['--keep', '0'], [9]],
  [50, 50, ['--keep', '1'], [49, 50]],
  [5, 5, [], [1, 2, 3, 4, 5]],
])('of %i versions, with %i the default and %j, stay %j', async (count, standard, words, left) => {
  const it = account(count, standard);
  expect(await run(it, words)).toMatchObject({ status: 0 });
  expect(it.left()).toEqual(left);
});

test('names what would go, the oldest first, and takes nothing away without a yes', async () => {
  const it = account(8, 8);
  expect(await run(it, [], 'no')).toEqual({
    status: 1,
    said: [
      'eu-west-1 has 8 of 50 versions of Pangea::FSx::LustreFileSystem. To be deregistered:',
      '  00000001  2026-11-01',
      '  00000002  2026-11-02',
      'Nothing was deregistered.',
    ].join('\n'),
  });
  expect(it.left()).toHaveLength(8);
});

test('a refusal of AWS is what it ends with', async () => {
  const it = account(8, 8);
  it.refused.add('00000002');
  await expect(run(it)).rejects.toThrow('(CFNRegistryException) when calling DeregisterType: no');
  expect(it.left()).toEqual([2, 3, 4, 5, 6, 7, 8]);
});

test.each([
  [['--keep', 'x'], '--keep takes a number from 0 to 99, not x.'],
  [['--keep', '-1'], '--keep'],
  [['--region', ''], 'make prune REGION=us-east-1'],
  [['--old'], '--help lists the flags.'],
])('%j is refused', async (words, message) => {
  await expect(run(account(1, 1), words)).rejects.toThrow(message);
});
