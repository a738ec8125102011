/** Prices of `estimate` and `advise`: of the region, of another one instead, of a file that the user gives, less a discount. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGIONS } from '../../src/lustre/catalog/regions';
import { folder, pangea, ROOT } from './command';

/** Room for a line of each file system. */
const WIDE = { COLUMNS: '160' };

const LIST = readFileSync(join(ROOT, 'test/lustre/fixtures/AmazonFSx-us-west-2.json'), 'utf8');
const at = folder({
  'west.json': LIST,
  'marked.json': `\uFEFF${LIST}`,
  'none.json': '{"products": {}}',
  'text.json': 'USD 0.14',
  'other.json': JSON.stringify({ offerCode: 'AmazonS3', products: { A: { attributes: {} } } }),
  'cny.json': LIST.replaceAll('"USD"', '"CNY"'),
});
const WEST = join(at, 'west.json');

const template = (...properties: string[]): string =>
  [
    'Resources:',
    ...properties.flatMap((each, index) => [
      `  Fs${index + 1}:`,
      '    Type: Pangea::FSx::LustreFileSystem',
      `    Properties: {${each}, SubnetIds: [subnet-0a1b2c3d4e5f60718]}`,
    ]),
    '',
  ].join('\n');
const SCRATCH = 'StorageCapacity: 4800';
const TIER_250 =
  'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 250, StorageCapacity: 2400';
const METADATA = `${TIER_250}, MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 6000}`;

interface Basis {
  region: string;
  sources: { parts: string[]; region: string; date: string; confidence: string; source: string }[];
  discount: number;
}
interface Estimated {
  monthlyCost?: number;
  noCost?: string;
  fileSystems: { monthlyCost?: number; basis?: Basis }[];
}

function estimated(input: string, ...words: string[]): Estimated {
  const { code, out, err } = pangea(['estimate', '--format', 'json', ...words], { input });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Estimated;
}

describe('a price list that the user gives', () => {
  // The fixture: 0.14 for scratch, 0.215 at 250, and 0.055 for each of 3000 IOPS above the automatic 3000 of 2400 GiB.
  test.each<[string, string, string[], number]>([
    ['scratch', SCRATCH, [], 672],
    ['a tier', TIER_250, [], 516],
    ['metadata IOPS', METADATA, [], 681],
    ['a discount', TIER_250, ['--discount', '12.5'], 451.5],
    ['a discount with its sign', METADATA, ['--discount', '7%'], 633.33],
    ['a discount of nothing', SCRATCH, ['--discount', '0'], 672],
    ['all of it', SCRATCH, ['--discount=100'], 0],
  ])('prices %s to the cent', (_, properties, words, usd) => {
    const result = estimated(template(properties), '--prices', WEST, ...words);
    expect(result.monthlyCost).toBe(usd);
  });

  test('decides the region where nobody names one, and is told as the basis', () => {
    const [first] = estimated(template(TIER_250), '--prices', WEST, '--discount', '5').fileSystems;
    expect(first?.basis).toEqual({
      region: 'us-west-2',
      sources: [
        {
          parts: ['storage'],
          region: 'us-west-2',
          date: '2026-11-15',
          confidence: 'as AWS lists them',
          source: 'file',
          origin: 'price-list',
        },
      ],
      notCounted: [],
      billedByUse: false,
      discount: 5,
    });
    const { out } = pangea(['estimate', '--prices', WEST], { input: template(TIER_250) });
    expect(out).toContain('The specified price list for us-west-2, 2026-11-15.\n');
  });

  test('may begin with a byte order mark', () => {
    const by = (list: string) => estimated(template(TIER_250), '--prices', list);
    expect(by(join(at, 'marked.json'))).toEqual(by(WEST));
  });

  test('goes over the prices known here, and leaves what it does not have', () => {
    const tier = TIER_250.replace('250', '500');
    const { fileSystems } = estimated(template(TIER_250, tier), '--prices', WEST);
    expect(fileSystems.map(({ monthlyCost }) => monthlyCost)).toEqual([516, 816]);
    expect(fileSystems.map(({ basis }) => basis?.sources[0]?.source)).toEqual(['file', 'book']);
  });

  test('holds for advise, its YAML, JSON and plot', () => {
    const plot = join(at, 'plot.svg');
    const words = ['--capacity', '2400', '--throughput', '500', '--persistent', '--prices', WEST];
    const { code, out } = pangea(['advise', ...words, '--discount', '10', '--plot', plot], {
      env: WIDE,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^At least .* in us-west-2:/);
    expect(out).toMatch(/464\.40 .* PERSISTENT_2 SSD, 2,400 GiB at 250 MB\/s\/TiB\n/);
    expect(readFileSync(plot, 'utf8')).toContain('are used instead of those of us-west-2.');
    expect(readFileSync(plot, 'utf8')).toContain('a discount of 10%');
    const { configurations } = JSON.parse(pangea(['advise', ...words, '--format', 'json']).out) as {
      configurations: { monthlyCost: number; basis: Basis }[];
    };
    expect(configurations).toContainEqual(
      expect.objectContaining({
        monthlyCost: 516,
        basis: expect.objectContaining({ region: 'us-west-2' }) as Basis,
      }),
    );
  });

  test.each<[string, string[], string]>([
    ['no file', ['--prices', 'no.json'], '--prices no.json cannot be read: there is no such file.'],
    ['text', ['--prices', 'text.json'], '--prices text.json cannot be used: it is not JSON.'],
    [
      'another JSON',
      ['--prices', 'none.json'],
      '--prices none.json cannot be used: it is not a price list: take https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonFSx/current/REGION/index.json, or the output of aws pricing get-products.',
    ],
    [
      'another service',
      ['--prices', 'other.json'],
      '--prices other.json cannot be used: it is the price list of AmazonS3, not that of AmazonFSx.',
    ],
    [
      'another currency',
      ['--prices', 'cny.json'],
      '--prices cny.json cannot be used: it has products of FSx for Lustre, but no price in USD that can be read.',
    ],
    [
      'another region',
      ['--prices', 'west.json', '--region', 'eu-west-1'],
      '--prices west.json cannot be used: it has the prices of us-west-2, not those of eu-west-1.',
    ],
    [
      'no region',
      ['--prices', 'west.json', '--region', 'us-west-three'],
      'us-west-three is not a region: use one such as eu-west-1.',
    ],
    [
      'a misspelled region',
      ['--region', 'eu-wset-1'],
      'eu-wset-1 is not a region: did you mean eu-west-1?',
    ],
    ...['-5', '101', 'ten', '5%%', '1e1', ''].map((text): [string, string[], string] => [
      `the discount ${text}`,
      [`--discount=${text}`],
      text === ''
        ? '--discount requires a value: a discount on the whole cost, such as 12.5.'
        : `--discount ${text} is not valid: use 0 to 100 percent, such as 12.5.`,
    ]),
  ])('%s is answered in one sentence', (_, words, message) => {
    for (const command of [
      ['estimate', '-'],
      ['advise', '--capacity', '1', '--throughput', '1'],
    ])
      expect(pangea([...command, ...words], { cwd: at, input: template(SCRATCH) })).toEqual({
        code: 2,
        out: '',
        err: `pangea-lustre: ${message}\n`,
      });
  });
});

describe('prices of another region instead', () => {
  test('stand in the row, in the total and in the JSON', () => {
    const input = template(SCRATCH, TIER_250, METADATA);
    const { out } = pangea(['estimate', '--region', 'eu-central-1'], { input, env: WIDE });
    const rows = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows[0]?.at(-1)).toBe('Prices of');
    expect(rows[1]?.slice(-2)).toEqual(['6,240', '801.60']);
    expect(rows[2]?.slice(-2)).toEqual(['1,200', '645.60']);
    expect(rows[3]?.slice(-2)).toEqual(['810.60', 'partly us-east-1']);
    expect(rows[4]?.slice(-2)).toEqual(['2,257.80', 'partly us-east-1']);
    const { fileSystems } = estimated(input, '--region', 'eu-central-1');
    expect(fileSystems[2]?.basis?.sources).toMatchObject([
      { parts: ['storage'], region: 'eu-central-1', confidence: 'as AWS lists them' },
      {
        parts: ['metadata IOPS'],
        region: 'us-east-1',
        date: '2025 to 2026',
        confidence: 'probably correct, but not verified with AWS',
      },
    ]);
  });

  test('have no column where there are none', () => {
    const { out } = pangea(['estimate', '--region', 'us-east-2'], { input: template(SCRATCH) });
    expect(out).not.toContain('Prices of');
  });

  test('are marked in each row of advise and at each line of the plot', () => {
    const plot = join(at, 'marked.svg');
    const words = ['--capacity', '20TiB', '--throughput', '4GB/s', '--region', 'eu-west-3'];
    const { out } = pangea(['advise', '--all', ...words, '--plot', plot], { env: WIDE });
    const rows = out.split('\n').filter((line) => /^ *[\d,]+\.\d\d /.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row).toMatch(/^ *[\d,]+\.\d\d {2}us-east-[12] /);
    const svg = readFileSync(plot, 'utf8');
    for (const name of ['SCRATCH_2', 'PERSISTENT_1 SSD', 'PERSISTENT_1 HDD', 'PERSISTENT_2 SSD'])
      expect(svg).toMatch(new RegExp(`>${name} \\(us-east-[12](, us-east-[12])*\\)</text>`));
  });

  test.each(REGIONS.map(({ region }) => region))('%s: never without a mark', (region) => {
    const words = ['--capacity', '20TiB', '--throughput', '4GB/s', '--region', region];
    const { out } = pangea(['advise', ...words, '--format', 'json']);
    const { configurations, noCost } = JSON.parse(out) as {
      configurations: { monthlyCost?: number; basis?: Basis }[];
      noCost?: string;
    };
    for (const { monthlyCost, basis } of configurations) {
      expect(basis === undefined).toBe(monthlyCost === undefined);
      expect(noCost === undefined).toBe(monthlyCost !== undefined);
      for (const source of basis?.sources ?? []) expect(source.confidence).toMatch(/AWS/);
      expect(basis?.region ?? region).toBe(region);
    }
  });
});

test('in China there is no price, and both say why', () => {
  const why = 'AWS bills in CNY in cn-north-1, and prices are known in USD only.';
  const input = template('DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 50, StorageCapacity: 1200'); // oxfmt-ignore
  expect(pangea(['estimate', '--region', 'cn-north-1'], { input }).out).toContain(`\n${why}\n`);
  expect(estimated(input, '--region', 'cn-north-1').noCost).toBe(why);
  const words = ['--capacity', '1', '--throughput', '1', '--region', 'cn-north-1'];
  expect(pangea(['advise', ...words]).out).toContain(`\n${why}\n`);
});

test.each([['estimate'], ['advise', '--capacity', '1', '--throughput', '1']])(
  '%s says of a region that the table does not have that nothing is known',
  (...words) => {
    const { code, err } = pangea([...words, '--region', 'eu-north-2'], {
      input: template(SCRATCH),
    });
    expect({ code, err }).toEqual({
      code: 0,
      err: "note: What eu-north-2 offers is not known: AWS's table of 2026-06-18 does not list it.\n",
    });
  },
);

test('advise says what a region has where that would not do', () => {
  const words = ['--capacity', '1', '--throughput', '1000000GB/s', '--region', 'me-south-1'];
  expect(pangea(['advise', ...words])).toEqual({
    code: 1,
    out: '',
    err: "pangea-lustre: me-south-1 offers no file system of that size; other regions do. According to AWS's table of 2026-06-18, me-south-1 has PERSISTENT_1 SSD, PERSISTENT_1 HDD and SCRATCH_2.\n",
  });
});

test('on a terminal of 80 columns everything fits', () => {
  const env = { COLUMNS: '80' };
  const words = ['advise', '--capacity', '20TiB', '--throughput', '4GB/s', '--region', 'eu-west-3'];
  const input = template(SCRATCH, METADATA);
  for (const { out } of [
    pangea(words, { env }),
    pangea(['estimate', '--region', 'eu-west-3', 'examples/{batch,monitoring}.yaml'], { env }),
    pangea(['estimate', '--region', 'eu-west-3'], { env, input }),
  ])
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
