/** `pangea-lustre check` through its command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProperties } from '../review/findings';
import { folder, pangea, ROOT, WRONG } from './command';

/** Files, lines and columns as they were reported. */
interface Found {
  file: string;
  logicalId: string;
  property: string;
  line: number;
  column: number;
  rule: string;
  message: string;
}
const json = (out: string): Found[] => JSON.parse(out) as Found[];

/** What an example that is refused is refused for, and the line of the property. */
const ERRORS: Record<string, string> = {
  'hdd-capacity-48000.yaml': 'StorageCapacity',
  'hdd-capacity-5000.yaml': 'StorageCapacity',
  'persistent1-throughput-300.yaml': 'PerUnitStorageThroughput',
  'persistent1-throughput-500.yaml': 'PerUnitStorageThroughput',
  'read-cache-on-ssd.yaml': 'DriveCacheType',
  's3-link-with-backups.yaml': 'AutomaticBackupRetentionDays',
  'scratch-with-backups.yaml': 'AutomaticBackupRetentionDays',
  'scratch-with-throughput.yaml': 'PerUnitStorageThroughput',
  'ssd-capacity-5000.yaml': 'StorageCapacity',
  'two-subnets.yaml': 'SubnetIds',
};

describe('--strict', () => {
  const scratch = 'StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]';
  test.each<[string, string, string[], number]>([
    ['a warning does not count', `${scratch}\nKmsKeyId: alias/mine`, [], 0],
    ['a warning counts with it', `${scratch}\nKmsKeyId: alias/mine`, ['--strict'], 1],
    ['an error counts', `${scratch}\nEfaEnabled: true`, [], 1],
    ['an error counts with it', `${scratch}\nEfaEnabled: true`, ['--strict'], 1],
    ['nothing is nothing', scratch, ['--strict'], 0],
  ])('%s', (_, properties, words, code) => {
    const input = withProperties(properties);
    for (const format of ['human', 'json', 'sarif', 'github'])
      expect(pangea(['check', '--format', format, ...words], { input }).code).toBe(code);
  });

  test('what could not be read is still 2', () => {
    expect(pangea(['check', '--strict', 'none.yaml']).code).toBe(2);
  });
});

describe('check', () => {
  test('every example that works is clean', () => {
    const { code, out, err } = pangea(['check', 'examples/*.yaml']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^13 file systems in 13 templates: nothing found\.\n$/);
  });

  test('every example that is refused is reported, with the line of its property', () => {
    expect(readdirSync(join(ROOT, 'examples', 'errors')).sort()).toEqual(
      Object.keys(ERRORS).sort(),
    );
    const { code, out } = pangea(['check', '--format', 'json', 'examples/errors/*.yaml']);
    expect(code).toBe(1);
    const expected = Object.entries(ERRORS).map(([name, property]) => {
      const lines = readFileSync(join(ROOT, 'examples', 'errors', name), 'utf8').split('\n');
      const line = lines.findIndex((text) => text.trim().startsWith(`${property}:`)) + 1;
      return {
        file: `examples/errors/${name}`,
        logicalId: 'FileSystem',
        property,
        line,
        column: 7,
      };
    });
    const places = json(out).map(({ file, logicalId, property, line, column }) => ({
      file,
      logicalId,
      property,
      line,
      column,
    }));
    expect(places).toEqual(expected);
  });

  test('in JSON each finding has its range, its severity and its repairs', () => {
    const at = folder({ 'a.yaml': WRONG });
    const { out } = pangea(['check', '--format', 'json', 'a.yaml'], { cwd: at });
    expect(JSON.parse(out)).toEqual([
      {
        file: 'a.yaml',
        logicalId: 'Fs',
        property: 'StorageCapacity',
        line: 5,
        column: 7,
        endLine: 5,
        endColumn: 22,
        rule: 'storage-capacity',
        message:
          'StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
        severity: 'error',
        repairs: [{ StorageCapacity: 4800 }, { StorageCapacity: 7200 }],
        help: 'https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem/blob/main/manual/rules.md#storage-capacity',
      },
    ]);
  });

  test('people see file, line and column, the repair and a sum', () => {
    const { code, out } = pangea(['check', '-'], { input: WRONG });
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'stdin',
        '  5:7 error Fs [storage-capacity]',
        '    StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of',
        '    2400, nearest 4800 or 7200.',
        '    5 |       StorageCapacity: 5000',
        '      |       ^^^^^^^^^^^^^^^',
        '',
        '1 file system in 1 template: 1 violation.',
        '',
      ].join('\n'),
    );
  });

  test('with colors only where they are wanted', () => {
    const forced = pangea(['check'], { input: WRONG, env: { FORCE_COLOR: '1' } });
    expect(forced.out).toContain('\u001b[31m');
    const none = pangea(['check'], { input: WRONG, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(none.out).not.toContain('\u001b');
  });

  test('GitHub sees annotations', () => {
    const at = folder({ 'a,b.yaml': WRONG, 'no.yaml': 'a: b: c' });
    const { code, out } = pangea(['check', '--format=github', 'a,b.yaml', 'no.yaml'], { cwd: at });
    expect(code).toBe(2);
    expect(out.split('\n')).toEqual([
      '::error file=a%2Cb.yaml,line=5,col=7,title=Fs%3A storage-capacity::StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
      expect.stringMatching(/^::error file=no\.yaml,line=1,col=4,title=unreadable::/),
      '',
    ]);
  });

  test('code scanning reads SARIF', () => {
    const { code, out } = pangea([
      'check',
      '--format',
      'sarif',
      'examples/errors/two-subnets.yaml',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'pangea-lustre', rules: [{ id: 'one-subnet' }] } },
          invocations: [{ executionSuccessful: true }],
          results: [
            {
              ruleId: 'one-subnet',
              ruleIndex: 0,
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'examples/errors/two-subnets.yaml' },
                    region: { startLine: 9, startColumn: 7, endLine: 9, endColumn: 16 },
                  },
                  logicalLocations: [{ fullyQualifiedName: 'FileSystem.SubnetIds' }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  describe('a warning', () => {
    const input = withProperties(
      'StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]\nKmsKeyId: alias/a',
    );
    const checked = (...given: string[]) => pangea(['check', '-', ...given], { input });

    test('is shown as one, and the check succeeds', () => {
      const { code, out } = checked();
      expect(out).toMatch(
        /^stdin\n {2}7:7 warning Fs \[not-applicable\]\n +KmsKeyId alias\/a might not be supported with SCRATCH_2/,
      );
      expect(out).toMatch(/\n1 file system in 1 template: 1 warning\.\n$/);
      expect(code).toBe(0);
    });

    test('beside a violation does not change that the check fails', () => {
      const { code, out } = pangea(['check', '-'], { input: input.replace('1200', '1201') });
      expect(out).toMatch(/: 1 violation and 1 warning\.\n$/);
      expect(code).toBe(1);
    });

    test('is one in JSON, in SARIF and for GitHub', () => {
      expect(JSON.parse(checked('--format', 'json').out)).toMatchObject([{ severity: 'warning' }]);
      expect(JSON.parse(checked('--format', 'sarif').out)).toMatchObject({
        runs: [{ results: [{ level: 'warning' }] }],
      });
      expect(checked('--format', 'github').out).toMatch(/^::warning file=stdin,line=7,/);
    });

    test('leaves the estimate as it is', () => {
      const { code, out } = pangea(['estimate', '-'], { input });
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.not.stringContaining('invalid') as string,
      });
    });
  });

  describe('--region', () => {
    const input = withProperties('StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]');
    const checkedIn = (...region: string[]) =>
      pangea(['check', '-', '--format', 'json', ...region], { input });

    test('reports what the region lacks', () => {
      const { code, out } = checkedIn('--region', 'ca-west-1');
      expect(json(out)).toMatchObject([{ rule: 'region', property: 'DeploymentType' }]);
      expect(code).toBe(1);
    });

    test('that is not in the table, or is left out, reports nothing', () => {
      expect(checkedIn('--region', 'xx-north-9').out).toBe('[]\n');
      expect(checkedIn().out).toBe('[]\n');
    });
  });

  test('a clean check in JSON is an empty list', () => {
    expect(pangea(['check', 'examples/batch.yaml', '--format', 'json']).out).toBe('[]\n');
  });

  test('what the deployment decides is told where it is asked for', () => {
    const quiet = pangea(['check'], { input: WRONG });
    expect(quiet.err).toBe('');
    const input = `${WRONG.replace('[subnet-0a1b2c3d4e5f60718]', '[!Ref Subnet]').trimEnd()}\nParameters: {Subnet: {Type: String}}\n`;
    const { err } = pangea(['check', '--verbose'], { input });
    expect(err).toBe(
      'stdin:6:19: note: Fs: SubnetIds[0] is not known, because the parameter Subnet has no default: rules that need it were not checked.\n',
    );
  });

  test('combinations that were not checked are told unasked', () => {
    const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
    const input = [
      'Parameters:',
      ...names.map((name) => `  P${name}: {Type: String}`),
      'Conditions:',
      ...names.map((name) => `  ${name}: !Equals [!Ref P${name}, x]`),
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties:',
      '      StorageCapacity: 1200',
      '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
      '      Tags:',
      ...names.map(
        (name) => `        - !If [${name}, {Key: ${name}, Value: x}, !Ref AWS::NoValue]`,
      ),
    ].join('\n');
    expect(pangea(['check'], { input })).toEqual({
      code: 0,
      out: '1 file system in 1 template: nothing found.\n',
      err: 'stdin:22:3: note: Fs: More than 256 combinations of conditions: the others were not checked.\n',
    });
  });

  test('parameters are given in every usual way', () => {
    const template = 'examples/hpc-scratch-lz4.yaml';
    const at = folder({
      'list.json': '[{"ParameterKey":"StorageCapacity","ParameterValue":"5000"}]',
      'map.json': '{"Parameters":{"StorageCapacity":5000}}',
      'words.json': '["StorageCapacity=5000"]',
    });
    const ways = [
      [`--parameters=StorageCapacity=5000`, 'SubnetId=subnet-01234567', '--', template],
      [
        '--parameters',
        'SubnetId=subnet-01234567',
        '--parameters',
        'StorageCapacity=5000',
        template,
      ],
      ['--parameters', 'StorageCapacity=5000', 'SubnetId=subnet-01234567', template],
      [template, '--parameters=ParameterKey=StorageCapacity,ParameterValue=5000'],
      [template, '--parameters', join(at, 'list.json')],
      [template, '--parameters', `file://${join(at, 'map.json')}`],
      [template, '--parameters', join(at, 'words.json')],
    ];
    for (const way of ways) {
      const { code, out } = pangea(['check', '--format', 'json', ...way]);
      expect(code).toBe(1);
      expect(json(out)).toMatchObject([{ line: 31, rule: 'storage-capacity' }]);
    }
  });

  test('a parameter that keeps its previous value is not known', () => {
    const at = folder({
      'previous.json': '[{"ParameterKey":"StorageCapacity","UsePreviousValue":true}]',
    });
    const { code, err } = pangea([
      'check',
      '--verbose',
      'examples/hpc-scratch-lz4.yaml',
      '--parameters',
      join(at, 'previous.json'),
    ]);
    expect(code).toBe(0);
    expect(err).toContain('the parameter StorageCapacity keeps the value that the stack has');
  });

  test.each([
    ['{"StorageCapacity": null}', 'has no value for StorageCapacity: use text or a number.'],
    [
      '[{"ParameterKey":"StorageCapacity"}]',
      'has no value for StorageCapacity: use text or a number.',
    ],
    ['["StorageCapacity"]', 'holds "StorageCapacity", which names no parameter.'],
  ])('parameters such as %s are told', (text, message) => {
    const at = folder({ 'p.json': text });
    expect(pangea(['check', '-', '--parameters', 'p.json'], { cwd: at, input: WRONG })).toEqual({
      code: 2,
      out: '',
      err: `pangea-lustre: --parameters p.json ${message}\n`,
    });
  });

  test('the items of a list are joined', () => {
    const at = folder({ 'p.json': '{"Subnets": ["subnet-01234567", "subnet-89abcdef"]}' });
    const input = [
      'Parameters: {Subnets: {Type: CommaDelimitedList}}',
      'Resources:',
      '  Fs:',
      '    Type: Pangea::FSx::LustreFileSystem',
      '    Properties: {StorageCapacity: 1200, SubnetIds: !Ref Subnets}',
    ].join('\n');
    const { out } = pangea(['check', '--parameters', join(at, 'p.json')], { input });
    expect(out).toContain('[one-subnet]');
  });

  test('what is nested without end is told', () => {
    const deep = WRONG.replace('5000', '['.repeat(20_000) + ']'.repeat(20_000));
    expect(pangea(['check', '-'], { input: deep })).toEqual({
      code: 2,
      out: '',
      err: 'pangea-lustre: stdin: this is nested too deeply.\n',
    });
  });

  test('what cannot be read is told, and the rest is checked', () => {
    const at = folder({ 'good.yaml': WRONG, 'bad.yaml': 'Resources: {A: [}' });
    const { code, out, err } = pangea(['check', '*.yaml', 'none.yaml', '.'], { cwd: at });
    expect(code).toBe(2);
    expect(out).toMatch(/^good\.yaml\n {2}5:7 error/);
    expect(out).toMatch(
      /\n3 files could not be read\.\n1 file system in 1 template: 1 violation\.\n$/,
    );
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^pangea-lustre: bad\.yaml:1:\d+: .*\.$/),
      'pangea-lustre: none.yaml: there is no such file.',
      expect.stringMatching(/^pangea-lustre: \.: this is a folder; specify its templates, such as/),
      '',
    ]);
  });
});
