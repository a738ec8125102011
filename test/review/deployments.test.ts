/** The deployments that a template may have: none is looked at that there cannot be, and none is missed. */
import type { Finding } from '../../src/review/finding';
import { check } from '../../src/review/check';
import { withProperties } from './findings';

const SUBNETS = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';

/** A tier that only PERSISTENT_1 has: right where each condition is what the other is not. */
const EXCLUSIVE = [
  'StorageCapacity: 1200',
  SUBNETS,
  'DeploymentType: !If [IsProd, PERSISTENT_1, SCRATCH_2]',
  'PerUnitStorageThroughput: !If [IsDev, !Ref AWS::NoValue, 50]',
].join('\n');

/** Property, rule, and where. */
const told = ({ property, rule, when }: Finding): string =>
  `${property} ${rule}${when === undefined ? '' : ` (${when})`}`;

const found = (
  properties: string,
  sections: readonly string[],
  parameters: Record<string, string> = {},
): string[] => {
  const { findings } = check(withProperties(properties, sections.join('\n')), {
    parameters: new Map(Object.entries(parameters)),
  });
  return findings.map(told);
};

const CAPACITY = 'StorageCapacity storage-capacity';

describe('an expression has one value', () => {
  const MAP = "Mappings: {Accounts: {'111111111111': {Env: dev}, '222222222222': {Env: prod}}}";
  test.each<[string, string[]]>([
    [
      'a mapping by the account, which ends a deployment in any other account',
      [
        MAP,
        'Conditions:',
        '  IsProd: !Equals [!FindInMap [Accounts, !Ref AWS::AccountId, Env], prod]',
        '  IsDev: !Equals [!FindInMap [Accounts, !Ref AWS::AccountId, Env], dev]',
      ],
    ],
    [
      'a mapping by a parameter with any value',
      [
        MAP,
        'Parameters: {Account: {Type: String}}',
        'Conditions:',
        '  IsProd: !Equals [!FindInMap [Accounts, !Ref Account, Env], prod]',
        '  IsDev: !Equals [!FindInMap [Accounts, !Ref Account, Env], dev]',
      ],
    ],
    [
      'a mapping by a text that is put together',
      [
        'Parameters: {Stage: {Type: String}}',
        'Mappings: {Stages: {x-dev: {Env: dev}, x-prod: {Env: prod}}}',
        'Conditions:',
        "  IsProd: !Equals [!FindInMap [Stages, !Sub 'x-${Stage}', Env], prod]",
        '  IsDev: !Equals [!Ref Stage, dev]',
      ],
    ],
    [
      'one parameter in two texts',
      [
        'Parameters: {Stage: {Type: String, AllowedValues: [a-dev, b-prod]}}',
        'Conditions:',
        "  IsProd: !Equals [!Select [1, !Split ['-', !Ref Stage]], prod]",
        "  IsDev: !Equals [!Join ['', [!Select [1, !Split ['-', !Ref Stage]], '!']], 'dev!']",
      ],
    ],
    [
      'a region and its partition',
      [
        'Conditions:',
        '  IsDev: !Not [!Equals [!Ref AWS::Region, cn-north-1]]',
        '  IsProd: !And [!Equals [!Ref AWS::Region, cn-north-1], !Equals [!Ref AWS::Partition, aws-cn]]',
      ],
    ],
    [
      'what is excluded is not put together again',
      [
        'Conditions:',
        '  IsEast: !Equals [!Ref AWS::Region, us-east-1]',
        "  IsMine: !Equals [!Sub '${AWS::Region}-${AWS::AccountId}', us-east-1-111111111111]",
        '  IsProd: !And [!Condition IsMine, !Not [!Condition IsEast]]',
        '  IsDev: !Not [!Condition IsProd]',
      ],
    ],
  ])('%s', (_, sections) => {
    expect(found(EXCLUSIVE, sections)).toEqual([]);
  });

  test.each([
    ["!Select [0, !Split ['-', !Ref AWS::Region]]", 'us', 'eu'],
    ["!Sub '${AWS::Region}-${AWS::AccountId}'", 'us-east-1-111111111111', 'eu-west-1-222222222222'],
    ['!Ref Stage', 'prod', 'dev'],
  ])('%s is not two of them at once', (expression, prod, dev) => {
    const properties = [
      'StorageCapacity: !If [IsProd, !If [IsDev, 5000, 1200], !If [IsDev, 1200, 2400]]',
      SUBNETS,
    ].join('\n');
    const sections = [
      'Parameters: {Stage: {Type: String}}',
      'Conditions:',
      `  IsProd: !Equals [${expression}, ${prod}]`,
      `  IsDev: !Equals [${expression}, ${dev}]`,
    ];
    expect(found(properties, sections)).toEqual([]);
    // And all that remains is looked at.
    expect(found(properties.replace('2400', '5001'), sections)).toEqual([
      'StorageCapacity storage-capacity (IsProd is false and IsDev is false)',
    ]);
  });
});

describe('a mapping', () => {
  const SIZES = 'Mappings: {Sizes: {us-east-1: {Size: 1200}, eu-west-1: {Size: 5000}}}';

  test('has its DefaultValue wherever a key is none of its own', () => {
    const properties = `StorageCapacity: !FindInMap [Sizes, !Ref AWS::Region, Size, {DefaultValue: 5001}]\n${SUBNETS}`;
    const { findings } = check(withProperties(properties, SIZES));
    expect(findings.map(({ message, when }) => [message.slice(0, 20), when])).toEqual([
      ['StorageCapacity 5000', 'AWS::Region is eu-west-1'],
      ['StorageCapacity 5001', 'AWS::Region is another value'],
    ]);
  });

  test.each(['!Ref Env', "!Sub '${Env}'", "!Select [0, !Split ['-', !Ref Env]]"])(
    'is looked up for each allowed value of a parameter with a default: %s',
    (key) => {
      const sections = [
        'Parameters: {Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}}',
        'Mappings: {Sizes: {dev: {Cap: 1200}, prod: {Cap: 5000}}}',
      ];
      const properties = `StorageCapacity: !FindInMap [Sizes, ${key}, Cap]\n${SUBNETS}`;
      expect(found(properties, sections)).toEqual([`${CAPACITY} (Env is prod)`]);
      expect(found(properties, sections, { Env: 'dev' })).toEqual([]);
    },
  );

  test('that lacks a key in every deployment leaves the rest to check', () => {
    expect(
      found(`KmsKeyId: !FindInMap [Sizes, mars, Size]\nStorageCapacity: 5000\n${SUBNETS}`, [SIZES]),
    ).toContain('StorageCapacity storage-capacity');
  });

  test('that a macro adds to may have any key', () => {
    const sections = [
      "Mappings: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: s3://b/m}}}",
    ];
    expect(found(`StorageCapacity: !FindInMap [Sizes, a, b]\n${SUBNETS}`, sections)).toEqual([]);
  });
});

describe('where a parameter leaves its default', () => {
  const SECTIONS = [
    'Parameters:',
    '  Cap: {Type: Number, Default: 1200}',
    '  Tier: {Type: Number, Default: 50}',
    '  St: {Type: String, Default: SSD, AllowedValues: [SSD, HDD]}',
    'Conditions: {Hdd: !Equals [!Ref St, HDD]}',
  ];
  const PROPERTIES = [
    'StorageCapacity: !Ref Cap',
    'DeploymentType: PERSISTENT_1',
    'StorageType: !Ref St',
    'PerUnitStorageThroughput: !Ref Tier',
    'DriveCacheType: !If [Hdd, NONE, !Ref AWS::NoValue]',
    SUBNETS,
  ].join('\n');

  test('others may leave theirs', () => {
    expect(found(PROPERTIES, SECTIONS)).toEqual([]);
  });

  test('others keep what they are given', () => {
    expect(found(PROPERTIES, SECTIONS, { Cap: '1200' })).toEqual([
      'StorageCapacity storage-capacity (Hdd is true)',
    ]);
  });

  test('what is written down is still looked at', () => {
    const properties = `StorageCapacity: !If [IsProd, 5000, 1200]\n${SUBNETS}`;
    const sections = [
      'Parameters: {Env: {Type: String, Default: dev}}',
      'Conditions: {IsProd: !Equals [!Ref Env, prod]}',
    ];
    expect(found(properties, sections)).toEqual([
      'StorageCapacity storage-capacity (IsProd is true)',
    ]);
  });

  test('the defaults are looked at together', () => {
    const sections = SECTIONS.map((line) => line.replace('1200', '5000'));
    expect(found(PROPERTIES, sections)).toEqual([CAPACITY]);
  });

  test('and the file system is only created then, the other defaults are looked at together', () => {
    const text = (capacity: string) =>
      [
        'Parameters:',
        "  Create: {Type: String, Default: 'no'}",
        '  Cap: {Type: Number, Default: 5000}',
        "Conditions: {Wanted: !Equals [!Ref Create, 'yes'], Large: !Equals [!Ref Create, large], Any: !Or [!Condition Wanted, !Condition Large]}",
        'Resources:',
        '  Fs:',
        '    Type: Pangea::FSx::LustreFileSystem',
        '    Condition: Any',
        `    Properties: {StorageCapacity: ${capacity}, ${SUBNETS}}`,
      ].join('\n');
    expect(check(text('!Ref Cap')).findings.map(told)).toEqual([
      'StorageCapacity storage-capacity',
    ]);
    expect(check(text('!If [Large, 1200, !Ref Cap]')).findings).toEqual([]);
  });

  test('a parameter is named where no condition decides', () => {
    const properties = [
      'StorageCapacity: 1200',
      SUBNETS,
      'DeploymentType: !Ref Type',
      'PerUnitStorageThroughput: !If [IsP, 50, !Ref AWS::NoValue]',
    ].join('\n');
    const sections = [
      'Parameters: {Type: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_2, PERSISTENT_1, PERSISTENT_2]}}',
      'Conditions:',
      '  IsP: !Or [!Equals [!Ref Type, PERSISTENT_1], !Equals [!Ref Type, PERSISTENT_2]]',
    ];
    expect(found(properties, sections)).toEqual([
      'PerUnitStorageThroughput throughput-tier (Type is PERSISTENT_2)',
    ]);
  });
});

describe('where parameters leave their defaults together', () => {
  const FREE = [
    'StorageCapacity: !If [IsHdd, 6000, 1200]',
    'DeploymentType: !Ref Dep',
    'StorageType: !Ref Sto',
    'PerUnitStorageThroughput: !If [IsScratch, !Ref AWS::NoValue, !If [IsHdd, 12, !If [IsFirst, 50, 125]]]',
    'DriveCacheType: !If [IsHdd, NONE, !Ref AWS::NoValue]',
    SUBNETS,
  ].join('\n');
  const SECTIONS = [
    'Parameters:',
    '  Dep: {Type: String, Default: PERSISTENT_1, AllowedValues: [SCRATCH_2, PERSISTENT_1, PERSISTENT_2]}',
    '  Sto: {Type: String, Default: SSD, AllowedValues: [SSD, HDD]}',
    'Conditions:',
    '  IsScratch: !Equals [!Ref Dep, SCRATCH_2]',
    '  IsFirst: !Equals [!Ref Dep, PERSISTENT_1]',
    '  IsHdd: !Equals [!Ref Sto, HDD]',
  ];
  const all = (sections: readonly string[], properties = FREE) =>
    check(withProperties(properties, sections.join('\n')));

  test('a combination that FSx would refuse is a note, which is always told', () => {
    const { findings, notes } = all(SECTIONS);
    expect(findings).toEqual([]);
    expect(
      notes.map(({ always, message }) => [always, message.replace(/^.*(?=This applies)/, '')]),
    ).toEqual([
      [
        true,
        'This applies only where IsHdd is true and IsScratch is true: exclude this combination in Rules if it is not intended.',
      ],
      [
        true,
        'This applies only where Dep is PERSISTENT_2 and Sto is HDD: exclude this combination in Rules if it is not intended.',
      ],
    ]);
  });

  test('Rules that exclude it leave nothing to tell', () => {
    const rules =
      'Rules: {Hdd: {RuleCondition: !Equals [!Ref Sto, HDD], Assertions: [{Assert: !Equals [!Ref Dep, PERSISTENT_1]}]}}';
    const { findings, notes } = all([...SECTIONS, rules]);
    expect({ findings, notes }).toEqual({ findings: [], notes: [] });
  });

  test('one that is given, or alone leaves its default, is a violation', () => {
    const STORAGE = 'StorageType storage-deployment';
    expect(found(FREE, SECTIONS, { Sto: 'HDD' })).toEqual([
      `${STORAGE} (IsScratch is true)`,
      `${STORAGE} (Dep is PERSISTENT_2)`,
    ]);
    const wrong = FREE.replace('6000', '6001');
    expect(all(SECTIONS, wrong).findings.map(told)).toEqual([
      `${CAPACITY} (IsHdd is true and IsScratch is false)`,
    ]);
  });

  test('those that the file system is only created with do not count', () => {
    const { findings } = check(
      [
        "Parameters: {Create: {Type: String, Default: 'no'}, Kind: {Type: String, Default: none}, Env: {Type: String, Default: dev}}",
        "Conditions: {Wanted: !And [!Equals [!Ref Create, 'yes'], !Equals [!Ref Kind, lustre]], Prod: !Equals [!Ref Env, prod]}",
        'Resources:',
        '  Fs:',
        '    Type: Pangea::FSx::LustreFileSystem',
        '    Condition: Wanted',
        `    Properties: {StorageCapacity: !If [Prod, 5000, 1200], ${SUBNETS}}`,
      ].join('\n'),
    );
    expect(findings.map(told)).toEqual([`${CAPACITY} (Prod is true)`]);
  });
});

describe('the Rules of a template', () => {
  const properties = `StorageCapacity: !If [Large, 5000, 1200]\n${SUBNETS}`;
  const sections = (assert: string, condition = '') => [
    'Parameters: {Env: {Type: String, Default: dev}, Zones: {Type: CommaDelimitedList, Default: "a,b"}}',
    'Conditions: {Large: !Equals [!Ref Env, prod]}',
    'Rules:',
    '  Stages:',
    ...(condition ? [`    RuleCondition: ${condition}`] : []),
    `    Assertions: [{Assert: ${assert}}]`,
  ];
  const REFUSED = ['StorageCapacity storage-capacity (Large is true)'];

  test.each([
    ['{"Fn::Contains": [[dev, test], !Ref Env]}', ''],
    ['{"Fn::EachMemberEquals": [[!Ref Env], dev]}', ''],
    ['{"Fn::EachMemberIn": [[!Ref Env], [dev, test]]}', ''],
    ['!Not [!Equals [!Ref Env, prod]]', ''],
    ['!Or [!Equals [!Ref Env, dev], !Equals [a, b]]', ''],
    ['!Equals [a, b]', '!Equals [!Ref Env, prod]'],
  ])('omit what %s refuses (%s)', (assert, condition) => {
    expect(found(properties, sections(assert, condition))).toEqual([]);
  });

  test.each([
    ['{"Fn::Contains": [[dev, prod], !Ref Env]}', ''],
    ['{"Fn::EachMemberIn": [{"Fn::ValueOfAll": ["AWS::EC2::VPC::Id", Tags.a]}, [x]]}', ''],
    ['!Equals [a, b]', '!Equals [!Ref Env, dev]'],
    ['{"Fn::EachMemberIn": [!Ref Zones, [x]]}', ''],
  ])('leave in what %s does not (%s)', (assert, condition) => {
    const told = found(properties, sections(assert, condition));
    expect(told.filter((each) => each !== 'Rules parameter-default')).toEqual(REFUSED);
  });
});

describe('no way is missed', () => {
  test('each branch is looked at before the combinations are, and what is left out is told', () => {
    const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
    const sections = [
      'Parameters:',
      ...names.map((name) => `  P${name}: {Type: String}`),
      'Conditions:',
      ...names.map((name) => `  ${name}: !Equals [!Ref P${name}, 'x']`),
    ];
    const tags = names
      .slice(1)
      .map((name) => `  - !If [${name}, {Key: ${name}, Value: x}, !Ref AWS::NoValue]`);
    const properties = `StorageCapacity: !If [C0, 1200, 5000]\n${SUBNETS}\nTags:\n${tags.join('\n')}`;
    const { findings, notes } = check(withProperties(properties, sections.join('\n')));
    expect(findings.map(told)).toEqual(['StorageCapacity storage-capacity (C0 is false)']);
    expect(notes.filter(({ always }) => always).map(({ message }) => message)).toEqual([
      'More than 256 combinations of conditions: the others were not checked.',
    ]);
  });

  test('a list that a condition asks about may have any items', () => {
    const sections = [
      "Parameters: {L: {Type: CommaDelimitedList, Default: ''}}",
      "Conditions: {Has: !Not [!Equals [!Join ['', !Ref L], '']]}",
    ];
    expect(found(`StorageCapacity: !If [Has, 5000, 1200]\n${SUBNETS}`, sections)).toEqual([
      'StorageCapacity storage-capacity (Has is true)',
    ]);
  });

  test.each(['', ', Default: 1'])('a number is no text without digits (%s)', (usual) => {
    const sections = [
      `Parameters: {N: {Type: Number${usual}}}`,
      "Conditions: {None: !Or [!Equals [!Ref N, ''], !Equals [!Ref N, none]], Zero: !Equals [!Ref N, '0']}",
    ];
    const properties = `StorageCapacity: !If [None, 5000, !If [Zero, 5001, 1200]]\n${SUBNETS}`;
    expect(found(properties, sections)).toEqual([
      'StorageCapacity storage-capacity (Zero is true)',
    ]);
  });

  test('a parameter of Systems Manager may have other values than its name', () => {
    const sections = [
      "Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b, AllowedValues: [/a/b]}}",
      'Conditions: {Large: !Equals [!Ref P, large]}',
    ];
    expect(found(`StorageCapacity: !If [Large, 5000, 1200]\n${SUBNETS}`, sections)).toEqual([
      'StorageCapacity storage-capacity (Large is true)',
    ]);
  });

  test('each round of an Fn::ForEach has its own condition and type', () => {
    const { findings, fileSystems, notCreated } = check(
      [
        'Parameters: {Subnet: {Type: String}}',
        'Conditions: {IsA: !Equals [a, b], IsB: !Equals [a, a]}',
        'Resources:',
        '  Fn::ForEach::All:',
        '    - I',
        '    - [A, B]',
        '    - Fs${I}:',
        '        Type: Pangea::FSx::LustreFileSystem',
        '        Condition: Is${I}',
        '        Properties: {StorageCapacity: 5000, SubnetIds: [!Ref Subnet]}',
        '  Fn::ForEach::Types:',
        '    - T',
        '    - [LustreFileSystem, Else]',
        '    - Of${T}:',
        '        Type: Pangea::FSx::${T}',
        '        Properties: {StorageCapacity: 5000, SubnetIds: [!Ref Subnet]}',
      ].join('\n'),
    );
    expect({ fileSystems, notCreated }).toEqual({ fileSystems: 2, notCreated: 1 });
    expect(findings.map(({ logicalId, rule }) => `${logicalId} ${rule}`)).toEqual([
      'FsB storage-capacity',
      'OfLustreFileSystem storage-capacity',
    ]);
  });
});

test('values that bring up ever more values come to an end', () => {
  const sections = [
    'Parameters: {X: {Type: String, Default: a}}',
    "Conditions: {Odd: !Equals [!Ref X, !Sub '${X}-a'], Other: !Equals [!Ref X, b]}",
  ];
  const properties = `StorageCapacity: !If [Odd, 1200, !If [Other, 5000, 2400]]\n${SUBNETS}`;
  expect(found(properties, sections)).toEqual([expect.stringContaining('storage-capacity')]);
});
