/**
 * Who adds a property, an offering, a tier or a rule is led to everything that has to follow, by the compiler or by a test:
 * imaginary ones are added to copies of the tables, and each place that lacks them has to say so.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import schema from '../schema.json';
import { findOption, tiers as localTiers } from '../local/fsx/rules/catalog';
import { REQUESTS, type Shape as LocalShape } from '../local/fsx/api/shapes';
import { describeRules } from '../src/review/rule-table';
import {
  METADATA_IOPS,
  OFFERINGS,
  READ_CACHE,
  THROUGHPUT_CAPACITY,
  type Offering,
} from '../src/lustre/catalog/catalog';
import { INTERRUPTIONS } from '../src/lustre/changes/interruptions';
import { FALLBACK_REGION, PRICE_BOOK, storageItem } from '../src/lustre/estimates/prices';
import { PROPERTIES, STEP_NAMES, type PropertyRow } from '../src/lustre/properties/property-table';
import {
  choice,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type Shape,
} from '../src/lustre/properties/shapes';
import { describeAllowed, type AllowedNumbers } from '../src/lustre/catalog/allowed-numbers';

const TOLD: readonly string[] = describeRules().map(({ rule }) => rule);

const ROOT = join(__dirname, '..');
const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the compiler asks', () => {
  const ENTRIES = [
    'src/fsx/description.ts',
    'src/fsx/requests.ts',
    'src/lustre/estimates/advice.ts',
    'src/lustre/changes/changes.ts',
    'src/lustre/rules/rules.ts',
    'src/plot/kinds.ts',
    'src/review/resource-types.ts',
  ];
  type Changes = Readonly<Record<string, readonly (readonly [string, string])[]>>;

  /** How many errors each file of src has when texts in files have been replaced, which the compiler reads in a copy. */
  function errorsAfter(changes: Changes): Record<string, number> {
    const copy = mkdtempSync(join(ROOT, 'build', 'additions-'));
    try {
      cpSync(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
      for (const [file, texts] of Object.entries(changes)) writeFileSync(join(copy, file), changed(source(file), texts)); // oxfmt-ignore
      const compilerOptions = { types: [], noUnusedLocals: false };
      const project = {
        extends: '../../tsconfig.json',
        compilerOptions,
        files: ENTRIES,
        include: [],
        references: [],
      };
      writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(project));
      const words = [
        join(ROOT, 'node_modules/@typescript/native/bin/tsc'),
        '--project',
        copy,
        '--pretty',
        'false',
      ];
      const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' }); // oxfmt-ignore
      // The compiler itself has not failed.
      expect(stderr).toBe('');
      const errors = [
        ...stdout.matchAll(/^(src\/(?:lustre|fsx|plot|review)\/\S+?)\(\d+,\d+\): error /gm),
      ].map(([, file = '']) => file);
      return Object.fromEntries(
        [...new Set(errors)].map((file) => [file, errors.filter((each) => each === file).length]),
      );
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  function changed(text: string, texts: Changes[string]): string {
    for (const [from] of texts) expect(text).toContain(from);
    return texts.reduce((all, [from, to]) => all.replace(from, to), text);
  }

  const PROPERTY: Changes = {
    'src/lustre/properties.ts': [
      ['  Tags?: Tag[];\n}', "  Tags?: Tag[];\n  Imaginary?: 'A' | 'B';\n}"],
    ],
  };
  const FORM: Changes = {
    'src/lustre/properties/shapes.ts': [
      ['  Tags: tags(),\n}', "  Tags: tags(),\n  Imaginary: choice('A', 'B'),\n}"],
    ],
  };
  const row = (columns: string, fits = 'EVERYWHERE'): Changes => ({
    'src/lustre/catalog/applicability.ts': [
      [
        'const PROPERTY_APPLICABILITY = {',
        `const PROPERTY_APPLICABILITY = { Imaginary: { native: 'inside', fits: ${fits} },`,
      ],
    ],
    'src/lustre/properties/property-table.ts': [
      [
        'export const PROPERTIES = {',
        `export const PROPERTIES = { Imaginary: { request: 'inside', ${columns} },`,
      ],
    ],
  });

  test('nothing where nothing is added', () => {
    expect(errorsAfter({})).toEqual({});
  });

  test('for the form and the row of a property', () => {
    expect(Object.keys(errorsAfter(PROPERTY))).toEqual(
      expect.arrayContaining([
        'src/lustre/catalog/applicability.ts',
        'src/lustre/properties/property-table.ts',
        'src/lustre/properties/shapes.ts',
      ]),
    );
  });

  test.each([
    [
      'what to do instead of changing it, and how it is read',
      "update: 'create-only', takenOut: 'stays', described: 'given'",
      ['src/fsx/description.ts', 'src/lustre/changes/create-only.ts'],
    ],
    [
      'what FSx means by leaving it out',
      "update: 'settings', takenOut: 'reset', described: 'left out'",
      ['src/fsx/description.ts', 'src/lustre/properties/left-out.ts'],
    ],
    [
      'a value to go back to',
      "update: 'settings', takenOut: 'reset', described: 'given'",
      ['src/fsx/description.ts', 'src/lustre/changes/changes.ts'],
    ],
    [
      'why it is refused',
      "update: 'settings', takenOut: 'stays', described: 'never'",
      ['src/lustre/catalog/applicability.ts'],
      'PERSISTENT',
    ],
    [
      'every column',
      "update: 'settings', takenOut: 'stays'",
      ['src/lustre/properties/property-table.ts'],
    ],
    [
      'nothing more where all is said',
      "update: 'settings', takenOut: 'stays', described: 'never'",
      [],
    ],
  ] as [string, string, string[], string?][])('for %s', (_, columns, expected, ...[fits]) => {
    const errors = errorsAfter({ ...PROPERTY, ...FORM, ...row(columns, fits) });
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(expected));
    if (expected.length < 2) expect(Object.keys(errors)).toEqual(expected);
  });

  test('for the word of every row, and for the character, of an offering', () => {
    const errors = errorsAfter({
      'src/lustre/catalog/catalog.ts': [
        [
          'const ROWS = [',
          "const ROWS = [{ deployment: 'PERSISTENT_2', storage: 'HDD', name: 'PERSISTENT_2 HDD', oldestVersion: '2.12', defaultVersion: '2.15', durability: 'zone', grows: true, associations: true, tiers: [] },",
        ],
      ],
    });
    expect(Object.keys(errors).sort()).toEqual([
      'src/lustre/catalog/applicability.ts',
      'src/lustre/estimates/advice.ts',
      'src/plot/kinds.ts',
    ]);
    const words = source('src/lustre/catalog/applicability.ts').match(/\[P2_SSD\]: /g);
    expect(errors['src/lustre/catalog/applicability.ts']).toBeGreaterThanOrEqual(
      words?.length ?? 0,
    );
  });
});

/** A property as the tables have it. */
interface Entry {
  readonly name: string;
  readonly row: PropertyRow;
  readonly shape: Shape;
}

const ENTRIES: readonly Entry[] = PROPERTY_NAMES.map((name) => ({
  name,
  row: PROPERTIES[name],
  shape: PROPERTY_SHAPES[name],
}));

const membersOf = (shape: LocalShape | undefined): Readonly<Record<string, LocalShape>> =>
  shape?.kind === 'structure' ? shape.members : {};
const CREATION = membersOf(REQUESTS.CreateFileSystem);
const CREATION_INSIDE = membersOf(CREATION.LustreConfiguration);
const UPDATE = membersOf(REQUESTS.UpdateFileSystem);
const UPDATE_INSIDE = membersOf(UPDATE.LustreConfiguration);
const DELETION_INSIDE = membersOf(membersOf(REQUESTS.DeleteFileSystem).LustreConfiguration);

const LOCAL_PLACES: Readonly<Record<PropertyRow['request'], Readonly<Record<string, LocalShape>>>> =
  {
    beside: CREATION,
    inside: CREATION_INSIDE,
    tags: CREATION,
    backup: membersOf(REQUESTS.CreateFileSystemFromBackup),
    deletion: DELETION_INSIDE,
  };

const isStep = ({ update }: PropertyRow): boolean => STEP_NAMES.some((name) => name === update);
const has = (list: readonly string[], name: string): boolean =>
  list.includes(`/properties/${name}`);
const schemaNames: readonly string[] = Object.keys(schema.properties);

/** What follows from a property, each with whether it has been done. */
const FOLLOWS: Readonly<Record<string, (entry: Entry) => boolean>> = {
  'schema.json: a property': ({ name }) => schemaNames.includes(name),
  'schema.json: createOnlyProperties': ({ name, row }) =>
    has(schema.createOnlyProperties, name) === (row.update === 'create-only'),
  'schema.json: writeOnlyProperties': ({ name, row }) =>
    has(schema.writeOnlyProperties, name) === (row.described === 'never'),
  'manual/reference/README.md': ({ name }) =>
    source('manual/reference/README.md').includes(`#### ${name}\n`),
  'manual/rules.md: the form': ({ name }) => source('manual/rules.md').includes(`\n| ${name} |`),
  'manual/updates.md': ({ name }) => source('manual/updates.md').includes(`\`${name}\``),
  'the table of interruptions': ({ name, row }) =>
    isStep(row) ===
    INTERRUPTIONS.some(
      ({ step, properties }) => step === row.update && properties.some((each) => each === name),
    ),
  'local FSx: the creation': ({ name, row }) => Object.hasOwn(LOCAL_PLACES[row.request], name),
  'local FSx: the update': ({ name, row }) =>
    row.request !== 'inside' && !isStep(row)
      ? true
      : Object.hasOwn(row.request === 'inside' ? UPDATE_INSIDE : UPDATE, name) === isStep(row),
  'local FSx: the values': ({ name, row, shape }) => {
    if (shape.type !== 'text' || !shape.values) return true;
    const local = LOCAL_PLACES[row.request][name];
    return (
      local?.kind === 'string' &&
      JSON.stringify([...(local.enum ?? [])].sort()) === JSON.stringify([...shape.values].sort())
    );
  },
};

const undone = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) =>
    Object.entries(FOLLOWS)
      .filter(([, isDone]) => !isDone(entry))
      .map(([place]) => `${entry.name}: ${place}`),
  );

describe('tests ask for what follows from a property', () => {
  test('of those that there are, all is done', () => {
    expect(undone(ENTRIES)).toEqual([]);
  });

  test('of a new one, everything is missing', () => {
    const common = { takenOut: 'stays' } as const;
    const shape = choice('A', 'B');
    const added: Entry[] = [
      { name: 'Changed', shape, row: { ...common, request: 'inside', update: 'settings', described: 'given' } }, // oxfmt-ignore
      { name: 'Fixed', shape, row: { ...common, request: 'beside', update: 'create-only', described: 'never' } }, // oxfmt-ignore
    ];
    const asked = undone([...ENTRIES, ...added]).map((each) => each.replace(/^\w+: /, ''));
    expect(new Set(asked)).toEqual(new Set(Object.keys(FOLLOWS)));
  });

  test('a value that is added to a choice is asked for in the local FSx', () => {
    const entry = ENTRIES.find(({ name }) => name === 'DataCompressionType');
    const added = { ...entry, shape: choice('NONE', 'LZ4', 'ZSTD') } as Entry;
    expect(undone([added])).toEqual(['DataCompressionType: local FSx: the values']);
  });
});

/** The numbers of a text, without those of names such as SCRATCH_1. */
const numbersIn = (text: string): number[] =>
  [...text.replace(/[A-Z]+_\d/g, '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
const numbersOf = ({ also, multipleOf, maximum }: AllowedNumbers): number[] => [
  ...also,
  multipleOf,
  ...(maximum === undefined ? [] : [maximum]),
];
const tiersOf = ({ tiers }: Offering): number[] =>
  tiers.flatMap(({ throughput }) => throughput ?? []);
const capacitiesOf = ({ tiers }: Offering): AllowedNumbers[] =>
  tiers.flatMap(({ capacity, efaCapacity }) => [capacity, ...(efaCapacity ? [efaCapacity] : [])]);

/** In which numbers a text and a table differ. */
function differing(text: string, table: readonly number[]): number[] {
  const said = new Set(numbersIn(text));
  const meant = new Set(table);
  return [
    ...[...said].filter((each) => !meant.has(each)),
    ...[...meant].filter((each) => !said.has(each)),
  ];
}

/** Where the descriptions of schema.json differ from the catalog. */
function proseDiffers(offerings: readonly Offering[]): string[] {
  const { PerUnitStorageThroughput, StorageCapacity, ThroughputCapacity } = schema.properties;
  const { DataReadCacheConfiguration, MetadataConfiguration } = schema.definitions;
  const tiers = offerings.flatMap(tiersOf);
  const capacities = offerings.flatMap(capacitiesOf);
  const numbers: readonly (readonly [name: string, text: string, table: readonly number[]])[] = [
    ['PerUnitStorageThroughput', PerUnitStorageThroughput.description, tiers],
    [
      'StorageCapacity',
      StorageCapacity.description,
      // It names the tiers whose capacities differ.
      [
        ...capacities.flatMap(numbersOf),
        ...numbersIn(StorageCapacity.description).filter((each) => tiers.includes(each)),
      ],
    ],
    ['ThroughputCapacity', ThroughputCapacity.description, numbersOf(THROUGHPUT_CAPACITY)],
    [
      'SizeGiB',
      DataReadCacheConfiguration.properties.SizeGiB.description,
      [READ_CACHE.smallest, READ_CACHE.largest, READ_CACHE.server],
    ],
    [
      'SizingMode',
      DataReadCacheConfiguration.properties.SizingMode.description,
      [READ_CACHE.proportion],
    ],
    [
      'Iops',
      MetadataConfiguration.properties.Iops.description,
      Object.values(METADATA_IOPS).flatMap(numbersOf),
    ],
  ];
  const phrases: readonly (readonly [name: string, text: string, phrase: string])[] = [
    ...offerings.map(
      (each) =>
        [
          'PerUnitStorageThroughput',
          PerUnitStorageThroughput.description,
          tiersOf(each).join(', '),
        ] as const,
    ),
    ...capacities.map(
      (each) =>
        [
          'StorageCapacity',
          StorageCapacity.description,
          each.also.length > 0 ? describeAllowed(each) : String(each.multipleOf),
        ] as const,
    ),
  ];
  return [
    ...numbers.flatMap(([name, text, table]) =>
      differing(text, table).map((each) => `${name}: ${each}`),
    ),
    ...phrases
      .filter(([, text, phrase]) => !text.includes(phrase))
      .map(([name, , phrase]) => `${name}: ${phrase}`),
  ];
}

/** Where the local FSx differs from the catalog. */
const localDiffers = (offerings: readonly Offering[]): string[] =>
  offerings.flatMap((offering) => {
    const { deployment, storage, name } = offering;
    const missing = offering.tiers.flatMap(({ throughput: tier, capacity, efaCapacity }) =>
      [
        { efa: false, steps: capacity },
        { efa: true, steps: efaCapacity },
      ].flatMap(({ efa, steps }) => {
        if (!steps) return [];
        const option = findOption({ deployment, storage, tier, efa });
        const same = option?.multiple === steps.multipleOf && String(option.also) === String(steps.also); // oxfmt-ignore
        return same ? [] : [`${name} ${tier ?? ''}${efa ? ' with EFA' : ''}`];
      }),
    );
    const elastic = offering.tiers.length > 0 || findOption({ deployment, storage });
    const more = localTiers(deployment, storage).filter(
      (tier) => !tiersOf(offering).includes(tier),
    );
    return [...missing, ...more.map((tier) => `${name} ${tier}`), ...(elastic ? [] : [name])];
  });

/** The range of a tier in requests of the local FSx, which FSx checks before all else. */
const outOfLocalRange = (offerings: readonly Offering[]): number[] => {
  const range = CREATION_INSIDE.PerUnitStorageThroughput;
  return range?.kind !== 'integer'
    ? [0]
    : offerings.flatMap(tiersOf).filter((tier) => tier < range.min || tier > range.max);
};

const unpriced = (offerings: readonly Offering[]): string[] =>
  offerings.flatMap(({ deployment, storage, tiers }) =>
    tiers
      .map(({ throughput }) => storageItem(deployment, storage, throughput))
      .filter((item) => PRICE_BOOK.regions[FALLBACK_REGION]?.[item] === undefined),
  );

/** The rows of the table of capacities that manual/rules.md does not have. */
const notInManual = (offerings: readonly Offering[]): string[] => {
  const rows = source('manual/rules.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return offerings
    .flatMap(({ deployment, storage, tiers }) =>
      tiers.map(({ throughput }) => [deployment, storage, String(throughput ?? '-')]),
    )
    .filter((cells) => !rows.some((row) => cells.every((cell, at) => row[at + 1] === cell)))
    .map((cells) => cells.join(' '));
};

describe('tests ask for what follows from an offering and a tier', () => {
  const CHECKS = { proseDiffers, localDiffers, outOfLocalRange, unpriced, notInManual };
  const [model] = OFFERINGS.filter(({ name }) => name === 'PERSISTENT_2 SSD');
  if (!model) throw new Error('PERSISTENT_2 SSD is gone.');
  const tier = {
    throughput: 2000,
    capacity: { also: [700], multipleOf: 1400 },
    disk: { baseline: 2000 },
  };

  test.each(Object.entries(CHECKS))('all is done for those that there are: %s', (_, check) => {
    expect(check(OFFERINGS)).toEqual([]);
  });

  test.each(Object.entries(CHECKS))('a new tier is missed: %s', (_, check) => {
    const added = { ...model, tiers: [...model.tiers, tier] };
    const offerings = OFFERINGS.map((each) => (each === model ? added : each));
    expect(check(offerings).join()).toMatch(/2000|700|1400/);
  });

  test.each([proseDiffers, localDiffers])('a tier that is gone is noticed: %p', (check) => {
    const less = { ...model, tiers: model.tiers.slice(1) };
    expect(check(OFFERINGS.map((each) => (each === model ? less : each)))).not.toEqual([]);
  });

  test.each(Object.entries(CHECKS))('a new offering is missed: %s', (_, check) => {
    const added: Offering = { ...model, storage: 'HDD', tiers: [tier] };
    expect(check([...OFFERINGS, added])).not.toEqual([]);
  });
});

/** The rules that a text reports and manual/rules.md lacks. */
const untold = (text: string): string[] =>
  [...text.matchAll(/rule: '([a-z0-9-]+)'/g)]
    .map(([, name = '']) => name)
    .filter((name) => !TOLD.includes(name));

test('a test asks for the row of a rule in the manual', () => {
  const rules = readdirSync(join(ROOT, 'src/lustre/rules')).filter(
    (file) => !/^(guardrails|restore)/.test(file),
  );
  const text = rules.map((file) => source(`src/lustre/rules/${file}`)).join('\n');
  expect(untold(text)).toEqual([]);
  expect(untold(`${text}\nrefuse({ rule: 'imaginary', property });`)).toEqual(['imaginary']);
});
