/** manual/rules.md, written from the catalog, so that the tables cannot differ from what the type does. */
import {
  AUTOMATIC_IOPS,
  AUTOMATIC_IOPS_STEP,
  DRIVE_CACHE,
  LUSTRE_VERSIONS,
  METADATA_IOPS,
  OFFERINGS,
  type DiskThroughput,
  type Durability,
} from '../src/lustre/catalog/catalog';
import { nameAdvice } from '../src/lustre/properties/name-advice';
import { NAMES_ELSEWHERE } from '../src/lustre/properties/names-elsewhere';
import { applicabilityOf, rowsOf } from '../src/lustre/catalog/offerings';
import { PRICE_BOOK, type Price } from '../src/lustre/estimates/prices';
import {
  LOCAL_ZONES,
  LOW_TIERS,
  REGION_SOURCES,
  REGIONS,
  type Offered,
} from '../src/lustre/catalog/regions';
import { CREATION_DEFAULTS } from '../src/lustre/properties';
import { applicabilityRowOf } from '../src/lustre/catalog/applicability';
import { CONSTRAINED } from '../src/lustre/rules/offering';
import {
  RESTORE_RULES,
  RESTORE_SOURCE,
  RESTORE_SOURCES,
  type RestoreRule,
} from '../src/lustre/rules/restore';
import { PROPERTY_SHAPES, type Shape } from '../src/lustre/properties/shapes';
import { describeAllowed, INTEGER_MAXIMUM } from '../src/lustre/catalog/allowed-numbers';
import { joinWithOr, joinWithAnd } from '../src/lustre/wording';
import {
  CREATION_RULES,
  GUARDRAIL_RULES,
  TEMPLATE_RULES,
  UPDATE_RULES,
  type RuleRow,
} from '../src/review/rule-table';
import { DESIGN_DIFFERENCES } from './design-differences';
import { table, type Cell } from './markdown';

const throughputWords = (disk: DiskThroughput): string =>
  `${disk.baseline} / ${disk.burst ?? disk.baseline}`;

const DURABILITY: Readonly<Record<Durability, string>> = {
  none: 'not replicated: what is on a server is lost with it',
  zone: 'replicated within its Availability Zone',
  zones: 'replicated over several Availability Zones',
};

const kinds = (): string =>
  table(
    ['File system', 'Durability', 'Lustre versions', 'Version that FSx takes where none is given'],
    OFFERINGS.map(({ name, durability, oldestVersion, defaultVersion }) => [
      name,
      DURABILITY[durability],
      LUSTRE_VERSIONS.slice(LUSTRE_VERSIONS.indexOf(oldestVersion)).join(', '),
      defaultVersion,
    ]),
  );

const capacities = (): string =>
  table(
    [
      'DeploymentType',
      'StorageType',
      'PerUnitStorageThroughput',
      'StorageCapacity (GiB)',
      'with EfaEnabled',
      'MB/s per TiB, baseline / burst',
    ],
    OFFERINGS.flatMap((offering) => {
      const { deployment, storage } = offering;
      const rows = rowsOf(offering).map(({ tier }) => [
        deployment,
        storage,
        tier.throughput,
        describeAllowed(tier.capacity),
        tier.efaCapacity && describeAllowed(tier.efaCapacity),
        throughputWords(tier.disk),
      ]);
      return rows.length > 0
        ? rows
        : [[deployment, storage, undefined, undefined, undefined, 'ThroughputCapacity']];
    }),
  );

const RESTORED: Readonly<Record<RestoreRule['holds'], string>> = {
  same: 'as in the backup',
  newer: 'as in the backup, or newer',
  kept: 'only where the backup has it',
};

const restoring = (): string =>
  table(
    ['Property', 'With BackupId', 'Instead', 'Source'],
    RESTORE_RULES.map(({ property, holds, instead }) => [
      property,
      RESTORED[holds],
      instead,
      `[guide](${RESTORE_SOURCES[property] ?? RESTORE_SOURCE})`,
    ]),
  );

const fits = (): string =>
  table(
    ['Property', ...OFFERINGS.map(({ name }) => name)],
    CONSTRAINED.map((property) => {
      const { inert } = applicabilityRowOf(property);
      return [
        inert === undefined ? property : `${property} other than ${JSON.stringify(inert)}`,
        ...OFFERINGS.map((offering) => applicabilityOf(property, offering)).map((fit) =>
          fit === 'optional' ? 'yes' : fit,
        ),
      ];
    }),
  );

const SSD_LOW = `SSD at ${joinWithAnd(LOW_TIERS)} without EFA`;

function regions(): string {
  const places = [
    ...REGIONS.map((row) => ({ row, name: row.region })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    ...LOCAL_ZONES.map((row) => ({ row, name: row.name })),
  ];
  const has = (row: Offered) => [
    [
      ...(row.persistent2 === 'all' ? ['SSD, EFA'] : row.persistent2 === 'low' ? [SSD_LOW] : []),
      ...(row.intelligentTiering ? ['INTELLIGENT_TIERING'] : []),
    ].join(', '),
    row.persistent1 ? 'SSD, HDD' : '',
    row.scratch2 ? 'yes' : '',
  ];
  const groups = new Map<string, { names: string[]; cells: string[] }>();
  for (const { row, name } of places) {
    const cells = has(row);
    const { names = [] } = groups.get(cells.join('|')) ?? {};
    groups.set(cells.join('|'), { names: [...names, name], cells });
  }
  return table(
    ['Region or Local Zone', 'PERSISTENT_2', 'PERSISTENT_1', 'SCRATCH_2'],
    [...groups.values()].map(({ names, cells }) => [
      names.join(', '),
      ...cells.map((cell) => cell || undefined),
    ]),
  );
}

function form(shape: Shape): string {
  switch (shape.type) {
    case 'integer':
    case 'decimal':
      return `${shape.expected}, ${shape.maximum === INTEGER_MAXIMUM ? `${shape.minimum} or more` : `${shape.minimum} to ${shape.maximum}`}`;
    case 'text':
      return shape.values
        ? joinWithOr(shape.values)
        : [
            shape.expected,
            ...(shape.example ? [`such as \`${shape.example}\``] : []),
            ...(shape.length && shape.length[0] < shape.length[1]
              ? [`${shape.length.join(' to ')} characters`]
              : []),
          ].join(', ');
    default:
      return shape.expected;
  }
}

function forms(): string {
  const rows = (members: Readonly<Record<string, Shape>>, prefix = ''): Cell[][] =>
    Object.entries(members).flatMap(([name, shape]) => [
      [`${prefix}${name}`, form(shape)],
      ...(shape.type === 'object' ? rows(shape.members, `${prefix}${name}.`) : []),
      ...(shape.type === 'list' && shape.items.type === 'object'
        ? rows(shape.items.members, `${prefix}${name}[].`)
        : []),
    ]);
  return table(['Property', 'Form'], rows(PROPERTY_SHAPES));
}

/** The name of a rule as a cell that other pages link to, as rules.md#NAME. */
const anchored = (rule: string): string => `<a id="${rule}"></a>${rule}`;

const rules = (rows: readonly RuleRow[]): string =>
  table(
    ['Rule', 'Held', 'What'],
    rows.map(([rule, ...others]) => [anchored(rule), ...others]),
  );

/** Whence a name comes, and what is said of it. */
const names = (): string =>
  table(
    ['From', 'Name', 'Here'],
    NAMES_ELSEWHERE.flatMap(({ from, source, names: each }) => {
      const told = new Map<string, string[]>();
      for (const name of Object.keys(each)) {
        const dot = name.lastIndexOf('.');
        const place = { known: [], within: name.slice(0, Math.max(0, dot)) };
        const advice = nameAdvice(name.slice(dot + 1), place);
        told.set(advice, [...(told.get(advice) ?? []), `\`${name}\``]);
      }
      return [...told].map(([advice, given], row) => [
        row === 0 ? `[${from}](${source})` : '',
        given.join(', '),
        advice,
      ]);
    }),
  );

const automaticIops = (): string =>
  table(
    ['StorageCapacity from (GiB)', 'Metadata IOPS'],
    [
      ...AUTOMATIC_IOPS.map(({ from, iops }) => [from, iops]),
      [
        `${AUTOMATIC_IOPS_STEP.perCapacity * 2} and above`,
        `${AUTOMATIC_IOPS_STEP.iops} for every ${AUTOMATIC_IOPS_STEP.perCapacity} GiB, rounded down, at most ${METADATA_IOPS.SSD.maximum ?? ''}`,
      ],
    ],
  );

/** What is said of a price that the AWS Price List does not confirm. */
const SURE = {
  high: [],
  medium: ['likely'],
  low: ['one source'],
  unsure: ['assumed'],
} as const;

function prices(): string {
  const regions = Object.keys(PRICE_BOOK.regions);
  const items = [...new Set(Object.values(PRICE_BOOK.regions).flatMap(Object.keys))];
  const words = (price: Price | undefined) =>
    price &&
    `${price.usd} (${[...SURE[price.confidence], price.asOf ?? 'date unknown'].join(', ')})`;
  return table(
    ['USD a month per unit', ...regions],
    items.map((item) => [
      item,
      ...regions.map((region) => words(PRICE_BOOK.regions[region]?.[item])),
    ]),
  );
}

/** The document, from the catalog, the property shapes and the price book. */
export const rulesDocument = (): string => `# Rules, tables and estimates

<!-- Written by \`npm run docs\` from src/lustre; edit there. -->

What this type checks before the first call, and how it estimates what a file system gives and costs. Nothing here is
sent to AWS. All violations are reported at once, each with its property, the value given, the rule, and what to change.

Where a template names none, the type sends ${Object.entries(CREATION_DEFAULTS)
  .map(([name, value]) => `${name} ${value}`)
  .join(', ')}. With
BackupId it sends none of them: the backup decides. Every other property that is left out is left to FSx.

## Capacities, tiers and throughput

${capacities()}

Other pairs of DeploymentType and StorageType are refused. There is no greatest capacity: what an account may have in all
is a quota, which AWS raises on request.

${kinds()}

## Which property goes with what

${fits()}

*doubtful*: documented for other file systems only, without a refusal on record. With BackupId nothing is required that the
backup brings: DeploymentType, StorageType, StorageCapacity, the tier and the rest.

What is given beside BackupId must agree with the backup, and the region must be the backup's. The type does not look into
the backup; FSx refuses what differs. Where a template makes the backup of a file system of its own (\`BackupId: !GetAtt
Backup.BackupId\`, an AWS::FSx::Backup whose FileSystemId refers to it), \`check\` compares both, by the rule \`restore\`: an error
for what can never change, a warning for what may have changed since the backup was made.

${restoring()}

## Regions

${regions()}

From AWS's table of ${REGION_SOURCES.guide}
([regions](https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#persistent-deployment-regions)) and,
for China, its page of ${REGION_SOURCES.china} ([China](https://docs.amazonaws.cn/en_us/aws/latest/userguide/fsx.html)).
What a region lacks is refused at creation, and by \`check --region\`, with what it has and the nearest change. A region that is not in the table is
never held against a file system, nor is an update or a rollback of what exists. More than a year after the date of the
table it gives warnings only. A Local Zone is where the subnet is, which the properties do not tell: FSx decides there.

SCRATCH_1 is in no row of AWS's table: where it can still be had is not documented. It is not to be had in China, and a
warning where there is no SCRATCH_2, and in AWS GovCloud. In China, PERSISTENT_1 with Lustre 2.10 and 2.12 is on record;
whether FSx takes 2.15 there, the default of this type, is not: give \`FileSystemTypeVersion: "2.12"\` there.

## Forms

Every number, true and false may be given as text. Text is taken as it stands.

${forms()}

## Rules

The type configuration \`Validation: DEFER_TO_FSX\` leaves the rules marked *table* to FSx, so that a tier, size, version or
region that AWS launches tomorrow needs no new version of this type. So are the metadata IOPS that an update of StorageCapacity needs. The others can never be
right and always hold.

${rules(CREATION_RULES)}

In an update these hold as well, for what the update changes. What FSx already has is never held against it.

${rules(UPDATE_RULES)}

The limits that an account sets in the [type configuration](register.md#type-configuration) hold for a creation, and for an update that
exceeds one anew:

${table(
  ['Rule', 'Setting', 'What'],
  GUARDRAIL_RULES.map(([rule, setting, what]) => [anchored(rule), setting, what]),
)}

In a template, \`check\` also holds:

${table(
  ['Rule', 'What'],
  TEMPLATE_RULES.map(([rule, , what]) => [anchored(rule), what]),
)}

Left to FSx, as AWS does not document it, or documents it both ways: CopyTagsToBackups without backups, or with an S3 link,
which the API reference rules out and AWS's own example template has; metadata IOPS below the automatic ones at creation;
names of buckets that S3 takes no more, but took; a log group whose name begins with /aws/fsx and not with /aws/fsx/; a range
of NoSquashNids that runs backwards; all quotas. Refused though no refusal by FSx is recorded: 600 GiB, which one sentence of
the API reference names and all others exclude; a backup window without backups; USER_PROVISIONED metadata without Iops, which
has no default; tag keys that begin with aws: in capital letters, which other services of AWS refuse.

A rule gives an error or a warning. An error is what FSx refuses, as recorded or documented, and stops an operation before
its first call. A warning is what FSx may refuse, though no refusal is on record; the property is sent as it is given, and FSx
decides. KmsKeyId on scratch is one: AWS documents the key for persistent file systems and says that scratch is encrypted
with keys that FSx keeps, while a
[recipe that AWS publishes](https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml)
creates SCRATCH_1 with a key.

## Names from elsewhere

Names of properties are case-sensitive. A name that differs from one of this type in letter case, underscores or hyphens
alone is told the right one; so are these:

${names()}

## Metadata IOPS

In AUTOMATIC mode FSx gives, on SSD:

${automaticIops()}

## Estimates

The attributes are text, so that they can stand in Outputs, Fn::Sub and Fn::Join, and plain decimal numbers without unit, so
that a Threshold takes them too: \`1440\` or \`14.4\` (MB/s), \`672.00\` (USD). Of EstimatedMonthlyCostBreakdown, an object,
an output takes a member: \`!GetAtt Scratch.EstimatedMonthlyCostBreakdown.Storage\`.

**Throughput** is StorageCapacity / 1000 x MB/s per TiB: AWS counts 1200 GiB as 1.2 TiB, so that 2400 GiB at 50 give 120
MB/s. Both numbers are throughput to disk, which every access reaches; data in the servers' memory comes faster.
EstimatedBaselineThroughput is the tier, 200 per TiB on scratch, and ThroughputCapacity on INTELLIGENT_TIERING. An SSD read
cache does not raise it, as only what is cached is read faster. EstimatedBurstThroughput is the disk burst that AWS designs
for, of reads where writes are slower; on SCRATCH_2 the network burst, the only one AWS states; and the baseline where AWS
states no burst. A read cache of HDD serves ${DRIVE_CACHE.throughput} MB/s per TiB of the cache, which is ${DRIVE_CACHE.share} percent of the capacity:
${(DRIVE_CACHE.throughput * DRIVE_CACHE.share) / 100} per TiB of the file system, less than the disks' own burst, so that the burst is that of the disks.

**Cost** is for a whole month in USD, at list prices less the DiscountPercent of the type configuration, without free tiers.
EstimatedMonthlyCostBreakdown adds up to EstimatedMonthlyCost to the cent:

${table(
  ['Component', 'What'],
  [
    [
      'Storage',
      'StorageCapacity at the price of the cheapest tier of the deployment and storage type, without read cache',
    ],
    ['ThroughputTier', 'what the chosen tier adds to it'],
    ['ReadCache', 'what DriveCacheType READ adds to it; on INTELLIGENT_TIERING the SSD read cache'],
    [
      'MetadataIops',
      'USER_PROVISIONED IOPS above what AUTOMATIC gives for the capacity; on INTELLIGENT_TIERING all of them, as no automatic amount is published',
    ],
    ['ThroughputCapacity', 'ThroughputCapacity of INTELLIGENT_TIERING'],
  ],
)}

Not counted, as usage decides it: backups, including the final one; stored data, monitoring and requests of
INTELLIGENT_TIERING; traffic between zones and regions; and S3. EstimatedCostBasis says whose prices were used, of when, how
sure they are, and what is not counted. A region that the book has no price for is estimated with that of us-east-1, and
the basis says so: elsewhere, prices may differ by a third. In China AWS bills in CNY: the estimate is \`unknown\`, and a
guardrail MaxEstimatedMonthlyCost cannot be held.

A price without a remark is that of the AWS Price List of the region. *likely*: several sources agree, or the list says so
indirectly. *one source*: no more than that. *assumed*: no source names it; it is that of another region.

${prices()}

\`npm run prices -- FILE_OR_URL...\` renews the book from the AWS Price List, such as
\`https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonFSx/current/us-east-1/index.json\`. An item that not exactly
one price in the list matches keeps the price it has. With \`Pricing.Source: PRICE_LIST\` the type asks the Price List API
itself.

## Where this type follows FSx instead of the original Pangea design

${table(
  ['Topic', 'Design', 'This type', 'Why'],
  DESIGN_DIFFERENCES.map(({ topic, design, here, reason }) => [topic, design, here, reason]),
)}
`;
