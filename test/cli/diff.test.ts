/** `pangea-lustre diff` through its command line: what it reads, how it writes, and how it ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdown } from '../../src/cli/formats/diff-markdown';
import type { Change } from '../../src/review/diff/change';
import { ADDRESS, CHOSEN_BY_FSX, configured, plan, PLANNED } from '../review/terraform-plans';
import { folder, pangea, type Ran } from './command';

const SUBNET = 'subnet-0123456789abcdef0';

const fileSystem = (name: string, properties: string, more = ''): string =>
  [
    `  ${name}:`,
    '    Type: Pangea::FSx::LustreFileSystem',
    ...(more === '' ? [] : [`    ${more}`]),
    `    Properties: {SubnetIds: [${SUBNET}], ${properties}}`,
  ].join('\n');

const template = (...fileSystems: readonly string[]): string =>
  ['Resources:', ...fileSystems, ''].join('\n');

const SMALL = template(fileSystem('Fs', 'StorageCapacity: 1200'));
const LARGE = template(fileSystem('Fs', 'StorageCapacity: 4800'));
const PERSISTENT = template(
  fileSystem('Fs', 'StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125'), // oxfmt-ignore
);

const diffOf = (before: string, after: string, ...words: readonly string[]): Ran =>
  pangea(['diff', 'old.yaml', 'new.yaml', ...words], {
    env: { COLUMNS: '80' },
    cwd: folder({ 'old.yaml': before, 'new.yaml': after }),
  });

const json = (ran: Ran): Change[] => JSON.parse(ran.out) as Change[];

describe('formats', () => {
  test.each(['', 'a'])('Markdown is cut between characters, after %j', (first) => {
    const text = `${first}${'\u{1F600}'.repeat(400)}`;
    const comment = markdown({
      changes: [],
      notes: [text],
      failures: [{ file: text, message: text }],
    });
    expect(comment).toContain('\u{1F600}...');
    expect(comment).not.toMatch(/\p{Surrogate}|\uFFFD|\\u/u);
  });

  test.each(['human', 'markdown'])('whose prices they are is said once: %s', (format) => {
    const { out } = diffOf(SMALL, PERSISTENT, '--format', format);
    expect(out).toMatch(/Published prices for us-east-1/);
    expect(out).not.toMatch(/Prices: /);
  });

  test('JSON has one object for each file system, with the members that others rely on', () => {
    const ran = diffOf(SMALL, LARGE, '--format', 'json');
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
    expect(json(ran)).toEqual([
      {
        logicalId: 'Fs',
        type: 'Pangea::FSx::LustreFileSystem',
        file: 'new.yaml',
        line: 2,
        column: 3,
        change: 'in-place',
        dataLoss: false,
        verdict: 'The data stays: the file system is updated in place.',
        reasons: [],
        steps: [
          {
            name: 'storage',
            properties: { StorageCapacity: 4800 },
            minutes: null,
            interruption: 'clients may wait for a few minutes',
            duration: expect.stringContaining('AWS documents no duration') as string,
            rest: 'another increase',
          },
        ],
        differences: [{ property: 'StorageCapacity', before: '1200', after: '4800' }],
        throughput: { before: 240, after: 960 },
        monthlyCost: { before: 168, after: 672 },
        costBasis: [expect.stringContaining('us-east-1') as string],
      },
    ]);
  });

  test('for people, what happens to the data comes first, and no line is longer than 80 columns', () => {
    const { out, code } = diffOf(SMALL, PERSISTENT);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'new.yaml:2:3 Fs Pangea::FSx::LustreFileSystem',
      '  DATA LOST: the file system is deleted with all its data, and a new, empty one',
      '  takes its place.',
    ]);
    expect(out).toContain('add UpdateReplacePolicy: Retain\n      to the file system');
    expect(out).toContain('DATA LOST in 1 of 1 file system. 168.00 → 174.00 USD a month (+6.00).');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('what does not change is one line', () => {
    const { out } = diffOf(SMALL, SMALL);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'new.yaml:2:3 Fs: nothing changes.',
      '',
      'Nothing changes: 1 file system. 168.00 USD a month as before.',
    ]);
  });

  test('GitHub gets a line of the new file for each, as an error where data is lost', () => {
    const { out } = diffOf(SMALL, PERSISTENT, '--format', 'github');
    expect(out).toMatch(/^::error file=new\.yaml,line=2,col=3,title=Fs%3A replaced%3A DATA LOST::DATA LOST: /); // oxfmt-ignore
    const grown = diffOf(SMALL, LARGE, '--format', 'github');
    expect(grown.out).toMatch(/^::warning file=new\.yaml,line=2,col=3,title=Fs%3A updated in place::The data stays/); // oxfmt-ignore
    const created = diffOf(template('  T: {Type: AWS::SNS::Topic}'), SMALL, '--format', 'github');
    expect(created.out).toMatch(/^::notice /);
  });
});

describe('Markdown', () => {
  const MARK = '<!-- pangea-lustre diff -->';

  test('is a sentence, a table and folded details, behind a hidden mark', () => {
    const { out } = diffOf(SMALL, PERSISTENT, '--format', 'markdown');
    const lines = out.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      MARK,
      '### :warning: FSx for Lustre: DATA LOST in 1 of 1 file system.',
    ]);
    expect(out).toContain('| `Fs`<br>`new.yaml` | **replaced: DATA LOST** | - | 240 → 150 | 168.00 → 174.00 |'); // oxfmt-ignore
    expect(out).toContain('<details open><summary>Fs: replaced: DATA LOST</summary>');
    expect(diffOf(SMALL, LARGE, '--format', 'markdown').out).toContain('<details><summary>Fs: updated in place</summary>'); // oxfmt-ignore
  });

  test('says by a second mark that there is nothing to tell', () => {
    expect(diffOf(SMALL, SMALL, '--format', 'markdown').out).toMatch(/^<!-- pangea-lustre diff -->\n<!-- nothing changes -->\n/); // oxfmt-ignore
    expect(diffOf(SMALL, LARGE, '--format', 'markdown').out).not.toContain('nothing changes');
  });

  test.each([20, 200, 500])('of %i file systems is no longer than a comment may be', (count) => {
    const many = (properties: string) =>
      template(...Array.from({ length: count }, (_, at) => fileSystem(`Fs${at}`, properties)));
    const { out } = diffOf(many('StorageCapacity: 1200'), many('StorageCapacity: 4800, DeploymentType: SCRATCH_1'), '--format', 'markdown'); // oxfmt-ignore
    expect(out.length).toBeLessThanOrEqual(65_536);
    expect(out.split('\n')[0]).toBe(MARK);
    expect(out).toContain(`${count} file systems`);
    const opened = out.split('<details').length;
    expect(out.split('</details>').length).toBe(opened);
    if (count > 20) expect(out).toMatch(/details of \d+ are omitted/);
  });

  test('takes nothing of a template for Markdown, HTML or a mention', () => {
    const evil = '`a` | b <img src=x onerror=1> --> @everyone [x](https://evil.example)\\n# big';
    const tagged = (value: string) =>
      template(fileSystem('Fs', `StorageCapacity: 1200, KmsKeyId: '${value}', Tags: [{Key: k, Value: '${value}'}]`)); // oxfmt-ignore
    const { out } = diffOf(tagged('a'), tagged(evil), '--format', 'markdown');
    const outside = out.replace(/(`+)[^`][\s\S]*?\1/g, '');
    expect(outside).not.toMatch(/<img|(?<!\\)\[x|@everyone|https:\/\/evil/);
    for (const line of out.split('\n').filter((each) => each.startsWith('|')))
      expect(line.split(/(?<!\\)\|/).length).toBe(7);
  });
});

test('--discount holds before and after', () => {
  const [change] = json(diffOf(SMALL, LARGE, '--format', 'json', '--discount', '50'));
  expect(change?.monthlyCost).toEqual({ before: 84, after: 336 });
});

describe('--fail-on', () => {
  const shrunk: [string, string] = [LARGE, SMALL];
  const replaced: [string, string] = [SMALL, PERSISTENT];
  const gone: [string, string] = [SMALL, template('  T: {Type: AWS::SNS::Topic}')];
  const open = template(fileSystem('Fs', 'StorageCapacity: 1200, KmsKeyId: !Ref Key'));

  test.each<[name: string, pair: [string, string], words: string, code: number]>([
    ['nothing asked', replaced, '', 0],
    ['a replacement', replaced, 'replacement', 1],
    ['a replacement that may be', [open, open.replace('!Ref Key', '!Ref Other')], 'replacement', 1],
    ['no replacement', [SMALL, LARGE], 'replacement,refusal,deletion', 0],
    ['a refusal', shrunk, 'replacement,refusal', 1],
    ['a deletion', gone, 'deletion', 1],
    ['lost data', gone, 'data-loss', 1],
    ['not known', [SMALL, SMALL.replace('1200', '!Ref Size')], 'unknown', 1],
    ['an increase', [SMALL, LARGE], 'increase>500', 1],
    ['a smaller one', [SMALL, LARGE], 'increase>504', 0],
    ['any increase', [SMALL, LARGE], 'increase', 1],
    ['no increase', shrunk, 'increase', 0],
  ])('%s', (_, pair, words, code) => {
    const ran = diffOf(...pair, ...(words === '' ? [] : ['--fail-on', words]));
    expect({ code: ran.code, err: ran.err.split(':')[0] }).toEqual({ code, err: code === 0 ? '' : 'pangea-lustre' }); // oxfmt-ignore
  });

  test('of a word that is not known', () => {
    expect(diffOf(...replaced, '--fail-on', 'replacements')).toMatchObject({
      code: 2,
      err: 'pangea-lustre: --fail-on replacements is not known: did you mean replacement?\n',
    });
  });

  test('an increase of an unknown cost is told, and so is the total', () => {
    const unknown = (name: string) => template(fileSystem('Fs', `StorageCapacity: !Ref ${name}`));
    const pair = [unknown('Old'), unknown('New')] as const;
    const ran = diffOf(...pair, '--fail-on', 'increase>500');
    expect(ran).toMatchObject({
      code: 0,
      err: 'note: --fail-on increase>500 does not count Fs, whose cost is not known: specify the missing values, or review it.\n',
    });
    expect(ran.out).toContain('The cost of Fs is not known.');
    expect(diffOf(pair[0], pair[0], '--fail-on', 'increase>500').err).toBe('');
  });

  test('the reason names the file system and its file, as several files may have one of that name', () => {
    expect(diffOf(SMALL, PERSISTENT, '--fail-on', 'replacement')).toMatchObject({
      code: 1,
      err: 'pangea-lustre: --fail-on replacement applies to Fs in new.yaml.\n',
    });
  });

  test('a kept file system goes on costing', () => {
    const kept = (tier: string) =>
      template(fileSystem('Fs', `StorageCapacity: 1200, ${tier}`, 'UpdateReplacePolicy: Retain'));
    const pair = [kept('DeploymentType: SCRATCH_2'), kept('DeploymentType: SCRATCH_1')] as const;
    expect(diffOf(...pair, '--fail-on', 'increase>167').code).toBe(1);
    expect(diffOf(...pair, '--fail-on', 'increase>168').code).toBe(0);
  });
});

describe('--base', () => {
  const repository = (files: Readonly<Record<string, string>>): string => {
    const at = folder({});
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...words], { cwd: at });
    git('init', '-q', '-b', 'main');
    write(at, files);
    git('add', '-A');
    git('commit', '-q', '-m', 'first', '--no-gpg-sign');
    return at;
  };
  const write = (at: string, files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(at, name, '..'), { recursive: true });
      writeFileSync(join(at, name), text);
    }
  };
  const changes = (ran: Ran) =>
    json(ran).map(({ file, change, dataLoss }) => `${file} ${change}${dataLoss ? ' LOST' : ''}`);

  test('compares the files of a pattern with those of a commit: changed, new and gone', () => {
    const at = repository({
      'templates/a.yaml': SMALL,
      'templates/deep/gone.yaml': SMALL,
      'templates/same.yaml': SMALL,
      'templates/.hidden/x.yaml': SMALL,
    });
    write(at, { 'templates/a.yaml': LARGE, 'templates/new.yaml': LARGE });
    rmSync(join(at, 'templates/deep'), { recursive: true });
    const ran = pangea(['diff', '--base', 'main', 'templates/**/*.yaml', '--format', 'json'], {
      cwd: at,
    });
    expect(changes(ran)).toEqual([
      'templates/a.yaml in-place',
      'templates/deep/gone.yaml delete LOST',
      'templates/new.yaml create',
      'templates/same.yaml none',
    ]);
    const dotted = pangea(['diff', '--base', 'main', './templates/*.yaml', '--format', 'json'], {
      cwd: at,
    });
    expect(changes(dotted)).toEqual([
      'templates/a.yaml in-place',
      'templates/new.yaml create',
      'templates/same.yaml none',
    ]);
    const below = pangea(['diff', '--base', 'HEAD', 'a.yaml', '--format', 'json'], {
      cwd: join(at, 'templates'),
    });
    expect(changes(below)).toEqual(['a.yaml in-place']);
    expect(pangea(['diff', '--base', 'main', 'templates/**/*.yaml'], { cwd: at }).out).toContain('Note: templates/deep/gone.yaml was removed: its stack and resources remain'); // oxfmt-ignore
  });

  test('files of a pattern that are no templates are skipped, as check skips them', () => {
    const manifest = 'kind: Pod\n---\nkind: Service\n';
    const at = repository({
      'a.yaml': SMALL,
      'manifest.yaml': manifest,
      'gone.yaml': 'key: value',
      'draft.yaml': '',
      'broken.yaml': SMALL,
    });
    write(at, { 'a.yaml': LARGE, 'values.yaml': 'key: value', 'draft.yaml': SMALL });
    rmSync(join(at, 'gone.yaml'));
    const base = ['diff', '--base', 'main', '--format', 'json'];
    const ran = pangea([...base, '*.yaml'], { cwd: at });
    expect(changes(ran)).toEqual(['a.yaml in-place', 'broken.yaml none', 'draft.yaml create']);
    expect({ code: ran.code, err: ran.err }).toEqual({
      code: 0,
      err: 'note: 3 files are not CloudFormation templates, and were skipped.\n',
    });
    write(at, { 'broken.yaml': 'key: value' });
    expect(pangea([...base, '*.yaml'], { cwd: at })).toMatchObject({
      code: 2,
      err: expect.stringContaining('pangea-lustre: broken.yaml: this is not a CloudFormation template') as string, // oxfmt-ignore
    });
    expect(pangea([...base, 'manifest.yaml'], { cwd: at }).code).toBe(2);
  });

  test('files of a pattern that are not text, now or at the commit, are skipped', () => {
    const at = repository({
      'a.yaml': SMALL,
      'packed.yaml': '\u001f\0\u0008',
      'was.yaml': '\u001f\0',
    });
    write(at, { 'was.yaml': SMALL });
    const words = ['diff', '--base', 'main', '--format', 'json'];
    const ran = pangea([...words, '*.yaml'], { cwd: at });
    expect(changes(ran)).toEqual(['a.yaml none', 'was.yaml create']);
    expect({ code: ran.code, err: ran.err }).toEqual({
      code: 0,
      err: 'note: 1 file is not a CloudFormation template, and was skipped.\n',
    });
    expect(pangea([...words, 'was.yaml'], { cwd: at }).err).toBe(
      'pangea-lustre: main:was.yaml: this is not a text file.\n',
    );
  });

  test('a file that is named and matches a pattern is compared once', () => {
    const at = repository({ 'a.yaml': SMALL });
    write(at, { 'a.yaml': LARGE });
    const ran = pangea(['diff', '--base', 'main', '--format', 'json', './a.yaml', '*.yaml'], {
      cwd: at,
    });
    expect(changes(ran)).toEqual(['a.yaml in-place']);
  });

  test('names of files are names, whatever is in them', () => {
    const odd = ['-x.yaml', '$(touch hacked).yaml', 'a b;c.yaml', "it's.yaml", ':top.yaml'];
    const at = repository(Object.fromEntries(odd.map((name) => [name, SMALL])));
    write(at, Object.fromEntries(odd.map((name) => [name, LARGE])));
    const ran = pangea(['diff', '--base', 'main', '--format', 'json', '*.yaml'], { cwd: at });
    expect(changes(ran).toSorted()).toEqual(odd.map((name) => `${name} in-place`).toSorted());
  });

  test('a repository of another user is said with what git advises', () => {
    const at = repository({ 'a.yaml': SMALL });
    const { code, err } = pangea(['diff', '--base', 'main', 'a.yaml'], {
      cwd: at,
      env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
    });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^pangea-lustre: --base main cannot be used: detected dubious ownership .* git config --global --add safe\.directory \S+\n$/,
    );
  });

  test.each<[name: string, words: string[], says: string]>([
    ['no such commit', ['--base', 'origin/none', 'a.yaml'], 'pangea-lustre: --base origin/none is not a commit of this repository: fetch it first, for example with git fetch origin none.\n'],
    ['an option', ['--base=-x', 'a.yaml'], 'pangea-lustre: --base -x is not the name of a commit.\n'],
    ['no file', ['--base', 'main'], "pangea-lustre: --base compares files: specify them, such as 'templates/**/*.yaml'.\n"],
    ['no match', ['--base', 'main', '*.none'], 'pangea-lustre: No file matches *.none, now or at main.\n'],
    ['a file that never was', ['--base', 'main', 'never.yaml'], 'pangea-lustre: never.yaml: there is no such file.\n'],
    ['a file outside', ['--base', 'main', '../outside.yaml'], 'pangea-lustre: ../outside.yaml: this file is outside the repository, so --base has no older version of it.\n'],
  ])('%s is said in a sentence', (_, words, says) => {
    const at = repository({ 'a.yaml': SMALL });
    const { code, err } = pangea(['diff', ...words], { cwd: at });
    expect({ code, err }).toEqual({ code: 2, err: says });
  }); // oxfmt-ignore

  test('no repository, no git, and an older file that is no template', () => {
    const outside = pangea(['diff', '--base', 'main', 'a.yaml'], {
      cwd: folder({ 'a.yaml': SMALL }),
      env: { GIT_CEILING_DIRECTORIES: '/' },
    });
    expect(outside).toMatchObject({ code: 2, err: expect.stringContaining('needs a git repository') as string }); // oxfmt-ignore
    const without = pangea(['diff', '--base', 'main', 'a.yaml'], { env: { PATH: '/nowhere' } });
    expect(without).toMatchObject({ code: 2, err: 'pangea-lustre: --base needs git, which is not installed.\n' }); // oxfmt-ignore
    const at = repository({ 'a.yaml': 'just: text' });
    write(at, { 'a.yaml': SMALL });
    expect(pangea(['diff', '--base', 'main', 'a.yaml'], { cwd: at })).toMatchObject({
      code: 2,
      err: 'pangea-lustre: main:a.yaml: this is not a CloudFormation template: it has no Resources.\n',
    });
  });
});

describe('--terraform', () => {
  const terraform = (input: string, ...words: readonly string[]): Ran =>
    pangea(['diff', '--terraform', '-', ...words], { input });
  const REPLACE = ['delete', 'create'];
  const FIRST = ['create', 'delete'];
  const shrink = { replace_paths: [['storage_capacity']] };

  // test/review/diff-whole.test.ts has every kind of plan.
  test.each<[name: string, input: string, said: string]>([
    ['grown', plan(['update'], PLANNED, { ...PLANNED, storage_capacity: 4800 }), 'in-place |  update'],
    ['shrunk', plan(REPLACE, { ...PLANNED, storage_capacity: 4800 }, PLANNED, shrink), 'replace LOST | StorageCapacity prevent_destroy'],
  ])('%s', (_, input, said) => {
    const [change, ...others] = json(terraform(input, '--format', 'json'));
    const { change: kind, dataLoss, reasons, steps, logicalId } = change ?? ({} as Change);
    expect(others).toEqual([]);
    expect(logicalId).toBe(ADDRESS);
    const brief = `${kind}${dataLoss ? ' LOST' : ''} | ${[...reasons.map(({ property }) => property), ...steps.map(({ name }) => ` ${name}`)].join(' ')}`; // oxfmt-ignore
    expect(brief.trimEnd().replace(/\|  +/, '|  ').replace(/(\w) {2}(\w)/, '$1 $2')).toBe(said);
  }); // oxfmt-ignore

  describe('what is known after the apply only', () => {
    const SCRATCH = {
      deployment_type: 'SCRATCH_2',
      storage_capacity: 1200,
      subnet_ids: [SUBNET],
      copy_tags_to_backups: false,
    };
    const PERSISTENT = {
      ...SCRATCH,
      deployment_type: 'PERSISTENT_2',
      per_unit_storage_throughput: 125,
    };
    const expression = { references: ['aws_s3_bucket.data.id'] };
    const writtenOf = (values: object): object =>
      Object.fromEntries(Object.keys(values).map((name) => [name, { constant_value: '' }]));
    /** The change, its cost, and the properties that are the reasons. */
    const saidOf = (input: string): readonly unknown[] => {
      const [change] = json(terraform(input, '--format', 'json'));
      return [
        change?.change,
        change?.monthlyCost.after ?? null,
        ...(change?.reasons.map(({ property }) => property) ?? []),
      ];
    };
    const created = (values: object, marks: object = {}): string =>
      plan(['create'], null, { ...values }, { after_unknown: { ...CHOSEN_BY_FSX, ...marks } });

    test.each<[name: string, input: string, said: readonly unknown[]]>([
      ['left out, FSx chooses it', configured(created(SCRATCH), { ...writtenOf(SCRATCH) }), ['create', 168]],
      ['left out of an empty configuration', configured(created(PERSISTENT), {}), ['create', 174]],
      ['without the configuration', created(SCRATCH), ['create', null]],
      ['written, and refused whatever it is', configured(created(PERSISTENT), { ...writtenOf(PERSISTENT), export_path: expression }), ['refused', 0, 'ExportPath']],
      ['IOPS that FSx chooses', configured(
        created({ ...PERSISTENT, metadata_configuration: [{ mode: 'AUTOMATIC' }] }, { metadata_configuration: [{ iops: true }] }),
        { ...writtenOf(PERSISTENT), metadata_configuration: [{ mode: {} }] }), ['create', 174]],
      ['IOPS that are written', configured(
        created({ ...PERSISTENT, metadata_configuration: [{ mode: 'USER_PROVISIONED' }] }, { metadata_configuration: [{ iops: true }] }),
        { ...writtenOf(PERSISTENT), metadata_configuration: [{ mode: {}, iops: expression }] }), ['create', null]],
      ['a dynamic block, which a configuration does not show', configured(
        created({ ...PERSISTENT, metadata_configuration: [{ mode: 'USER_PROVISIONED' }] }, { metadata_configuration: [{ iops: true }] }),
        { ...writtenOf(PERSISTENT) }), ['create', null]],
      ['of a replacement', configured(
        plan(FIRST, PLANNED, SCRATCH, { replace_paths: [['deployment_type']], after_unknown: CHOSEN_BY_FSX }), { ...writtenOf(SCRATCH) }),
        ['replace', 168, 'DeploymentType', 'prevent_destroy']],
    ])('%s', (_, input, said) => {
      expect(saidOf(input)).toEqual(said);
    }); // oxfmt-ignore
  });

  test.each(['human', 'markdown', 'json', 'github'])(
    'sensitive values are never shown: %s',
    (format) => {
      // oxfmt-ignore
      const [one, other] = ['CANARY-one', 'CANARY-two'];
      const before = { ...PLANNED, kms_key_id: one, tags: { a: one }, log_configuration: [{ level: 'WARN_ERROR', destination: one }] }; // oxfmt-ignore
      const after = { ...before, kms_key_id: other, tags: { a: other }, storage_capacity: 48611 };
      const marks = { kms_key_id: true, storage_capacity: true, tags: { a: true }, log_configuration: [{ destination: true }] }; // oxfmt-ignore
      const input = plan(REPLACE, before, after, {
        before_sensitive: marks,
        after_sensitive: { ...marks, tags: true },
        replace_paths: [['kms_key_id']],
      });
      for (const text of [input, input.replace('["delete","create"]', '["update"]')]) {
        const { out, err, code } = terraform(text, '--format', format);
        expect(code).toBe(0);
        expect(out + err).not.toMatch(/CANARY|48611|48,611/);
        expect(out).toMatch(/KmsKeyId/);
      }
      const whole = plan(REPLACE, before, after, { before_sensitive: true, after_sensitive: true });
      expect(terraform(whole, '--format', format).out).not.toMatch(/CANARY|48611|PERSISTENT_2/);
    },
  );

  test.each<[name: string, input: string, says: string]>([
    ['no JSON', 'Terraform will perform', 'pangea-lustre: stdin: this is not JSON: use `terraform show -json plan.tfplan`.\n'],
    ['another JSON', '{"version": 4, "resources": []}', 'pangea-lustre: stdin: this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`.\n'],
  ])('%s is said in a sentence', (_, input, says) => {
    expect(terraform(input)).toMatchObject({ code: 2, err: says });
  }); // oxfmt-ignore

  test('the region of the resource is that of its prices', () => {
    const ran = terraform(plan(['create'], null, { ...PLANNED, region: 'eu-central-1' }), '--format', 'json'); // oxfmt-ignore
    expect(json(ran)[0]?.costBasis.join(' ')).toContain('eu-central-1');
  });
});

describe('--live', () => {
  const described = (id: string, more: object = {}, lustre: object = {}) => ({
    FileSystemId: id,
    FileSystemType: 'LUSTRE',
    StorageCapacity: 4800,
    StorageType: 'SSD',
    SubnetIds: [SUBNET],
    FileSystemTypeVersion: '2.15',
    CreationTime: '2026-01-01T00:00:00+00:00',
    ...more,
    LustreConfiguration: { DeploymentType: 'SCRATCH_2', MountName: 'abcdefgh', ...lustre },
  });
  const tagged = (logicalId: string, stack = 'one') => ({
    Tags: [
      { Key: 'aws:cloudformation:logical-id', Value: logicalId },
      { Key: 'aws:cloudformation:stack-name', Value: stack },
      { Key: 'Name', Value: 'x' },
    ],
  });
  const [A, B] = ['fs-0123456789abcdef0', 'fs-0123456789abcdef1'];
  const live = (fileSystems: readonly object[], text: string, ...words: readonly string[]): Ran =>
    pangea(['diff', '--live', '-', 'new.yaml', '--format', 'json', ...words], {
      cwd: folder({ 'new.yaml': text }),
      input: JSON.stringify({ FileSystems: fileSystems }),
    });
  const TWO = template(
    fileSystem('One', 'StorageCapacity: 4800'),
    fileSystem('Two', 'StorageCapacity: 7200'),
  );

  test('what exists is that of the template: the only one, by its tag, or as it is said', () => {
    expect(json(live([described(A)], LARGE))).toMatchObject([{ change: 'none' }]);
    expect(json(live([described(A)], SMALL))).toMatchObject([
      { change: 'refused', dataLoss: false },
    ]);
    const both = [described(A, tagged('Two')), described(B, tagged('One'))];
    expect(json(live(both, TWO))).toMatchObject([
      { logicalId: 'One', change: 'none' },
      { logicalId: 'Two', change: 'in-place', monthlyCost: { before: 672, after: 1008 } },
    ]);
    const said = json(live([described(A), described(B)], TWO, '--file-system', `One=${A}`, `Two=${B}`)); // oxfmt-ignore
    expect(said.map(({ reasons }) => reasons.at(-1)?.message.slice(0, 34))).toEqual([`Compared with ${A}`.slice(0, 34), `Compared with ${B}`.slice(0, 34)]); // oxfmt-ignore
  });

  test('create-only properties that differ replace it, and what FSx does not tell is not compared', () => {
    const [change] = json(live([described(A)], template(fileSystem('Fs', 'StorageCapacity: 4800, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, SecurityGroupIds: [sg-01234567]')))); // oxfmt-ignore
    expect(change).toMatchObject({ change: 'replace', dataLoss: true });
    expect(change?.reasons.at(-1)?.message).toContain('except for SecurityGroupIds: not described by FSx'); // oxfmt-ignore
  });

  test('a file system that nothing matches is created, and one that is left over is named', () => {
    const ran = live([described(A, tagged('Other'))], LARGE);
    expect(json(ran)).toMatchObject([{ change: 'create' }]);
    const human = pangea(['diff', '--live', '-', 'new.yaml'], {
      cwd: folder({ 'new.yaml': LARGE }),
      input: JSON.stringify({ FileSystems: [described(A, tagged('Other'))] }),
    });
    expect(human.out).toContain(`Note: ${A}: no match in new.yaml.`);
  });

  test.each<[name: string, fileSystems: readonly object[], words: string[], says: string]>([
    ['two of the same logical id', [described(A, tagged('Fs')), described(B, tagged('Fs', 'two'))], [], `new.yaml: ${A} (stack one) and ${B} (stack two) both have the logical ID Fs: choose one with --file-system Fs=${A}.`],
    ['a word of another form', [described(A)], ['--file-system', 'Fs'], '--file-system Fs is not known: use LogicalId=fs-0123456789abcdef0.'],
  ])('%s is said in a sentence', (_, fileSystems, words, says) => {
    const { code, err } = live(fileSystems, LARGE, ...words);
    expect({ code, err }).toEqual({ code: 2, err: `pangea-lustre: ${says}\n` });
  }); // oxfmt-ignore

  test.each([
    '{}',
    'nope',
    '{"FileSystems": [1]}',
    'null',
    '{"FileSystems": [{"FileSystemType": "LUSTRE"}]}',
    '{"FileSystems": [{"FileSystemType": "LUSTRE", "FileSystemId": "fs-01234567", "Tags": {"Name": "x"}}]}',
    '{"FileSystems": [{"FileSystemType": "LUSTRE", "FileSystemId": "fs-01234567", "Tags": [null]}]}',
    '{"FileSystems": [{"FileSystemType": "LUSTRE", "FileSystemId": "fs-01234567", "LustreConfiguration": "x"}]}',
  ])('%s is no description', (input) => {
    const ran = pangea(['diff', '--live', '-', 'new.yaml'], { cwd: folder({ 'new.yaml': LARGE }), input }); // oxfmt-ignore
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('aws fsx describe-file-systems') as string }); // oxfmt-ignore
  });
});

describe('mistakes', () => {
  test.each<[name: string, words: string[], says: string]>([
    ['one template', ['a.yaml'], 'Specify two templates, the old and the new; or'],
    ['both from standard input', ['-', '-'], 'Only one of the two templates can be standard input.'],
    ['two modes', ['--base', 'main', '--live', 'x', 'a.yaml'], '--base and --live cannot be used together: specify one.'],
    ['a file system of no live one', ['a.yaml', 'a.yaml', '--file-system', 'A=fs-01234567'], 'specify --live.'],
    ['a plan and a template', ['--terraform', 'plan.json', 'a.yaml'], 'remove a.yaml.'],
    ['a parameter that no template has', ['a.yaml', 'a.yaml', '--old-parameters', 'Nope=1'], 'No template has a parameter Nope: use none.'],
    ['parameters that cannot be read', ['a.yaml', 'a.yaml', '--old-parameters', 'nope.json'], '--old-parameters nope.json is neither NAME=VALUE nor a file that can be read.'],
    ['a file that is not there', ['nope.yaml', 'a.yaml'], 'nope.yaml: there is no such file.'],
    ['a file that is no template', ['a.yaml', 'b.yaml'], 'b.yaml: this is not a CloudFormation template: it has no Resources.'],
  ])('%s is said in a sentence, and ends with 2', (_, words, says) => {
    const ran = pangea(['diff', ...words], { cwd: folder({ 'a.yaml': SMALL, 'b.yaml': 'a: b' }) });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^pangea-lustre: .*\n$/);
    expect(ran.err).toContain(says);
  }); // oxfmt-ignore

  test('NoEcho values are never shown', () => {
    const text = (name: string) =>
      [
        'Parameters: {Key: {Type: String, NoEcho: true}}',
        template(fileSystem(name, 'StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, KmsKeyId: !Ref Key')), // oxfmt-ignore
      ].join('\n');
    for (const format of ['human', 'markdown', 'json', 'github'])
      for (const after of ['Fs', 'Other']) {
        const words = ['--parameters', 'Key=CANARY-new', '--old-parameters', 'Key=CANARY-old'];
        const { out, err, code } = diffOf(text('Fs'), text(after), '--format', format, ...words);
        expect(code).toBe(0);
        expect(out + err).not.toContain('CANARY');
        expect(out).toMatch(/DATA LOST/);
      }
  });
});

test('the total cost names the branch that it is of, where branches differ in cost', () => {
  const of = (yes: number, no: number): string =>
    `Parameters: {Large: {Type: String}}
Conditions: {Y: !Equals [!Ref Large, 'yes']}
Resources:
  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: !If [Y, ${yes}, ${no}], SubnetIds: [subnet-0a1b2c3d]}}
`;
  const at = folder({ 'old.yaml': of(1200, 2400), 'new.yaml': of(2400, 1200), 'same.yaml': of(1200, 2400) }); // oxfmt-ignore
  const total = (other: string): string | undefined =>
    pangea(['diff', 'old.yaml', other], { cwd: at, env: { COLUMNS: '200' } })
      .out.split('\n')
      .find((line) => line.includes('of 1 file system') || line.includes('1 file system.'));
  expect(total('new.yaml')).toContain(' USD a month as before, where Y is false.');
  expect(total('same.yaml')).not.toContain('where');
});
