/** What parameters offer, what their defaults stand for, and what the template itself refuses. */
import { check } from '../../src/review/check';
import { estimate } from '../../src/review/estimate';
import { withProperties } from './findings';

const SUBNETS = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';

const reviewed = (properties: string, sections: readonly string[], parameters: Record<string, string> = {}) =>
  check(withProperties(properties, sections.join('\n')), { parameters: new Map(Object.entries(parameters)) }); // oxfmt-ignore

const messages = (
  properties: string,
  sections: readonly string[],
  given?: Record<string, string>,
): string[] =>
  reviewed(properties, sections, given).findings.map(
    ({ line, severity, message }) => `${line} ${severity}: ${message}`,
  );

describe('a value that is offered', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'is told at its place where FSx refuses it whatever else is chosen',
      `StorageCapacity: !Ref Size\n${SUBNETS}\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125`,
      [
        'Parameters:',
        '  Size:',
        '    Type: Number',
        '    Default: 1200',
        '    AllowedValues:',
        '      - 1200',
        '      - 3600',
      ],
      [
        '15 warning: 3600 is never valid for Size: StorageCapacity 3600 is not valid for PERSISTENT_2 SSD',
      ],
    ],
    [
      'is not told where another parameter can make it right',
      `StorageCapacity: !Ref Size\n${SUBNETS}\nDeploymentType: !Ref Kind`,
      [
        'Parameters:',
        '  Size: {Type: Number, Default: 1200, AllowedValues: [1200, 3600]}',
        '  Kind: {Type: String, Default: SCRATCH_2}',
      ],
      [],
    ],
    [
      'is not told twice where a condition tells it',
      `StorageCapacity: !If [Large, 5000, 1200]\n${SUBNETS}`,
      [
        'Parameters: {Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}}',
        'Conditions: {Large: !Equals [!Ref Env, prod]}',
      ],
      ['5 error: StorageCapacity 5000 is not valid for SCRATCH_2'],
    ],
    [
      'is told where the default is refused as well',
      `StorageCapacity: !Ref Size\n${SUBNETS}`,
      ['Parameters: {Size: {Type: Number, Default: 5000, AllowedValues: [5000, 7000]}}'],
      [
        '5 error: StorageCapacity 5000 is not valid for SCRATCH_2',
        '7 warning: 7000 is never valid for Size: StorageCapacity 7000 is not valid for SCRATCH_2',
      ],
    ],
    [
      'is not told of an item of a list of which several are needed',
      `StorageCapacity: 1200\n${SUBNETS}\nRootSquashConfiguration: {RootSquash: !Join [":", !Ref Squash]}`,
      [
        "Parameters: {Squash: {Type: CommaDelimitedList, Default: '1,1', AllowedValues: [1, 65534]}}",
      ],
      [],
    ],
    [
      'is not told of a parameter that has nothing to do with the value',
      `StorageCapacity: 1300\n${SUBNETS}\nTags: [{Key: Size, Value: !Ref Tag}]`,
      [
        'Parameters:',
        '  Size: {Type: Number, Default: 1200, AllowedValues: [1200, 1300]}',
        "  Tag: {Type: String, Default: a, AllowedValues: [a, '1300']}",
      ],
      ['5 error: StorageCapacity 1300 is not valid for SCRATCH_2'],
    ],
    [
      'may be an item of a list',
      `StorageCapacity: 1200\n${SUBNETS}\nSecurityGroupIds: !Ref Groups`,
      [
        'Parameters: {Groups: {Type: CommaDelimitedList, Default: sg-0123456789abcdef0, AllowedValues: [sg-0123456789abcdef0, subnet-0123456789abcdef0]}}',
      ],
      [
        '8 warning: subnet-0123456789abcdef0 is never valid for Groups: SecurityGroupIds[0] subnet-0123456789abcdef0 is not valid',
      ],
    ],
    [
      'is told where a data repository association refuses it',
      `StorageCapacity: 1200\n${SUBNETS}\nFileSystemTypeVersion: !Ref Version`,
      [
        '  Link: {Type: AWS::FSx::DataRepositoryAssociation, Properties: {FileSystemId: !Ref Fs, FileSystemPath: /a, DataRepositoryPath: s3://bucket}}',
        "Parameters: {Version: {Type: String, Default: '2.15', AllowedValues: ['2.15', '2.10']}}",
      ],
      [
        '9 warning: 2.10 is never valid for Version: Fs cannot have a data repository association, because it has Lustre 2.10',
      ],
    ],
    [
      'may be a version',
      `StorageCapacity: 1200\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 250\nMetadataConfiguration: {Mode: AUTOMATIC}\nFileSystemTypeVersion: !Ref Version\n${SUBNETS}`,
      ["Parameters: {Version: {Type: String, Default: '2.15', AllowedValues: ['2.15', '2.12']}}"],
      [
        '11 warning: 2.12 is never valid for Version: FileSystemTypeVersion 2.12 is not valid with MetadataConfiguration',
      ],
    ],
  ])('%s', (_, properties, sections, expected) => {
    const found = messages(properties, sections);
    expect(found.map((text, index) => text.slice(0, expected[index]?.length))).toEqual(expected);
  });
});

describe('a default that is no value', () => {
  const parameter = (declared: string): string[] => [`Parameters: {P: {${declared}}}`];
  test.each<[string, string, string]>([
    ['an empty id', 'SecurityGroupIds: [!Ref P]', "Type: String, Default: ''"],
    ['an empty list', 'SecurityGroupIds: !Ref P', "Type: CommaDelimitedList, Default: ''"],
    ['an empty number', 'DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: !Ref P', "Type: String, Default: ''"], // oxfmt-ignore
    ['an id that cannot be one', 'SecurityGroupIds: [!Ref P]', 'Type: String, Default: sg-123'],
    ['a word for an id', 'KmsKeyId: !Ref P\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: 50', "Type: String, Default: 'N/A!'"], // oxfmt-ignore
    ['a path to fill in', 'ImportPath: !Ref P', 'Type: String, Default: s3:your-bucket'],
    ['a list with an id that cannot be one', 'SecurityGroupIds: !Ref P', "Type: CommaDelimitedList, Default: 'sg-0a1b2c3d4e5f60718, sg-345'"], // oxfmt-ignore
    ['a path with a name to fill in', 'ImportPath: !Ref P', 'Type: String, Default: s3://<bucket>'],
    ['a name to fill in, in a path', 'ImportPath: !Sub "s3://${P}/data"', 'Type: String, Default: <bucket-name>'], // oxfmt-ignore
    ['the same in Fn::Join', "ImportPath: !Join ['/', ['s3:/', !Ref P, data]]", 'Type: String, Default: <bucket-name>'], // oxfmt-ignore
    ['an id to fill in, in a list', "SecurityGroupIds: !Split [',', !Ref P]", 'Type: String, Default: "sg-xxxxxxxx"'], // oxfmt-ignore
    ['the name of a pseudo parameter', 'ImportPath: !Ref P', 'Type: String, Default: AWS::NoValue'],
  ])('%s is no mistake', (_, property, declared) => {
    const { findings, notes } = reviewed(
      `StorageCapacity: 1200\n${SUBNETS}\n${property}`,
      parameter(declared),
    );
    expect(findings).toEqual([]);
    expect(notes.map(({ message }) => message).join()).toMatch(
      /is not known, because the default of the parameter P(, .*,)? is (empty|a placeholder)/,
    );
  });

  test('and a list of subnets that the caller replaces may turn out to have one', () => {
    const { findings } = reviewed(
      'StorageCapacity: 1200\nSubnetIds: !Ref P',
      parameter("Type: CommaDelimitedList, Default: 'subnet-1, subnet-2, subnet-3'"),
    );
    expect(findings).toEqual([]);
  });

  test('and never costs the estimate', () => {
    const text = withProperties(
      'StorageCapacity: 1200\nSubnetIds: [!Ref P]',
      'Parameters: {P: {Type: String, Default: subnet-123}}',
    );
    const [row] = estimate(text, { region: 'us-east-1' }).rows;
    expect(row).toMatchObject({ violations: [], estimate: { throughput: { baseline: 240 } } });
  });

  test('but one that is given is', () => {
    expect(
      messages(`StorageCapacity: 1200\nSubnetIds: [!Ref P]`, parameter('Type: String, Default: x'), { P: 'subnet-123' }), // oxfmt-ignore
    ).toEqual([expect.stringContaining('SubnetIds[0] subnet-123 is not valid')]);
  });
});

describe('a value that the template does not mention', () => {
  const KIND = [
    `StorageCapacity: 1200\n${SUBNETS}\nDeploymentType: !Ref Kind`,
    'PerUnitStorageThroughput: !If [IsScratch, !Ref AWS::NoValue, 125]',
  ].join('\n');
  const sections = (declared: string): string[] => [
    `Parameters: {Kind: {Type: String, Default: PERSISTENT_2${declared}}}`,
    'Conditions: {IsScratch: !Equals [!Ref Kind, SCRATCH_2]}',
  ];

  test('is told in a note where all of them are wrong', () => {
    const { findings, notes } = reviewed(KIND, sections(''));
    expect(findings).toEqual([]);
    expect(notes.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^PerUnitStorageThroughput 125 is not valid.* where Kind is another value: list the valid values in AllowedValues/), // oxfmt-ignore
    );
  });

  test('is an error where AllowedValues has it', () => {
    const allowed = sections(', AllowedValues: [SCRATCH_2, PERSISTENT_2, PERSISTENT_1]');
    expect(messages(KIND, allowed)).toEqual([
      expect.stringContaining('error: PerUnitStorageThroughput 125 is not valid for PERSISTENT_1 SSD'), // oxfmt-ignore
    ]);
  });

  test('is an error where the value itself does not matter', () => {
    const stage = [
      'Parameters: {Stage: {Type: String, Default: prod}}',
      'Conditions: {IsProd: !Equals [!Ref Stage, prod]}',
    ];
    expect(messages(`StorageCapacity: !If [IsProd, 1200, 1300]\n${SUBNETS}\nTags: [{Key: Stage, Value: !Ref Stage}]`, stage)).toEqual([
      expect.stringContaining('error: StorageCapacity 1300 is not valid for SCRATCH_2'),
    ]); // oxfmt-ignore
  });
});

test.each<[string, string, string]>([
  ['a parameter', 'StorageCapacity: "${Size}"', '.*a whole number \\(GiB\\)\\. Only Fn::Sub replaces \\$\\{Size\\}: write the text as an argument of Fn::Sub\\.'],
  ['a pseudo parameter', 'StorageCapacity: 1200\nTags: [{Key: Name, Value: "${AWS::StackName}-x"}]', '.* Only Fn::Sub replaces \\$\\{AWS::StackName\\}: .*'],
  ['an attribute', 'StorageCapacity: 1200\nSecurityGroupIds: ["${Fs.OwnerId}"]', '.* Only Fn::Sub replaces \\$\\{Fs\\.OwnerId\\}: .*'],
  ['another tool', 'StorageCapacity: 1200\nSecurityGroupIds: ["${GROUP}"]', '.*sg-0123456789abcdef0\\.'],
])('%s that is written outside Fn::Sub is told', (_, properties, said) => {
  const found = messages(`${properties}\n${SUBNETS}`, ['Parameters: {Size: {Type: Number, Default: 1200}}']);
  expect(found).toEqual([expect.stringMatching(new RegExp(`^\\d+ error: ${said}$`))]);
}); // oxfmt-ignore

test('a default at fault is named, with its line', () => {
  const sections = ['Parameters:', '  Tier:', '    Type: Number', '    Default: 125'];
  expect(
    messages(`StorageCapacity: 1200\nDeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: !Ref Tier\n${SUBNETS}`, sections), // oxfmt-ignore
  ).toEqual([
    expect.stringMatching(
      /^7 error: .* The value is the default of the parameter Tier, line 12\.$/,
    ),
  ]);
});

test('one mistake is told once, of the value that is known', () => {
  const text = [
    'Parameters:',
    '  Create: {Type: String, Default: "false", AllowedValues: ["true", "false"]}',
    '  Tier: {Type: Number, Default: 125, AllowedValues: [50, 125, 250]}',
    'Conditions: {IsCreated: !Equals [!Ref Create, "true"]}',
    'Resources:',
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Condition: IsCreated',
    `    Properties: {StorageCapacity: 1200, PerUnitStorageThroughput: !Ref Tier, ${SUBNETS}}`,
  ].join('\n');
  expect(check(text).findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^PerUnitStorageThroughput 125 cannot be used with SCRATCH_2/),
  ]);
});

test('an item of a list that is not known is told by its number', () => {
  const sections = [
    'Parameters: {Options: {Type: CommaDelimitedList}}',
    'Conditions: {Exports: !Not [!Equals [!Select [0, !Ref Options], NONE]]}',
  ];
  const { findings } = reviewed(
    `StorageCapacity: 1200\n${SUBNETS}\nExportPath: !If [Exports, !Select [0, !Ref Options], !Ref AWS::NoValue]`,
    sections,
  );
  expect(findings.map(({ message, when }) => [message.slice(0, 40), when])).toEqual([
    ['ExportPath "${Options[0]}" requires Impo', 'Exports is true'],
  ]);
});

test('what is known by default is not told to be unknown', () => {
  const sections = [
    "Parameters: {Large: {Type: String, Default: 'no'}, Size: {Type: Number, Default: 1200}}",
    "Conditions: {IsLarge: !Equals [!Ref Large, 'yes']}",
  ];
  const properties = `StorageCapacity: !Ref Size\n${SUBNETS}\nDataCompressionType: !If [IsLarge, LZ4, NONE]`;
  expect(reviewed(properties, sections)).toMatchObject({ findings: [], notes: [] });
});

describe('parameters that the template refuses', () => {
  const SECTIONS = [
    'Parameters:',
    '  Size: {Type: Number, Default: 1200, AllowedValues: [1200, 2400]}',
    '  Most: {Type: Number, Default: 1, MinValue: 1, MaxValue: 3}',
    '  Name: {Type: String, Default: abc, MinLength: 3, MaxLength: 5, AllowedPattern: "[a-z]+"}',
    '  Kind: {Type: String, Default: a, AllowedPattern: "[a-z]", ConstraintDescription: one letter}',
    '  Groups: {Type: CommaDelimitedList, Default: "a,b", AllowedValues: [a, b]}',
    'Rules:',
    '  NotBoth:',
    '    RuleCondition: !Equals [!Ref Kind, z]',
    '    Assertions: [{Assert: !Equals [!Ref Size, 2400], AssertDescription: z is for 2400}]',
  ];
  const given = (parameters: Record<string, string>) => () =>
    reviewed(`StorageCapacity: !Ref Size\n${SUBNETS}`, SECTIONS, parameters);
  test.each<[Record<string, string>, string]>([
    [{ Size: '4800' }, "Parameter 'Size' must be one of AllowedValues: 1200, 2400"],
    [{ Most: '0' }, "Parameter 'Most' must be a number not less than 1"],
    [{ Most: '4' }, "Parameter 'Most' must be a number not greater than 3"],
    [{ Most: 'x' }, "Parameter 'Most' must be a number"],
    [{ Name: 'ab' }, "Parameter 'Name' must contain at least 3 characters"],
    [{ Name: 'abcdef' }, "Parameter 'Name' must contain at most 5 characters"],
    [{ Name: 'ABC' }, "Parameter 'Name' must match pattern [a-z]+"],
    [{ Kind: '1' }, 'Parameter Kind failed to satisfy constraint: one letter'],
    [{ Groups: 'a, c' }, "Parameter 'Groups' must be one of AllowedValues: a, b"],
    [{ Kind: 'z' }, 'by the rule NotBoth: z is for 2400'],
  ])('%j', (parameters, reason) => {
    expect(given(parameters)).toThrow(reason);
  });

  test.each([{ Size: '2400' }, { Kind: 'z', Size: '2400' }, { Groups: 'b' }, { Unused: 'x' }])(
    'not %j',
    (parameters) => {
      expect(given(parameters)).not.toThrow();
    },
  );
});

describe('a default that its parameter does not allow', () => {
  const told = (declared: string, given: Record<string, string> = {}): string[] =>
    check(
      `Parameters:\n  Size: {${declared}}\nResources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: {StorageCapacity: !Ref Size, SubnetIds: [subnet-0a1b2c3d4e5f60718]}`,
      { parameters: new Map(Object.entries(given)) },
    )
      .findings.filter(({ rule }) => rule === 'parameter-default')
      .map(({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`);
  const refused = 'warning CloudFormation refuses this default: Parameter';
  const advice = 'Change the default, or specify another value in each deployment.';

  test.each<[string, string, string[]]>([
    ['by its values', 'Type: Number, Default: 4800, AllowedValues: [1200, 2400]', [`2:33 ${refused} 'Size' must be one of AllowedValues: 1200, 2400. ${advice}`]], // oxfmt-ignore
    ['by its values, as text', "Type: String, Default: '4800', AllowedValues: ['1200']", [`2:33 ${refused} 'Size' must be one of AllowedValues: 1200. ${advice}`]], // oxfmt-ignore
    ['by its limits', 'Type: Number, Default: 1200, MinValue: 2400', [`2:33 ${refused} 'Size' must be a number not less than 2400. ${advice}`]], // oxfmt-ignore
    ['by its type', 'Type: Number, Default: large', [`2:33 ${refused} 'Size' must be a number. ${advice}`]], // oxfmt-ignore
    ['by its pattern', "Type: String, Default: '1200', AllowedPattern: '[0-9]+GiB'", [`2:33 ${refused} 'Size' must match pattern [0-9]+GiB. ${advice}`]], // oxfmt-ignore
    ['which is empty', "Type: String, Default: '', AllowedValues: ['1200']", []],
    ['which is allowed', 'Type: Number, Default: 1200, AllowedValues: [1200, 2400]', []],
    [
      'in a class of Java with a class in it',
      "Type: String, Default: 1200, AllowedPattern: '[a-z[0-9]]+'",
      [],
    ],
    ['of which there is none', 'Type: Number, AllowedValues: [1200, 2400]', []],
  ])('%s', (_, declared, expected) => {
    expect(told(declared)).toEqual(expected);
  });

  test('by the Rules of the template, and the file system is checked nonetheless', () => {
    const text = `Parameters: {Kind: {Type: String, Default: P1}}
Rules: {Second: {Assertions: [{Assert: !Equals [!Ref Kind, P2], AssertDescription: only P2 here}]}}
Resources:
  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1300, SubnetIds: [subnet-0a1b2c3d4e5f60718]}}`;
    const { findings, notCreated } = check(text);
    expect(notCreated).toBe(0);
    expect(
      findings.map(({ line, severity, message }) => `${line} ${severity} ${message.slice(0, 100)}`),
    ).toEqual([
      '2 warning CloudFormation refuses the defaults of the parameters by the rule Second: only P2 here. Change the d',
      '4 error StorageCapacity 1300 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 240',
    ]);
    const given = { parameters: new Map([['Kind', 'P2']]) };
    expect(check(text, given).findings.map(({ rule }) => rule)).toEqual(['storage-capacity']);
  });

  test('by Rules that want what the caller gives, because its default is empty', () => {
    const text = `Parameters: {Key: {Type: String, Default: ''}}
Rules: {Encrypted: {Assertions: [{Assert: !Not [!Equals [!Ref Key, '']], AssertDescription: a key is needed}]}}
Resources:
  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {StorageCapacity: 1300, SubnetIds: [subnet-0a1b2c3d4e5f60718]}}`;
    expect(check(text).findings.map(({ rule }) => rule)).toEqual(['storage-capacity']);
  });

  test('is no matter where another value is given', () => {
    expect(told('Type: Number, Default: 4800, AllowedValues: [1200]', { Size: '1200' })).toEqual(
      [],
    );
  });
});

test('what the default has whatever it is does not count for the other values', () => {
  const { findings } = reviewed(`StorageCapacity: 1300\nDeploymentType: !Ref Kind\n${SUBNETS}`, [
    'Parameters: {Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_2, SCRATCH_1]}}',
  ]);
  expect(findings.map(({ severity }) => severity)).toEqual(['error']);
});
