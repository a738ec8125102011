/** `pangea-lustre estimate`. */
import { folder, pangea, WIDE, WRONG } from './command';

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

  test.each([
    ['where no price is known', ['--region', 'cn-north-1', 'examples/media-hdd.yaml'], 0],
    ['of what FSx would refuse', ['examples/errors/ssd-capacity-5000.yaml'], 1],
  ])('a total %s is no 0.00', (_, words, exit) => {
    const { code, out } = pangea(['estimate', ...words]);
    expect(code).toBe(exit);
    expect(out).toMatch(/^Total +-$/m);
    expect(out).not.toContain('The total does not include');
  });
});
