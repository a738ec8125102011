/** action.yml and the hook of pre-commit: their scripts run as GitHub runs them, with a git of this computer and a gh of the test. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands';
import { ROOT } from '../cli/command';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
} // oxfmt-ignore

const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const { steps } = ACTION.runs;
const MARK = '<!-- pangea-lustre diff -->';

/** What stands in `${{ }}`: the values that this action asks for, `a || b`, `a != b` and what is put together of them. */
function evaluated(expression: string, values: Readonly<Record<string, string>>): string {
  const term = (text: string): string => {
    const [, literal] = /^'(.*)'$/.exec(text.trim()) ?? [];
    return literal ?? values[text.trim()] ?? '';
  };
  const either = (text: string): string => text.split('||').map(comparison).find((each) => each !== '' && each !== 'false') ?? ''; // oxfmt-ignore
  const comparison = (text: string): string => {
    const [left = '', right] = text.split('!=');
    return right === undefined ? term(left) : String(term(left) !== term(right));
  };
  return expression.replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => either(inner));
}

interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Of a pull request; absent for a push. */
  readonly baseRef?: string;
  /** What gh does: the comments that there are, or that it may not. */
  readonly gh?: { readonly ids?: readonly number[]; readonly refuses?: 'reading' | 'writing' };
  readonly before?: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly summary: string;
  /** The calls of gh, word by word, and the body that was sent. */
  readonly calls: readonly string[];
  readonly body: string;
  readonly workspace: string;
}

/** Runs all steps in a clone of a repository whose base branch has the older files. */
function runAction({ inputs = {}, baseRef, gh = {}, before = {}, after }: Given): Outcome {
  const home = mkdtempSync(join(tmpdir(), 'pangea-lustre-action-'));
  const [origin, workspace, bin, temp] = ['origin', 'workspace', 'bin', 'temp'].map((name) => join(home, name)) as [string, string, string, string]; // oxfmt-ignore
  const git = (cwd: string, ...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...words], { cwd, stdio: 'pipe' }); // oxfmt-ignore
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(workspace, name, '..'), { recursive: true });
      writeFileSync(join(workspace, name), text);
    }
  };
  for (const folder of [bin, temp]) mkdirSync(folder, { recursive: true });
  git(home, 'init', '-q', '--bare', '-b', 'main', origin);
  git(home, 'init', '-q', '-b', 'main', workspace);
  write({ README: 'x', ...before });
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-q', '-m', 'base', '--no-gpg-sign');
  git(workspace, 'remote', 'add', 'origin', origin);
  git(workspace, 'push', '-q', 'origin', 'main');
  git(workspace, 'update-ref', '-d', 'refs/remotes/origin/main');
  write(after);
  writeFileSync(
    join(bin, 'gh'),
    [
      '#!/bin/bash',
      `printf '%s\\n' "$*" >> '${home}/calls'`,
      'for word in "$@"; do case "$word" in body=@*) cat "${word#body=@}" > ' + `'${home}/body'` + ';; esac; done', // oxfmt-ignore
      'case "$*" in',
      `*--paginate*) ${gh.refuses === 'reading' ? 'exit 1' : (gh.ids ?? []).map((id) => `echo ${id}`).join('; ') || 'true'};;`,
      `*) ${gh.refuses === 'writing' ? 'echo "HTTP 403: Resource not accessible by integration" >&2; exit 1' : 'true'};;`,
      'esac',
    ].join('\n'),
  );
  chmodSync(join(bin, 'gh'), 0o755);
  const values: Record<string, string> = {
    ...Object.fromEntries(Object.entries(ACTION.inputs).map(([name, input]) => [`inputs.${name}`, inputs[name] ?? input.default ?? ''])), // oxfmt-ignore
    'github.base_ref': baseRef ?? '',
    'github.event.pull_request.number': baseRef === undefined ? '' : '7',
    'github.repository': 'owner/name',
    'github.token': 'CANARY-token',
  };
  let out = '';
  for (const [index, step] of steps.entries()) {
    if (step.if !== undefined && evaluated(step.if, values) !== 'true') continue;
    const output = join(home, `output-${index}`);
    writeFileSync(output, '');
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-e', '-o', 'pipefail', '-c', step.run ?? ''],
      {
        // oxfmt-ignore
        cwd: workspace,
        encoding: 'utf8',
        env: {
          PATH: `${bin}:${process.env.PATH ?? ''}`,
          HOME: home,
          GITHUB_ACTION_PATH: ROOT,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: join(home, 'summary'),
          RUNNER_TEMP: temp,
          ...Object.fromEntries(
            Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluated(text, values)]),
          ),
        },
      },
    );
    out += stdout + stderr;
    for (const line of readFileSync(output, 'utf8').split('\n').filter(Boolean)) {
      const [name = '', value = ''] = line.split('=');
      values[`steps.${step.id ?? ''}.outputs.${name}`] = value;
    }
    if (status !== 0) return { code: status, out, ...left(home), workspace };
  }
  return { code: 0, out, ...left(home), workspace };
}

function left(home: string): Pick<Outcome, 'summary' | 'calls' | 'body'> {
  const text = (name: string): string =>
    existsSync(join(home, name)) ? readFileSync(join(home, name), 'utf8') : '';
  return { summary: text('summary'), calls: text('calls').split('\n').filter(Boolean), body: text('body') }; // oxfmt-ignore
}

const template = (properties: string): string =>
  [
    'Resources:',
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    `    Properties: {SubnetIds: [subnet-0123456789abcdef0], ${properties}}`,
    '',
  ].join('\n');
const SMALL = template('StorageCapacity: 1200');
const LARGE = template('StorageCapacity: 4800');
const PERSISTENT = template('StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125'); // oxfmt-ignore
const WRONG = template('StorageCapacity: 5000');

const pull = (before: string, after: string, more: Partial<Given> = {}): Outcome =>
  runAction({
    baseRef: 'main',
    before: { 'templates/a.yaml': before },
    after: { 'templates/a.yaml': after },
    ...more,
    inputs: { files: 'templates/**/*.yaml\n', ...more.inputs },
  });

describe('the action', () => {
  test('comments on a pull request, and annotates its lines', () => {
    const { code, out, calls, body, summary } = pull(SMALL, PERSISTENT);
    expect({ code, summary }).toEqual({ code: 0, summary: '' });
    expect(out).toContain('::error file=templates/a.yaml,line=2,col=3,title=Fs%3A replaced%3A DATA LOST::'); // oxfmt-ignore
    expect(calls.map((call) => call.replace(/@.*/, '@'))).toEqual([
      expect.stringMatching(/^api --paginate repos\/owner\/name\/issues\/7\/comments\?per_page=100 --jq /),
      'api --silent --method POST repos/owner/name/issues/7/comments -F body=@',
    ]); // oxfmt-ignore
    expect(body.startsWith(`${MARK}\n### :warning: FSx for Lustre: DATA LOST`)).toBe(true);
    expect(out + body).not.toContain('CANARY');
  });

  test('updates the comment that is there, also with the news that nothing changes any more', () => {
    const { calls, body } = pull(SMALL, SMALL, { gh: { ids: [41, 42] } });
    expect(calls[1]).toMatch(/--method PATCH repos\/owner\/name\/issues\/comments\/41 -F body=@/);
    expect(body).toContain('Nothing changes');
  });

  test('begins no comment where nothing changes', () => {
    expect(pull(SMALL, SMALL).calls).toHaveLength(1);
  });

  test.each(['reading', 'writing'] as const)(
    'writes to the job summary where %s comments is refused, as on a fork',
    (refuses) => {
      // oxfmt-ignore
      const { code, summary } = pull(SMALL, LARGE, { gh: { refuses } });
      expect(code).toBe(0);
      expect(summary).toContain('updated in place');
    },
  );

  test('writes to the job summary where no comment is wanted', () => {
    const { calls, summary } = pull(SMALL, LARGE, { inputs: { comment: 'false' } });
    expect({ calls, isThere: summary.includes(MARK) }).toEqual({ calls: [], isThere: true });
  });

  test('compares nothing on a push, and with a branch that is named', () => {
    const files = { before: { 'a.yaml': SMALL }, after: { 'a.yaml': LARGE } };
    expect(runAction({ ...files, inputs: { files: 'a.yaml' } })).toMatchObject({ code: 0, calls: [], summary: '' }); // oxfmt-ignore
    const named = runAction({ ...files, inputs: { files: 'a.yaml', base: 'main' } });
    expect(named.summary).toContain('updated in place');
  });

  test.each<[name: string, before: string, after: string, inputs: Record<string, string>, code: number]>([
    ['what FSx refuses', WRONG, WRONG, {}, 1],
    ['what fail-on names', SMALL, PERSISTENT, { 'fail-on': 'replacement,increase>500' }, 1],
    ['what it does not name', SMALL, LARGE, { 'fail-on': 'replacement,increase>600' }, 0],
    ['a fail-on that is no word', SMALL, LARGE, { 'fail-on': 'nope' }, 1],
    ['a base that is not there', SMALL, LARGE, { base: 'none' }, 1],
    ['a region without the deployment', SMALL, SMALL, { region: 'ap-southeast-5' }, 1],
  ])('fails for %s, after it has commented', (_, before, after, inputs, code) => {
    const ran = pull(before, after, { inputs });
    expect([ran.code, ran.out]).toEqual([code, ran.out]);
  }); // oxfmt-ignore

  test('nothing in an input, a branch or a file name is a command', () => {
    const evil = '$(touch hacked) `touch hacked`; touch hacked "\' && touch hacked';
    const ran = pull(SMALL, LARGE, {
      before: { [`templates/${evil.replaceAll('/', '')}.yaml`]: SMALL },
      inputs: { files: `templates/**/*.yaml\n${evil}\n--help`, base: evil, 'fail-on': evil, region: evil }, // oxfmt-ignore
    });
    expect(ran.code).toBe(1);
    expect(existsSync(join(ran.workspace, 'hacked'))).toBe(false);
  });

  test('inputs and contexts stand in variables alone, and other actions are pinned by commit', () => {
    expect(ACTION.runs.using).toBe('composite');
    for (const { run = '', uses } of steps) {
      expect(run).not.toContain('${{');
      if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    }
  });
});

test('the hook of pre-commit runs a command that there is, on files that are templates', () => {
  const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as [
    { entry: string; language: string; files: string },
  ];
  const [program = '', command = ''] = hook.entry.split(' ');
  const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  expect(Object.keys(bin)).toContain(program);
  expect(Object.keys(COMMANDS)).toContain(command);
  const files = new RegExp(hook.files);
  for (const name of [
    'templates/a.yaml',
    'x/template/b/c.yml',
    'cfn/a.json',
    'a.template',
    'b.template.yaml',
  ])
    // oxfmt-ignore
    expect([name, files.test(name)]).toEqual([name, true]);
  for (const name of ['package.json', '.github/workflows/ci.yaml', 'mytemplates/a.yaml'])
    expect([name, files.test(name)]).toEqual([name, false]);
});
