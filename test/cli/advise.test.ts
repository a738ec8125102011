/** `pangea-lustre advise`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pangea, WIDE } from './command';

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

test('a region of the European Sovereign Cloud is one', () => {
  const words = ['advise', '--capacity', '1', '--throughput', '1'];
  const { code, out } = pangea(words, { env: { AWS_REGION: 'eusc-de-east-1' } });
  expect(code).toBe(0);
  expect(out).toContain('in eusc-de-east-1:');
});
