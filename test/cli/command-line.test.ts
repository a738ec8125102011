/** `pangea-lustre` through its command line: estimate, advise, convert, help and mistakes. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { COMMAND, folder, pangea, ROOT, WRONG } from './command';

const NATIVE = [
  'Resources:',
  '  Fs:',
  '    Type: AWS::FSx::FileSystem # mine',
  '    Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
  '',
].join('\n');

/** Room for a line of each file system. */
const WIDE = { COLUMNS: '160' };

describe('estimate', () => {
  test('a table of all file systems with the total', () => {
    const { code, out } = pangea(['estimate', 'examples/{batch,monitoring}.yaml'], { env: WIDE });
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.slice(0, 4)).toEqual([
      ['File', 'File system', 'Configuration', 'MB/s', 'Burst MB/s', 'USD a month'],
      ['examples/batch.yaml', 'FileSystem', 'SCRATCH_2, 2,400 GiB', '480', '3,120', '336.00'],
      ['examples/monitoring.yaml', 'FileSystem', 'PERSISTENT_2 SSD, 4,800 GiB at 125 MB/s/TiB', '600', '2,400', '696.00'], // oxfmt-ignore
      ['Total', '1,032.00'],
    ]);
  });

  test('in JSON, for a region', () => {
    const { out } = pangea(['estimate', '--region', 'us-east-2', '--format', 'json', 'examples/eks-persistent2.yaml']); // oxfmt-ignore
    expect(JSON.parse(out)).toMatchObject({
      region: 'us-east-2',
      fileSystems: [
        {
          file: 'examples/eks-persistent2.yaml',
          logicalId: 'FileSystem',
          baselineThroughput: 19200,
          monthlyCost: 11520,
          basis: {
            region: 'us-east-2',
            sources: [
              {
                parts: ['storage'],
                region: 'us-east-2',
                date: '2026-10-09',
                confidence: 'as AWS lists them',
                source: 'book',
                origin: 'price-list',
              },
            ],
            notCounted: [],
            billedByUse: false,
            discount: 0,
          },
        },
      ],
      monthlyCost: 11520,
    });
  });

  test('takes the dearest where conditions decide, and says what is not known', () => {
    const template = [
      'Parameters: {Size: {Type: Number}, Stage: {Type: String}}',
      'Conditions: {Large: !Equals [!Ref Stage, prod]}',
      'Resources:',
      '  A:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: !If [Large, 4800, 1200], SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
      '  B:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: !Ref Size, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
    ].join('\n');
    const { code, out } = pangea(['estimate'], { input: template, env: WIDE });
    expect(code).toBe(0);
    expect(out).toMatch(/A +SCRATCH_2, 4,800 GiB \(where Large is true\) +960 +6,240 +672\.00/);
    expect(out).toMatch(/A +SCRATCH_2, 1,200 GiB \(where Large is false\) +240 +1,560 +168\.00/);
    expect(out).toMatch(/B +depends on StorageCapacity +- +- +-/);
    expect(out).toMatch(/Total +672\.00/);
    const given = pangea(['estimate', '--parameters', 'Stage=dev', 'Size=1200'], {
      input: template,
    });
    expect(given.out).toMatch(/Total +336\.00/);
  });

  test('adds up what there can be together, and says where', () => {
    const input = [
      'Parameters: {Stage: {Type: String}}',
      'Conditions: {Prod: !Equals [!Ref Stage, prod], Dev: !Equals [!Ref Stage, dev]}',
      'Resources:',
      '  A:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Condition: Prod',
      '    Properties: {StorageCapacity: 4800, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
      '  B:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Condition: Dev',
      '    Properties: {StorageCapacity: 1200, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
    ].join('\n');
    const { out } = pangea(['estimate'], { input, env: WIDE });
    expect(out).toMatch(/A +SCRATCH_2, 4,800 GiB \(where Prod is true\) +960 +6,240 +672\.00/);
    expect(out).toMatch(/B +SCRATCH_2, 1,200 GiB \(where Dev is true\) +240 +1,560 +168\.00/);
    expect(out).toMatch(/Total +672\.00/);
    expect(out).toContain('The total is for the most expensive deployment: where Prod is true.');
    const json = pangea(['estimate', '--format', 'json'], { input });
    expect(JSON.parse(json.out)).toMatchObject({
      monthlyCost: 672,
      monthlyCostIs: 'The total is for the most expensive deployment: where Prod is true.',
    });
  });

  test('says which file systems are not created by default, and are not in the total', () => {
    const input = [
      'Parameters: {Shared: {Type: String, Default: "no"}, Large: {Type: String, Default: "no"}}',
      'Conditions: {IsShared: !Equals [!Ref Shared, "yes"], IsLarge: !Equals [!Ref Large, "yes"]}',
      'Resources:',
      '  A:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: 1200, SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
      '  B:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Condition: IsShared',
      '    Properties: {StorageCapacity: !If [IsLarge, 4800, 2400], SubnetIds: [subnet-0a1b2c3d4e5f60718]}',
    ].join('\n');
    const { out } = pangea(['estimate'], { input, env: WIDE });
    expect(out).toMatch(/B +SCRATCH_2, 2,400 GiB \(where IsShared is true/);
    expect(out).toMatch(/Total +168\.00/);
    expect(out).toContain('The total does not include B, which is not created with the default parameters.'); // oxfmt-ignore
    expect(out).not.toContain('the same for all');
    const created = pangea(['estimate', '--parameters', 'Shared=yes'], { input, env: WIDE }).out;
    expect(created).toMatch(/Total +504\.00/);
    expect(created).not.toContain('does not include');
  });

  test.each([
    ['null', '{StorageCapacity: 1200, SubnetIds: [subnet-01234567], KmsKeyId: }', /KmsKeyId is empty: CloudFormation refuses null/],
    ['no object', '[1200]', /Properties \[1200\] is not valid: expected an object/],
  ])('of what CloudFormation refuses there is none: %s', (_, properties, told) => {
    const input = `Resources: {A: {Type: 'Pangea::FSx::LustreFileSystem', Properties: ${properties}}}`;
    const { out, err } = pangea(['estimate'], { input, env: WIDE });
    expect(out + err).toMatch(told);
    expect(out).not.toContain('168.00');
  }); // oxfmt-ignore

  test('a row for each throughput and cost, and one line for the rest', () => {
    const input = [
      'Parameters: {Stage: {Type: String}, Key: {Type: String}, Size: {Type: String}}',
      'Conditions:',
      '  Prod: !Equals [!Ref Stage, prod]',
      '  Own: !Not [!Equals [!Ref Key, ""]]',
      '  Sized: !Not [!Equals [!Ref Size, ""]]',
      '  Odd: !Equals [!Ref Size, odd]',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties:',
      '      StorageCapacity: !If [Odd, 5000, !If [Sized, !Ref Size, 1200]]',
      '      DeploymentType: PERSISTENT_2',
      '      PerUnitStorageThroughput: !If [Prod, 250, 125]',
      '      KmsKeyId: !If [Own, !Ref Key, !Ref AWS::NoValue]',
      '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
    ].join('\n');
    const { out } = pangea(['estimate'], { input, env: { COLUMNS: '200' } });
    const [table = '', sentences = ''] = out.split('\n\n');
    expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['File system', 'Configuration', 'MB/s', 'Burst MB/s', 'USD a month', 'Prices of'],
      [
        'Fs',
        'PERSISTENT_2 SSD, 1,200 GiB at 250 MB/s/TiB (where Odd is false and Sized is false and Prod is true)',
        '300',
        '600',
        '252.00',
        'us-east-2',
      ],
      [
        'Fs',
        'PERSISTENT_2 SSD, 1,200 GiB at 125 MB/s/TiB (where Odd is false and Sized is false and Prod is false)',
        '150',
        '600',
        '174.00',
      ],
      ['Total', '252.00', 'partly us-east-2'],
    ]);
    expect(sentences).toMatch(
      /^Of Fs, \d+ other combinations of conditions have no estimate: \d (is|are) invalid, as check reports; 1 depends on StorageCapacity\.$/m,
    );
  });

  describe('for other tools', () => {
    const { name, at } = { name: '=1|`x`.yaml', at: folder({ '=1|`x`.yaml': WRONG.replace('5000', '1200') }) }; // oxfmt-ignore

    test('Markdown, in which a name is nothing else', () => {
      const { code, out } = pangea(['estimate', '--format=markdown', name], { cwd: at });
      expect(code).toBe(0);
      expect(out.split('\n').slice(0, 5)).toEqual([
        '| File system | Configuration | MB/s | Burst MB/s | USD a month |',
        '|---|---|--:|--:|--:|',
        '| `Fs`<br>`` =1\\|`x`.yaml `` | SCRATCH\\_2, 1,200 GiB | 240 | 1,560 | 168.00 |',
        '| **Total** |  |  |  | **168.00** |',
        '',
      ]);
    });

    test('CSV, with numbers as numbers and no formula', () => {
      const { code, out } = pangea(['estimate', '--format=csv', name], { cwd: at });
      expect(code).toBe(0);
      expect(out).toBe(
        [
          'file,logicalId,when,configuration,baselineThroughput,burstThroughput,monthlyCost,pricesOf',
          `'=1|\`x\`.yaml,Fs,,"SCRATCH_2, 1,200 GiB",240,1560,168.00,`,
          '',
        ].join('\n'),
      );
    });
  });

  const optional = (condition: string): string =>
    `Parameters: {Make: {Type: String, Default: 'no'}}
Conditions: {Made: ${condition}}
Resources:
  Always: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 2400, SubnetIds: [subnet-0a1b2c3d]}}
  Fs: {Type: Pangea::FSx::LustreFileSystem, Condition: Made, Properties: {StorageCapacity: 1200, SubnetIds: [subnet-0a1b2c3d]}}
`;

  test('the total does not claim to hold for a file system that the defaults do not create', () => {
    const input = optional("!Equals [!Ref Make, 'yes']");
    const { out } = pangea(['estimate'], { input, env: WIDE });
    expect(out).toMatch(/^Fs .*\(where Made is true\) .* 168\.00$/m);
    expect(out).toMatch(/^Total +336\.00$/m);
    expect(out).toContain(
      'The total does not include Fs, which is not created with the default parameters.',
    );
    expect(out).not.toContain('all combinations');
    const json = pangea(['estimate', '--format', 'json'], { input });
    expect(JSON.parse(json.out)).toMatchObject({ monthlyCost: 336, monthlyCostIs: expect.stringContaining('does not include Fs') as string }); // oxfmt-ignore
  });

  test('of a file system that is never created, it says so', () => {
    const input = optional('!Equals [a, b]').replace(/^ {2}Always.*\n/m, '');
    for (const format of ['human', 'markdown']) {
      const { code, out } = pangea(['estimate', '--format', format], { input, env: WIDE });
      expect([code, out.trim()]).toEqual([0, 'Fs in stdin is not created, so it has no estimate.']);
    }
  });

  test('no total is the same for all where nothing can be estimated', () => {
    const input = `Parameters: {Size: {Type: Number}, L: {Type: String}}
Conditions: {Large: !Equals [!Ref L, 'yes']}
Resources:
  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: !If [Large, 5000, !Ref Size], SubnetIds: [subnet-0a1b2c3d]}}
`;
    const { out } = pangea(['estimate'], { input, env: WIDE });
    expect(out).toContain('combinations of conditions have no estimate');
    expect(out).not.toContain('The total is');
  });

  test('what CloudFormation cannot look up is invalid, and not open', () => {
    const input = `Mappings: {Sizes: {a: {GiB: 1200}}}
Resources:
  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: !FindInMap [Sizes, b, GiB], SubnetIds: [subnet-0a1b2c3d]}}
`;
    const { code, out, err } = pangea(['estimate'], { input, env: WIDE });
    expect([code, out]).toEqual([1, expect.stringMatching(/Fs +invalid/)]);
    expect(err).toContain('CloudFormation refuses this: there is no Sizes.b.GiB in Mappings.');
  });

  test('an invalid file system has no estimate', () => {
    const { code, out, err } = pangea(['estimate'], { input: WRONG });
    expect(code).toBe(1);
    expect(out).toMatch(/Fs +invalid +- +- +-/);
    expect(err).toContain('StorageCapacity 5000 is not valid');
  });
});

describe('advise', () => {
  test('names the cheapest first, with the YAML to paste, which is valid', () => {
    const { code, out } = pangea(['advise', '--capacity', '20TiB', '--throughput', '4GB/s']);
    expect(code).toBe(0);
    expect(out).toMatch(/^At least 20,480 GiB and 4,000 MB\/s, in us-east-1:/);
    expect(out).toMatch(/3,024\.00 +4,320 +28,080 +SCRATCH_2, 21,600 GiB\n/);
    const yaml = out.slice(out.indexOf('  FileSystem:'));
    const parameters =
      'Parameters: {SubnetId: {Type: String}, LustreSecurityGroup: {Type: String}}';
    const input = `${parameters}\nResources:\n${yaml}`;
    expect(pangea(['check'], { input }).code).toBe(0);
  });

  test('says how sure the least sure price is', () => {
    const words = ['advise', '--capacity', '20TiB', '--throughput', '4GB/s', '--all'];
    const { out } = pangea(words, { env: WIDE });
    expect(out).toMatch(/^Least certain prices: .*an assumption, not a published AWS price\.$/m);
  });

  describe('what nothing beats', () => {
    const words = ['advise', '--capacity', '20TiB', '--throughput', '4GB/s'];
    const kindsIn = (out: string) => {
      const { configurations, notListed } = JSON.parse(out) as {
        configurations: { properties: Record<string, unknown> }[];
        notListed: number;
      };
      const kinds = configurations.map(({ properties }) => properties.DeploymentType);
      return { kinds, notListed };
    };

    test('is listed, and the rest counted', () => {
      const { out } = pangea([...words, '--format', 'json']);
      expect(kindsIn(out)).toEqual({
        kinds: ['SCRATCH_2', 'PERSISTENT_2', 'PERSISTENT_2', 'PERSISTENT_2', 'PERSISTENT_2'],
        notListed: 9,
      });
      expect(pangea(words).out).toMatch(/\n9 more meet the need, but each costs no less than/);
    });

    test('is not all with --all', () => {
      const { kinds, notListed } = kindsIn(pangea([...words, '--all', '--format', 'json']).out);
      expect({ count: kinds.length, notListed }).toEqual({ count: 14, notListed: 0 });
      expect(pangea([...words, '--all']).out).not.toContain('more meet');
    });
  });

  test.each<[string, string[], RegExp]>([
    ['a deployment type', ['--deployment', 'persistent_1'], /MB\/s, PERSISTENT_1, in us-east-1:/],
    ['several', ['--deployment=SCRATCH_1,SCRATCH_2'], /MB\/s, SCRATCH_1 or SCRATCH_2, in/],
    ['backups', ['--needs', 'backups'], /\n {6}AutomaticBackupRetentionDays: 7\n/],
    [
      'EFA',
      ['--needs', 'EFA'],
      /\n {6}EfaEnabled: true\n {6}MetadataConfiguration:\n {8}Mode: AUTOMATIC\n/,
    ],
    ['EFA and backups', ['--needs', 'efa', '--needs', 'backups'], /with automatic backups and EFA/],
    ['S3', ['--needs', 's3'], /Type: AWS::FSx::DataRepositoryAssociation/],
    [
      'S3 of the oldest',
      ['--needs', 's3', '--deployment', 'SCRATCH_1'],
      /ImportPath: !Sub s3:\/\//,
    ],
    ['a cost', ['--max-cost', '4,000'], /for at most 4,000\.00 USD a month/],
  ])('for %s, with YAML that is valid', (_, words, expected) => {
    const given = ['advise', '--capacity', '20TiB', '--throughput', '4GB/s', ...words];
    const { code, out } = pangea(given, { env: WIDE });
    expect(code).toBe(0);
    expect(out).toMatch(expected);
    const yaml = out.slice(out.indexOf('  FileSystem:'));
    const names = ['SubnetId', 'LustreSecurityGroup', 'BucketName'];
    const parameters = `Parameters: {${names.map((name) => `${name}: {Type: String}`).join(', ')}}`;
    const checked = pangea(['check'], { input: `${parameters}\nResources:\n${yaml}` });
    expect(checked.out).toBe('1 file system in 1 template: nothing found.\n');
  });

  test('tells where no configuration meets the need, as its help says', () => {
    const { code, err } = pangea(['advise', '--capacity', '9000PiB', '--throughput', '9000GB/s']);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'pangea-lustre: FSx offers no file system of that size.\n',
    });
    expect(pangea(['advise', '--help']).out).toContain('1 no configuration meets the need');
  });

  test('draws the plot', () => {
    const file = join(folder({}), 'plot.svg');
    const words = [
      '--capacity=50TB',
      '--throughput',
      '500MB/s',
      '--persistent',
      '--format',
      'json',
    ];
    const { code, out } = pangea(['advise', ...words, '--plot', file]);
    expect(code).toBe(0);
    const { configurations } = JSON.parse(out) as {
      configurations: { properties: { DeploymentType: string } }[];
    };
    expect(configurations.length).toBeGreaterThan(3);
    for (const { properties } of configurations)
      expect(properties.DeploymentType).toMatch(/^PERSISTENT/);
    const svg = readFileSync(file, 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
    expect(svg).toContain('>PERSISTENT_2 SSD (partly us-east-2)</text>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('advise takes metadata IOPS, and says that they are needed', () => {
  const words = [
    'advise',
    '--capacity',
    '4800',
    '--throughput',
    '500',
    '--metadata-iops',
    '24,000',
  ];
  const { code, out } = pangea(words);
  expect(code).toBe(0);
  expect(out).toContain('and 500 MB/s, 24,000 metadata IOPS, in us-east-1:');
  expect(out).toContain('        Mode: USER_PROVISIONED\n        Iops: 24000\n');
});

describe('the planner', () => {
  const page = join(ROOT, 'build', 'planner', 'index.html');

  test('is printed as a path, which there is', () => {
    expect(pangea(['planner', '--print'])).toEqual({ code: 0, out: `${page}\n`, err: '' });
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('says so if no browser can be opened', () => {
    const { code, out, err } = pangea(['planner'], { env: { PATH: '/nowhere', DISPLAY: ':0' } });
    expect({ code, out }).toEqual({ code: 0, out: `${page}\n` });
    if (process.platform === 'linux') expect(err).toContain('No browser could be opened.');
  });

  // https://github.com/microsoft/WSL/issues/6565
  test('believes the explorer of Windows, which ends with 1 whatever it has opened', () => {
    const at = folder({
      'explorer.exe': '#!/bin/sh\nexit 1\n',
      'windows.cjs': "Object.defineProperty(process, 'platform', { value: 'win32' });",
    });
    chmodSync(join(at, 'explorer.exe'), 0o755);
    const env = { PATH: at, NODE_OPTIONS: `--require ${join(at, 'windows.cjs')}` };
    if (process.platform === 'linux')
      expect(pangea(['planner'], { env })).toEqual({ code: 0, out: `${page}\n`, err: '' });
  });
});

test('a region of the European Sovereign Cloud is one', () => {
  const words = ['advise', '--capacity', '1', '--throughput', '1'];
  const { code, out } = pangea(words, { env: { AWS_REGION: 'eusc-de-east-1' } });
  expect(code).toBe(0);
  expect(out).toContain('in eusc-de-east-1:');
});

/** What each option reads, and a word of the output that shows that it was read. */
const OPTIONS_WITH_JSON: readonly (readonly [option: string, content: string, words: string[], shown: string])[] = [
  ['--prices', readFileSync(join(ROOT, 'test/lustre/fixtures/AmazonFSx-us-west-2.json'), 'utf8'), ['estimate'], 'us-west-2'],
  ['--configuration', '{"Guardrails": {"MaxStorageCapacity": 1200}}', ['check'], 'guardrail-max-storage-capacity'],
  ['--parameters', '[{"ParameterKey": "Size", "ParameterValue": "5000"}]', ['check'], 'StorageCapacity 5000'],
]; // oxfmt-ignore

test.each(OPTIONS_WITH_JSON)('%s reads what PowerShell has written, in UTF-16', (option, content, words, shown) => {
  const cwd = folder({
    't.yaml': [
      'Parameters: {Size: {Type: Number, Default: 2400}}',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: !Ref Size, SubnetIds: [subnet-0123456789abcdef0]}',
    ].join('\n'),
  });
  writeFileSync(join(cwd, 'file.json'), Buffer.from(`\uFEFF${content}`, 'utf16le'));
  const { out, err } = pangea([...words, option, 'file.json', 't.yaml'], { cwd });
  expect(err).toBe('');
  expect(out).toContain(shown);
}); // oxfmt-ignore

describe('help and mistakes', () => {
  test.each([60, 80])('there is help for all of it, in %i columns', (columns) => {
    const env = { COLUMNS: String(columns) };
    const { code, out } = pangea(['--help'], { env });
    expect(code).toBe(0);
    const texts = Object.keys(COMMANDS).map((command) => {
      expect(out).toContain(`  ${command}`);
      const help = pangea([command, '--help'], { env });
      expect(help.code).toBe(0);
      expect(help.out).toMatch(new RegExp(`^Usage: pangea-lustre ${command} `));
      // The local servers have no width of their own.
      return command === 'local' && columns < 80 ? '' : help.out;
    });
    const isWide = (line: string) => line.length > columns && !line.startsWith('https://');
    expect([out, ...texts].flatMap((text) => text.split('\n')).filter(isWide)).toEqual([]);
  });

  test('an address in the help is whole, however narrow the terminal is', () => {
    const { out } = pangea(['rules', '--help'], { env: { COLUMNS: '30' } });
    expect(out).toMatch(/^https:\/\/\S+\/manual\/in-your-tools\.md$/m);
  });

  test.each([
    ['where no price is known', ['--region', 'cn-north-1', 'examples/media-hdd.yaml'], 0],
    ['of what FSx would refuse', ['examples/errors/ssd-capacity-5000.yaml'], 1],
  ])('a total %s is no 0.00', (_, words, exit) => {
    const { code, out } = pangea(['estimate', ...words]);
    expect(code).toBe(exit);
    expect(out).toMatch(/^Total +-$/m);
    expect(out).not.toContain('The total does not include');
  });

  test('help with the name of a command is that of the command', () => {
    expect(pangea(['help', 'check'])).toEqual(pangea(['check', '--help']));
    expect(pangea(['help'])).toEqual(pangea(['--help']));
  });

  test.each([
    ['human', ''],
    ['markdown', ''],
    ['csv', 'file,'],
    ['json', '{'],
  ])('an estimate of what cannot be read says nothing of file systems: %s', (format, begins) => {
    const { code, out, err } = pangea(['estimate', '--format', format, 'none.yaml']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'pangea-lustre: none.yaml: there is no such file.\n',
    });
    expect(out).not.toContain('There is no');
    expect(out.toLowerCase().startsWith(begins)).toBe(true);
    if (begins === '') expect(out).toBe('');
  });

  test.each([
    ['check', ['examples/batch.yaml']],
    ['estimate', ['examples/batch.yaml']],
    ['diff', ['examples/batch.yaml', 'examples/batch.yaml']],
    ['advise', ['--capacity', '1TiB', '--throughput', '100']],
  ])('%s says of a region that it does not know', (command, words) => {
    const { code, err } = pangea([command, '--region', 'eu-west-9', ...words]);
    expect({ code, err }).toEqual({
      code: 0,
      err: "note: What eu-west-9 offers is not known: AWS's table of 2026-06-18 does not list it.\n",
    });
  });

  // Only Linux has it.
  const onFull = existsSync('/dev/full') ? test : test.skip;
  onFull('a disk without space is said, and is a failure', () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'rules'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'pangea-lustre: Standard output cannot be written: ENOSPC: no space left on device, write.\n',
    });
  });

  test('its version is that of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(pangea(['--version']).out).toBe(`${version}\n`);
  });

  test.each<[string[], string]>([
    [
      [],
      'Specify a command: use check, estimate, diff, advise, planner, convert, local, rules or lsp, or --help.',
    ],
    [['chek'], 'There is no command chek: did you mean check?'],
    [['check', '--formt', 'json'], 'There is no option --formt: did you mean --format?'],
    [['check', '-format', 'json'], 'There is no option -format: did you mean --format?'],
    [
      ['check', '-qqq'],
      'There is no option -qqq: use --format, --native, --parameters, --region, --strict, --configuration, --fix or --verbose.',
    ],
    [
      ['check', '--constructor'],
      'There is no option --constructor: use --format, --native, --parameters, --region, --strict, --configuration, --fix or --verbose.',
    ],
    [['check', '--format', 'xml'], '--format xml is not known: use human, json, sarif or github.'],
    [
      ['check', '--format'],
      '--format requires a value: human, json, sarif, github; default human.',
    ],
    [
      ['check', '--format='],
      '--format requires a value: human, json, sarif, github; default human.',
    ],
    [
      ['check', '--region', '--native'],
      '--region requires a value: the region of the deployment, such as eu-west-1.',
    ],
    [['check', '--native=yes'], '--native takes no value.'],
    [['check', '--region', 'a', '--region', 'b'], '--region is specified twice.'],
    [['check', 'none/*.yaml'], 'No file matches none/*.yaml.'],
    [
      ['check', 'examples/batch.yaml', '--parameters', 'Subnet=x'],
      'No template has a parameter Subnet: use SubnetId, SecurityGroupId.',
    ],
    [
      ['check', '--parameters', 'none.json'],
      '--parameters none.json is neither NAME=VALUE nor a file that can be read.',
    ],
    [['check', '--parameters', 'LICENSE'], '--parameters LICENSE is not JSON.'],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--deployment', 'PERSISTENT_3'],
      '--deployment PERSISTENT_3 is not known: did you mean PERSISTENT_1 or PERSISTENT_2?',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--needs', 's3,encryption'],
      '--needs encryption is not known: use s3, backups, efa or growth.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--max-cost', 'little'],
      '--max-cost little is not valid: use USD a month, such as 5000.',
    ],
    [
      ['advise'],
      'Specify --capacity and --throughput, for example --capacity 20TiB --throughput 4GB/s.',
    ],
    [['advise', 'x'], 'advise does not take a file: remove x.'],
    [
      ['advise', '--capacity', 'much', '--throughput', '1'],
      '--capacity much is not a size: use one such as 20TiB, 4800GiB or 50TB.',
    ],
    [
      ['advise', '--capacity', '20TiB', '--throughput', '4Gb/s'],
      '--throughput 4Gb/s is in bits: use bytes, such as MB/s or GB/s.',
    ],
    [
      ['advise', '--capacity', '20Ti', '--throughput', '4'],
      '--capacity 20Ti is not known: use GiB, TiB, PiB, GB, TB or PB.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '4GB'],
      '--throughput 4GB is not known: use MB/s, GB/s, MiB/s or GiB/s.',
    ],
    [
      ['estimate', '--region', 'Mars', 'examples/batch.yaml'],
      'Mars is not a region: use one such as eu-west-1.',
    ],
    [
      ['check', '--region', 'bogus', 'examples/batch.yaml'],
      'bogus is not a region: use one such as eu-west-1.',
    ],
    [['planner', 'a'], 'planner does not take a file: remove a.'],
    [['local', '--nope'], "Unknown option '--nope'; --help lists the flags."],
    [['local', '--fsx-port', 'x'], '--fsx-port takes a port from 0 to 65535, not "x".'],
    [
      ['local', '--state', '/none/fsx.json', '--fsx-port', '0'],
      'The state file /none/fsx.json cannot be written: there is no folder /none.',
    ],
    [
      ['local', '--handlers', '/none/handlers.js'],
      'There is no /none/handlers.js: run make build, or specify another with --handlers.',
    ],
    [
      ['local', '--fsx-port', '0', '--lambda-port', '0', '--hook', join(ROOT, 'package.json')],
      `${join(ROOT, 'package.json')} does not export handler.`,
    ],
    [
      ['local', '--fsx-port', '0', '--lambda-port', '0', '--hook', join(ROOT, 'LICENSE')],
      `${join(ROOT, 'LICENSE')} cannot be loaded: Unexpected identifier 'License'`,
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--metadata-iops', 'many'],
      '--metadata-iops many is not valid: use a whole number, such as 12000.',
    ],
    [['check', ''], 'An argument is empty: specify a file.'],
    [['diff', '', 'examples/batch.yaml'], 'An argument is empty: specify a file.'],
    [
      ['check', `${'a'.repeat(300)}*.yaml`],
      `${'a'.repeat(300)}*.yaml: this file cannot be read: its name is too long.`,
    ],
    [['help', 'chek'], 'There is no command chek: did you mean check?'],
    [
      ['check', '--configuration', 'examples', 'examples/batch.yaml'],
      '--configuration examples cannot be read: it is a folder.',
    ],
    [
      ['estimate', '--prices', 'examples', 'examples/batch.yaml'],
      '--prices examples cannot be read: it is a folder.',
    ],
    [
      ['estimate', 'LICENSE/a.yaml'],
      'LICENSE/a.yaml: this file cannot be read: a part of its path is a file, not a folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'examples'],
      '--plot examples cannot be written: it is a folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'none/cost.svg'],
      '--plot none/cost.svg cannot be written: there is no such folder.',
    ],
    [
      ['advise', '--capacity', '1', '--throughput', '1', '--plot', 'cost.PNG'],
      '--plot cost.PNG is not the name of an SVG file: use one such as cost.svg.',
    ],
    [['convert', 'a', 'b'], 'Several templates can only be rewritten in place: specify --write.'],
  ])('%p is answered in one line', (words, message) => {
    expect(pangea(words)).toEqual({ code: 2, out: '', err: `pangea-lustre: ${message}\n` });
  });

  test('a reader that stops reading is no failure', async () => {
    const at = folder({ 'many.yaml': `Resources:\n${many(400)}` });
    const child = spawn(process.execPath, [COMMAND, 'check', join(at, 'many.yaml')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  test('what was found and what could not be read is told though nobody reads standard output', async () => {
    const child = spawn(process.execPath, [COMMAND, 'check', 'a.yaml', 'none.yaml'], {
      cwd: folder({ 'a.yaml': WRONG }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({
      code: 2,
      err: 'pangea-lustre: none.yaml: there is no such file.\n',
    });
  });
});

test.each([
  ['check', 1, WRONG, /StorageCapacity 5000 is not valid/],
  ['convert', 0, NATIVE, /Type: Pangea::FSx::LustreFileSystem/],
])('%s waits for a standard input that does not block', async (command, code, input, expected) => {
  const pipe = join(folder({}), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, 'w');
  // As a fourth file, because Node lets a child's first three block.
  const child = spawn(
    'sh',
    ['-c', 'exec "$@" <&3', 'sh', process.execPath, COMMAND, command, '-'],
    {
      stdio: ['ignore', 'pipe', 'ignore', reading],
    },
  );
  closeSync(reading);
  let out = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  for (const part of [input.slice(0, 40), input.slice(40)]) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    writeSync(writing, part);
  }
  closeSync(writing);
  expect({ code: await ended, out }).toEqual({
    code,
    out: expect.stringMatching(expected) as string,
  });
});

/** Many file systems, each with a violation. */
const many = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    WRONG.split('\n').slice(1).join('\n').replace('Fs:', `Fs${index}:`),
  ).join('');

test('converting for a region tells what the region lacks', () => {
  const { code, out, err } = pangea(['convert', '--region', 'cn-north-1'], { input: NATIVE });
  expect(code).toBe(0);
  expect(err).toMatch(/^stdin: Fs converted\. SCRATCH_1 is not available in cn-north-1, which /);
  expect(out).toBe(pangea(['convert'], { input: NATIVE }).out);
  expect(pangea(['convert', '--region', 'Mars'], { input: NATIVE })).toEqual({
    code: 2,
    out: '',
    err: 'pangea-lustre: Mars is not a region: use one such as eu-west-1.\n',
  });
});

test('converting rewrites files in their places', () => {
  const at = folder({ 'a.yaml': NATIVE, 'b.yaml': WRONG });
  const printed = pangea(['convert', join(at, 'a.yaml')]);
  expect(printed.code).toBe(0);
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toBe(NATIVE);
  const { code, out, err } = pangea(['convert', '--write', 'a.yaml', 'b.yaml'], { cwd: at });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.split('\n').slice(0, 2)).toEqual([
    'a.yaml: Fs converted.',
    'pangea-lustre: b.yaml: there is no AWS::FSx::FileSystem of type LUSTRE.',
  ]);
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toBe(printed.out);
  expect(printed.out).toContain('Type: Pangea::FSx::LustreFileSystem # mine');
  expect(readFileSync(join(at, 'b.yaml'), 'utf8')).toBe(WRONG);
  writeFileSync(join(at, 'c.yaml'), printed.out);
  expect(pangea(['check', join(at, 'c.yaml')]).code).toBe(0);
});
