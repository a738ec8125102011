/** Writes manual/rules.md from the catalog, so that its tables always match the rules of the type. */
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

const throughputWords = ({ baseline, write, burst = baseline }: DiskThroughput): string =>
  `${baseline}${write === undefined ? '' : ` (writes ${write})`} / ${burst}`;

const DURABILITY: Readonly<Record<Durability, string>> = {
  none: 'not replicated: a failed server loses its data',
  zone: 'replicated within its Availability Zone',
  zones: 'replicated across several Availability Zones',
};

const kinds = (): string =>
  table(
    ['File system', 'Durability', 'Lustre versions', 'Default version of FSx'],
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
  kept: 'only if the backup has it',
};

const restoring = (): string =>
  table(
    ['Property', 'With BackupId', 'After the restoration', 'Source'],
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

/** The name of a rule as a cell with an anchor: other pages link to rules.md#NAME. */
const anchored = (rule: string): string => `<a id="${rule}"></a>${rule}`;

const rules = (rows: readonly RuleRow[]): string =>
  table(
    ['Rule', 'Checked', 'Requirement'],
    rows.map(([rule, held, what]) => [
      anchored(rule),
      held === 'table' ? 'unless deferred' : 'always',
      what,
    ]),
  );

/** Names of other tools and types, and the advice that `check` gives for each. */
const names = (): string =>
  table(
    ['Tool or type', 'Name', 'Advice'],
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

/** The remarks on prices that the AWS Price List does not confirm. */
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

What this type checks before its first call to FSx, and how it estimates the throughput and the cost of a file system. Checks
and estimates send nothing to AWS. All violations are reported at once, each with its property, the given value, the rule, and
what to change.

If a template does not set them, the type sends ${Object.entries(CREATION_DEFAULTS)
  .map(([name, value]) => `${name} ${value}`)
  .join(', ')}. With
BackupId it sends none of these defaults, because they come from the backup. FSx chooses all other properties that a template
does not set.

## Capacities, tiers and throughput

${capacities()}

All other pairs of DeploymentType and StorageType are refused. There is no maximum capacity for one file system. The total
capacity of an account is a quota, which AWS raises on request.

${kinds()}

## Which property is valid where

${fits()}

*doubtful*: AWS documents the property for other file systems only, and no refusal is recorded. With BackupId, the properties
that the backup provides are not required: DeploymentType, StorageType, StorageCapacity, the tier and others.

Properties that are given with BackupId must match the backup, and the region must be that of the backup. The type does not
read the backup; FSx refuses properties that differ. If the backup is an AWS::FSx::Backup of a file system in the same template
(\`BackupId: !GetAtt Backup.BackupId\`), \`check\` compares the two with the rule \`restore\`. A difference is an error if the
property can never change, and a warning if it may have changed since the backup was made.

${restoring()}

## Regions

${regions()}

From AWS's table of ${REGION_SOURCES.guide}
([regions](https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#persistent-deployment-regions)) and,
for China, its page of ${REGION_SOURCES.china} ([China](https://docs.amazonaws.cn/en_us/aws/latest/userguide/fsx.html)).
A creation, and \`check --region\`, refuse what the region does not offer, and say what it offers and what to change. Nothing
is refused in a region that is not in the table, nor in an update or a rollback of an existing file system. More than a year
after the date of the table, it gives warnings instead of errors. A file system is in a Local Zone if its subnet is. The
properties do not show that, so FSx decides.

AWS's table does not list SCRATCH_1, so it is not documented which regions still offer it. China does not; it causes a warning
in regions without SCRATCH_2, and in AWS GovCloud. For China, recorded creations of PERSISTENT_1 have Lustre 2.10 and 2.12. It
is not known whether FSx accepts 2.15 there, the default of this type: set \`FileSystemTypeVersion: "2.12"\`.

## Forms

Numbers, true and false may also be given as strings. Strings are not trimmed or otherwise changed.

${forms()}

## Rules

\`Validation: DEFER_TO_FSX\` in the type configuration leaves the rules marked *unless deferred* to FSx, so that a tier,
size, version or region that AWS launches later needs no new version of this type. The other rules refuse what is invalid in
any case.

${rules(CREATION_RULES)}

These rules also apply to updates. An update is refused only for what it changes, and never for what the file system already
has.

${rules(UPDATE_RULES)}

The limits that an account sets in the [type configuration](register.md#type-configuration) apply to creations, and to updates
that newly exceed a limit:

${table(
  ['Rule', 'Setting', 'Requirement'],
  GUARDRAIL_RULES.map(([rule, setting, what]) => [anchored(rule), setting, what]),
)}

For templates, \`check\` has further rules:

${table(
  ['Rule', 'Requirement'],
  TEMPLATE_RULES.map(([rule, , what]) => [anchored(rule), what]),
)}

The following is left to FSx, because AWS does not document it or its documents contradict each other:

- CopyTagsToBackups without backups, or with an S3 link. The API reference excludes the latter; AWS's example template has it.
- Metadata IOPS below those of AUTOMATIC at creation.
- Bucket names that S3 formerly accepted.
- A range of NoSquashNids whose end is below its beginning.
- All quotas.

The following is refused although no refusal by FSx is recorded:

- 600 GiB, which one sentence of the API reference names and all others exclude.
- A backup window without automatic backups.
- USER_PROVISIONED metadata without Iops, which has no default.
- Tag keys that begin with AWS: in capital letters, which other services of AWS refuse.

A rule gives an error or a warning. An error is for what FSx refuses, as recorded or documented; it stops an operation before
its first call. A warning is for what FSx may refuse although no refusal is recorded; the property is sent unchanged, and
FSx decides. An example is KmsKeyId on scratch: AWS documents the key for persistent file systems and says that scratch file
systems are encrypted with keys that FSx manages, but a
[recipe that AWS publishes](https://github.com/aws-samples/aws-hpc-recipes/blob/main/recipes/pcluster/nist_800_223/assets/2_storage.yml)
creates SCRATCH_1 with a key.

## Names from elsewhere

Names of properties are case-sensitive. If an unknown name differs from a property of this type only in letter case,
underscores or hyphens, the message gives the property. The same applies to these names:

${names()}

## Metadata IOPS

With Mode AUTOMATIC on SSD, FSx provisions:

${automaticIops()}

## Estimates

The attributes are strings, so that Outputs, Fn::Sub and Fn::Join accept them. Their values are decimal numbers without a unit,
so that a Threshold accepts them too: \`1440\` or \`14.4\` (MB/s), \`672.00\` (USD). EstimatedMonthlyCostBreakdown is an object;
an output uses one of its members: \`!GetAtt Scratch.EstimatedMonthlyCostBreakdown.Storage\`.

**Throughput** is StorageCapacity / 1000 x MB/s per TiB. AWS counts 1200 GiB as 1.2 TiB, so 2400 GiB at 50 give 120 MB/s. Both
estimates are throughput to disk, which every access reaches; data in the servers' memory is faster.

- EstimatedBaselineThroughput is computed from the tier, or from 200 MB/s per TiB on scratch. It is that of reads: AWS documents
  half of it for writes on SCRATCH_2. On INTELLIGENT_TIERING it is ThroughputCapacity. An SSD read cache does not raise it,
  because it speeds up reads of cached data only.
- EstimatedBurstThroughput is the documented disk burst, that of reads if writes are slower. SCRATCH_2 has a network burst, the
  only one that AWS documents. If AWS documents no burst, it is the baseline. The read cache of HDD provides
  ${DRIVE_CACHE.throughput} MB/s per TiB of the cache, whose size is ${DRIVE_CACHE.share} percent of the capacity. That is ${(DRIVE_CACHE.throughput * DRIVE_CACHE.share) / 100} MB/s per TiB of the
  file system, less than the burst of the disks, so the burst is that of the disks.

**Cost** is for a whole month in USD, at list prices less the DiscountPercent of the type configuration, without free tiers.
EstimatedMonthlyCostBreakdown adds up to EstimatedMonthlyCost to the cent:

${table(
  ['Component', 'Contains'],
  [
    [
      'Storage',
      'StorageCapacity at the price of the cheapest tier of the deployment and storage type, without a read cache',
    ],
    ['ThroughputTier', 'the additional cost of the chosen tier'],
    [
      'ReadCache',
      'the additional cost of DriveCacheType READ; on INTELLIGENT_TIERING, the SSD read cache',
    ],
    [
      'MetadataIops',
      'USER_PROVISIONED IOPS above those of AUTOMATIC for the capacity; on INTELLIGENT_TIERING, all IOPS, because AWS publishes no number that is included',
    ],
    ['ThroughputCapacity', 'ThroughputCapacity of INTELLIGENT_TIERING'],
  ],
)}

Costs that depend on use are not counted: backups, including the final one; stored data, monitoring and requests of
INTELLIGENT_TIERING; data transfer between Availability Zones and regions; and S3. EstimatedCostBasis names the prices that were
used, their dates and confidence, and what is not counted. If a region has no price in the book, that of us-east-1 is used, and
the basis says so: in other regions, prices may differ by a third. In China, AWS bills in CNY. There the estimate is \`unknown\`,
and the guardrail MaxEstimatedMonthlyCost cannot be checked.

A price without a remark is that of the AWS Price List of the region. *likely*: several sources agree, or the list has it
indirectly. *one source*: only one source names it. *assumed*: no source names it; it is the price of another region.

${prices()}

\`npm run prices -- FILE_OR_URL...\` updates the book from the AWS Price List, such as
\`https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonFSx/current/us-east-1/index.json\`. An item keeps its price if no
price in the list matches it, or more than one does. With \`Pricing.Source: PRICE_LIST\`, the type requests prices from the
Price List API instead.

## Where this type follows FSx instead of the original Pangea design

${table(
  ['Topic', 'Design', 'This type', 'Why'],
  DESIGN_DIFFERENCES.map(({ topic, design, here, reason }) => [topic, design, here, reason]),
)}
`;
