import { NotModeled, ValidationError } from '../../local/stack/refusals';
import { Exports } from '../../local/stack/exports';
import { lustre, only, resources, scriptedStack } from './stacks';
import type { Options } from './stacks';

/** Where functions and names may stand in a template, and what they may be. */

const SECTIONS = `
Parameters:
  Index: { Type: Number, Default: 0 }
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
  Region: { Type: String, Default: us-east-1 }
Mappings: { M: { us-east-1: { name: us-east-1, index: 1 } } }
Conditions: { Holds: !Equals [a, a] }
`;
const withValue = (expression: string): string =>
  `Resources:
  A: ${lustre()}
  T: { Type: Custom::Thing, Properties: { V: ${expression} } }
${SECTIONS}`;

/** How a creation ends: its status, or the message of its refusal. */
async function ending(text: string, options: Options = {}, store = {}): Promise<string> {
  const exports = new Exports();
  exports.publish('other', new Map([['a', 'imported']]), new Set());
  const { create, events } = scriptedStack({ exports, parameterStore: store });
  return create(text, options).catch((error: unknown) => {
    if (!(error instanceof ValidationError || error instanceof NotModeled)) throw error;
    expect(events).toEqual([]);
    return error.message;
  });
}

const FUNCTIONS = {
  'Fn::Base64': '!Base64 "0"',
  'Fn::FindInMap': '!FindInMap [M, us-east-1, index]',
  'Fn::GetAtt': '!GetAtt A.DNSName',
  'Fn::If': '!If [Holds, "0", "1"]',
  'Fn::ImportValue': '!ImportValue a',
  'Fn::Join': '!Join ["", ["0"]]',
  'Fn::Select': '!Select [0, ["0"]]',
  'Fn::Sub': '!Sub "0"',
  Ref: '!Ref Index',
} as const;
type Name = keyof typeof FUNCTIONS;
const NAMES = Object.keys(FUNCTIONS) as Name[];

const PLACES: [place: string, allowed: Name[], call: (argument: string) => string][] = [
  ['the index of Fn::Select', ['Ref', 'Fn::FindInMap'], (x) => `!Select [${x}, [a, b]]`],
  ['an item of Fn::Select', ['Fn::FindInMap', 'Fn::GetAtt', 'Fn::If', 'Ref'], (x) => `!Select [0, [${x}, b]]`], // oxfmt-ignore
  ['the attribute of Fn::GetAtt', ['Ref'], (x) => `{ Fn::GetAtt: [A, ${x}] }`],
];

describe.each(PLACES)('%s', (_, allowed, call) => {
  test.each(NAMES)('%s', async (name) => {
    const end = await ending(withValue(call(FUNCTIONS[name])));
    expect(!end.startsWith('Template error: ')).toBe(allowed.includes(name));
  });
});

test.each(NAMES)('the region of Fn::GetAZs: %s', async (name) => {
  const written = name === 'Ref' ? '!Ref Region' : FUNCTIONS[name];
  const end = await ending(withValue(`!Select [0, { Fn::GetAZs: ${written} }]`));
  expect(end === 'CREATE_COMPLETE').toBe(name === 'Ref');
});

test.each(NAMES)('a key of Fn::FindInMap: %s', async (name) => {
  const nested = { Ref: '!Ref Region', 'Fn::FindInMap': '!FindInMap [M, us-east-1, name]' };
  const written = (nested as Record<string, string>)[name] ?? FUNCTIONS[name];
  const end = await ending(withValue(`{ Fn::FindInMap: [M, ${written}, name] }`));
  expect(end === 'CREATE_COMPLETE').toBe(name in nested);
});

test.each(NAMES)('an operand of Fn::Equals: %s', async (name) => {
  const operand = FUNCTIONS[name].replace('[Holds', '[Other');
  const conditions = `{ Other: !Equals [a, a], Holds: !Equals [${operand}, a] }`;
  const sections = SECTIONS.replace('{ Holds: !Equals [a, a] }', conditions);
  const end = await ending(`Resources: { A: ${lustre()} }${sections}`);
  const allowed = ['Fn::FindInMap', 'Fn::Join', 'Fn::Select', 'Fn::Sub', 'Ref'];
  expect(end === 'CREATE_COMPLETE').toBe(allowed.includes(name));
});

test.each([
  '!Ref A',
  '!Sub "${A}-x"',
  '!GetAtt A.DNSName',
  '!Select [0, !GetAZs ""]',
  '!ImportValue a',
  '!Join ["-", [!Ref A, b]]',
])('the name of an import and of an export does not depend on %s', async (name) => {
  const rest = 'must not depend on any resources, imported values, or Fn::GetAZs';
  expect(await ending(withValue(`{ Fn::ImportValue: ${name} }`))).toBe(
    `Template error: the attribute in Fn::ImportValue ${rest}`,
  );
  const exporting = `Resources: { A: ${lustre()} }\nOutputs: { O: { Value: a, Export: { Name: ${name} } } }`;
  expect(await ending(exporting)).toBe(
    `Template format error: Output O is malformed. The Name field of Export ${rest}.`,
  );
});

describe('the limits of an export', () => {
  const output = (name: number, value: number): string =>
    `${only()}Outputs: { O: { Value: ${'v'.repeat(value)}, Export: { Name: ${'n'.repeat(name)} } } }`;

  test('256 characters of its name', async () => {
    expect(await ending(output(256, 1))).toBe('CREATE_COMPLETE');
    expect(await ending(output(257, 1))).toBe(
      'Template format error: Output O is malformed. The Name field of every Export member must not be longer than 256 characters.',
    );
  });

  test('1,024 bytes of its value, at which the stack fails', async () => {
    expect(await ending(output(1, 1024))).toBe('CREATE_COMPLETE');
    const { create, story } = scriptedStack();
    expect(await create(output(1, 1025))).toBe('ROLLBACK_COMPLETE');
    expect(story).toContain(
      'ROLLBACK_IN_PROGRESS: Cannot export output O with length 1025. Max length of 1024 exceeded. Rollback requested by user.',
    );
  });

  test('none of the value of an output that is not exported', async () => {
    expect(await ending(`${only()}Outputs: { O: { Value: ${'v'.repeat(4000)} } }`)).toBe(
      'CREATE_COMPLETE',
    );
  });
});

describe('Fn::Cidr', () => {
  const blocks = async (block: string, count: number | string, bits: number | string) => {
    const { stack, create } = scriptedStack();
    await create(withValue(`!Cidr ["${block}", ${count}, ${bits}]`));
    return stack.readableProperties('T').V;
  };

  test.each([
    ['10.0.0.0/16', 2, 8, ['10.0.0.0/24', '10.0.1.0/24']],
    ['192.168.0.0/24', 6, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27', '192.168.0.96/27', '192.168.0.128/27', '192.168.0.160/27']], // oxfmt-ignore
    ['10.1.2.3/24', 1, 8, ['10.1.2.0/24']],
    ['2001:db8:1234:1a00::/56', 2, 64, ['2001:db8:1234:1a00::/64', '2001:db8:1234:1a01::/64']],
    ['fd00::/8', 1, 64, ['fd00::/64']],
  ])('%s, %d, %d', async (block, count, bits, expected) => {
    expect(await blocks(block, count, bits)).toEqual(expected);
    expect(await blocks(block, `"${count}"`, `"${bits}"`)).toEqual(expected);
  });

  test('of a parameter, an item of which is selected', async () => {
    const { stack, create } = scriptedStack();
    await create(
      `${resources({ T: '{ Type: Custom::T, Properties: { V: !Select [1, !Cidr [!Ref Block, 2, 8]] } }' })}Parameters: { Block: { Type: String, Default: 10.0.0.0/16 } }`,
    );
    expect(stack.readableProperties('T').V).toBe('10.0.1.0/24');
  });

  test.each([
    '["10.0.0.0/16", 2]',
    '["10.0.0.0/16", 0, 8]',
    '["10.0.0.0/16", 257, 8]',
    '["10.0.0.0/24", 2, 8]',
    '["10.0.0.0/24", 1, 9]',
    '["10.0.0.0/33", 1, 8]',
    '["10.0.0.0", 1, 8]',
    '["fe80::1%eth0/64", 1, 8]',
    '[text, 1, 8]',
    '["10.0.0.0/16", !Join ["", ["1"]], 8]',
    'text',
  ])('of %s is refused', async (argument) => {
    expect(await ending(withValue(`!Cidr ${argument}`))).toMatch(
      /^Template error: every Fn::Cidr object requires three parameters/,
    );
  });
});

test('Fn::GetAZs of what is no region is refused', async () => {
  expect(await ending(withValue('!GetAZs nowhere'))).toBe(
    'Template error: Fn::GetAZs requires an empty string or the name of a region, not nowhere',
  );
});

describe('what CloudFormation has and the local one has not is refused openly', () => {
  test.each([
    ['Fn::Transform', withValue('{ Fn::Transform: { Name: AWS::Include } }')],
    ['Fn::Transform', 'Resources: { Fn::Transform: { Name: AWS::Include } }'],
    ['Fn::GetStackOutput', withValue('{ Fn::GetStackOutput: { StackName: a, OutputName: b } }')],
    ['modules, such as Initech::TPS::Report::MODULE', resources({ A: '{ Type: Initech::TPS::Report::MODULE }' })], // oxfmt-ignore
    ['dynamic references to secretsmanager', only("Tags: [{ Key: k, Value: '{{resolve:secretsmanager:a}}' }]")], // oxfmt-ignore
    ['dynamic references to ssm-secure', `${only()}Outputs: { O: { Value: '{{resolve:ssm-secure:a:1}}' } }`], // oxfmt-ignore
  ])('%s', async (what, text) => {
    expect(await ending(text)).toBe(`The local CloudFormation does not carry out ${what}.`);
  });
});

describe('functions in attributes of a resource', () => {
  test.each(['Metadata', 'UpdatePolicy', 'CreationPolicy'])('%s is checked', async (name) => {
    const attribute = (value: string): string =>
      `${only('', `${name}: { x: ${value} },`)}Mappings: { M: { a: { b: c } } }`;
    expect(await ending(attribute('!Ref Nope'))).toMatch(
      /Unresolved resource dependencies \[Nope\]/,
    );
    expect(await ending(attribute('!GetAtt Nope.x'))).toMatch(/undefined resource Nope/);
    expect(await ending(attribute('{ Fn::Nope: 1 }'))).toMatch(/unsupported function: Fn::Nope/);
    expect(await ending(attribute('!If [Nope, 1, 2]'))).toMatch(
      /condition dependency Nope in Fn::If/,
    );
    expect(await ending(attribute('!FindInMap [M, a, c]'))).toMatch(/Unable to get mapping for M/);
    expect(await ending(attribute('!Sub "${AWS::Region}"'))).toBe('CREATE_COMPLETE');
  });

  test('references in Metadata are dependencies', async () => {
    const { create, story } = scriptedStack();
    await create(resources({ A: lustre('', 'Metadata: { b: !Ref B },'), B: lustre() }));
    const created = story.filter((line) => line.includes('CREATE_COMPLETE'));
    expect(created.map((line) => line.split(' ')[0])).toEqual(['B', 'A', 'CREATE_COMPLETE']);
    const circle = resources({
      A: lustre('', 'Metadata: { b: !Ref B },'),
      B: lustre('', 'DependsOn: A,'),
    });
    expect(await ending(circle)).toMatch(/^Circular dependency between resources/);
  });

  test('the Metadata of a template are not evaluated', async () => {
    expect(await ending(`Metadata: { x: !Ref Nope }\n${only()}`)).toBe('CREATE_COMPLETE');
  });
});

describe('dynamic references to Systems Manager', () => {
  const tag = (value: string): string => only(`Tags: [{ Key: k, Value: '${value}' }]`);
  const STORE = { '/team': 'hpc' };

  test('are replaced by the value of the parameter', async () => {
    const { create, events, stack } = scriptedStack({ parameterStore: STORE });
    await create(
      `${tag('a-{{resolve:ssm:/team}}')}Outputs: { O: { Value: '{{resolve:ssm:/team}}' } }`,
    );
    expect(events[0]?.requestData.resourceProperties).toMatchObject({
      Tags: [{ Key: 'k', Value: 'a-hpc' }],
    });
    expect(stack.outputs).toEqual({ O: 'hpc' });
  });

  test('in the value of a template parameter too', async () => {
    const { create, events } = scriptedStack({ parameterStore: STORE });
    await create(
      `${only('Tags: [{ Key: k, Value: !Ref P }]')}Parameters: { P: { Type: String } }`,
      {
        parameters: { P: '{{resolve:ssm:/team}}' },
      },
    );
    expect(events[0]?.requestData.resourceProperties).toMatchObject({
      Tags: [{ Key: 'k', Value: 'hpc' }],
    });
  });

  test('are refused where the parameter does not exist', async () => {
    expect(await ending(tag('{{resolve:ssm:/nope}}'), {}, STORE)).toBe(
      'Parameters: [ssm:/nope] cannot be found.',
    );
    expect(await ending(tag('{{resolve:ssm:/team:2}}'), {}, STORE)).toBe(
      'The local CloudFormation does not carry out the version of a dynamic reference: /team:2.',
    );
  });
});

test.each(['Metadata', 'UpdatePolicy', 'CreationPolicy'])('%s is an object', async (name) => {
  const attribute = (value: string): Promise<string> => ending(only('', `${name}: ${value},`));
  const message = `Template format error: Every ${name} member must be an object.`;
  for (const value of ['text', '5', '[a]', '!Ref AWS::Region', '!Sub a', '!Join ["", [a]]']) {
    expect(await attribute(value)).toBe(message);
  }
  expect(await attribute('{}')).toBe('CREATE_COMPLETE');
  const chosen = only('', `${name}: !If [Holds, { a: b }, { a: c }],`);
  expect(await ending(`${chosen}Conditions: { Holds: !Equals [a, a] }`)).toBe('CREATE_COMPLETE');
});

describe('Properties that are a function', () => {
  const text = (properties: string): string => `Resources:
  A: ${lustre()}
  B: { Type: Custom::B, Properties: ${properties} }
${SECTIONS}`;

  test.each([
    '!Ref AWS::NoValue',
    '!If [Holds, !Ref AWS::NoValue, { a: b }]',
    '!If [Holds, { a: b }, {}]',
  ])('%s are accepted', async (properties) => {
    expect(await ending(text(properties))).toBe('CREATE_COMPLETE');
  });

  test.each(['!Ref Region', '!Sub a', '!Ref Names', '!If [Holds, a, {}]'])(
    '%s are refused',
    async (properties) => {
      expect(await ending(text(properties))).toBe(
        'Template format error: Every Properties member must be an object.',
      );
    },
  );

  test('are refused at the resource where their value comes from another one', async () => {
    const { create, story } = scriptedStack();
    expect(await create(text('!GetAtt A.DNSName'))).toBe('ROLLBACK_COMPLETE');
    expect(story.join()).toContain(
      'B CREATE_FAILED: Template format error: Every Properties member must be an object.',
    );
  });
});

test('the map of Fn::Sub may be empty, but not left out of a list', async () => {
  expect(await ending(withValue('!Sub ["${Region}", {}]'))).toBe('CREATE_COMPLETE');
  expect(await ending(withValue('!Sub ["${Region}"]'))).toMatch(
    /^Template error: One or more Fn::Sub/,
  );
});

test('an assertion may have other members', async () => {
  const text = (
    value: string,
  ): string => `${only()}Parameters: { P: { Type: String, Default: ${value} } }
Rules: { R: { Assertions: [{ Assert: !Equals [!Ref P, a], AssetDescription: b }] } }`;
  expect(await ending(text('a'))).toBe('CREATE_COMPLETE');
  expect(await ending(text('b'))).toMatch(/^Template error: an assertion of the rule R/);
});

describe('names', () => {
  test('a resource does not have the name of a parameter', async () => {
    const text = `${only()}Parameters: { Scratch: { Type: String, Default: a } }`;
    expect(await ending(text)).toBe(
      'Template format error: Resource name Scratch is also the name of a parameter.',
    );
    const others = `Conditions: { Scratch: !Equals [a, a] }\nMappings: { Scratch: { a: { b: c } } }\nOutputs: { Scratch: { Value: a } }`;
    expect(await ending(`${only()}${others}`)).toBe('CREATE_COMPLETE');
  });

  const mappings = (text: string): string => `${only()}Mappings: ${text}`;
  test.each([
    ['a condition with an underscore', `${only('', 'Condition: A_B,')}Conditions: { A_B: !Equals [a, a] }`], // oxfmt-ignore
    ['a condition with a hyphen', `${only()}Conditions: { A-B: !Equals [a, a], C: !Condition A-B }`], // oxfmt-ignore
    ['a key of a mapping with dots and hyphens', mappings('{ M: { us-east-1: { a: b }, t3.large: { a: b } } }')], // oxfmt-ignore
    ['the version of a custom resource', resources({ A: '{ Type: Custom::A, Version: 1.0 }' })],
    ['a custom type of 60 characters', resources({ A: `{ Type: 'Custom::${'a'.repeat(52)}' }` })],
    ['a custom type with _@-', resources({ A: "{ Type: 'Custom::A_b@c-d' }" })],
  ])('%s is accepted', async (_, text) => {
    expect(await ending(text)).toBe('CREATE_COMPLETE');
  });

  test.each([
    ['a key of a mapping with an underscore', mappings('{ M: { a_b: { c: d } } }'), 'Template format error: Mappings key name a_b is non alphanumeric.'], // oxfmt-ignore
    ['a key of a mapping of 256 characters', mappings(`{ M: { ${'a'.repeat(256)}: { c: d } } }`), /is longer than 255 characters/], // oxfmt-ignore
    ['201 keys of a mapping', mappings(`{ M: { ${Array.from({ length: 201 }, (_, n) => `k${n}: { a: b }`).join(', ')} } }`), /Number of attributes, 201/], // oxfmt-ignore
    ['the version of another resource', only('', 'Version: 1,'), "Invalid template resource property 'Version'"], // oxfmt-ignore
    ['a custom type with a space', resources({ A: "{ Type: 'Custom::A b' }" }), 'Template format error: Unrecognized resource types: [Custom::A b]'], // oxfmt-ignore
    ['a custom type of 61 characters', resources({ A: `{ Type: 'Custom::${'a'.repeat(53)}' }` }), /^Template format error: Unrecognized resource types/], // oxfmt-ignore
    ['an unknown member of an export', `${only()}Outputs: { O: { Value: a, Export: { Name: b, Other: c } } }`, "Invalid template output property 'Other'"], // oxfmt-ignore
  ])('%s is refused', async (_, text, message) => {
    expect(await ending(text)).toMatch(message);
  });
});

describe('the declaration of a parameter', () => {
  const declared = (members: string): string => `${only()}Parameters: { P: { ${members} } }`;
  const given = (P: string): Options => ({ parameters: { P } });

  test.each([
    ['Default: c, AllowedValues: [a, b]', "Parameter 'P' must be one of AllowedValues"],
    ["Default: A, AllowedPattern: '[a-z]'", "Parameter 'P' must match pattern [a-z]"],
    ['Default: abc, MaxLength: 2', "Parameter 'P' must contain at most 2 characters"],
    ['MinLength: abc', 'Template format error: Every MinLength member must be an integer.'],
    ['MaxLength: 1.5', 'Template format error: Every MaxLength member must be an integer.'],
    ['MinValue: abc', 'Template format error: Every MinValue member must be a number.'],
    ['NoEcho: maybe', 'Template format error: Every NoEcho member must be a boolean.'],
    [`Description: ${'d'.repeat(4001)}`, /description length is greater than 4000/],
    [`Default: ${'a'.repeat(4097)}`, /^Template format error: Parameter 'P' default value 'a{4097}' length is greater than 4096\.$/], // oxfmt-ignore
  ])('%s is refused, whatever value is given', async (members, message) => {
    expect(await ending(declared(`Type: String, ${members}`), given('a'))).toMatch(message);
  });

  test.each(['Default: x', 'Default: 9, MaxValue: 5'])(
    'a number with %s is refused',
    async (rest) => {
      expect(await ending(declared(`Type: Number, ${rest}`), given('1'))).toMatch(
        /^Parameter 'P' must/,
      );
    },
  );

  test.each(['NoEcho: "TRUE"', 'MinLength: "1"', 'MaxLength: 1', `Default: ${'a'.repeat(4096)}`])(
    '%s is accepted',
    async (members) => {
      expect(await ending(declared(`Type: String, ${members}`), given('a'))).toBe(
        'CREATE_COMPLETE',
      );
    },
  );

  test('the type List<String> is a list of texts', async () => {
    const { create, stack } = scriptedStack();
    const text = `${only()}Parameters: { P: { Type: 'List<String>' } }\nOutputs: { O: { Value: !Select [1, !Ref P] } }`;
    await create(text, given('a, b'));
    expect(stack.outputs).toEqual({ O: 'b' });
  });

  test('a parameter of Systems Manager may hold the name of another', async () => {
    const text = declared(
      "Type: 'AWS::SSM::Parameter::Value<AWS::SSM::Parameter::Name>', Default: /aws/service/a",
    );
    expect(await ending(text)).toBe('CREATE_COMPLETE');
  });
});

describe('an AllowedPattern is read as Java reads it', () => {
  const text = (pattern: string): string =>
    `${only()}Parameters: { P: { Type: String, AllowedPattern: '${pattern}' } }`;
  const isAccepted = async (pattern: string, P: string): Promise<boolean | string> => {
    const end = await ending(text(pattern), { parameters: { P } });
    return end === 'CREATE_COMPLETE' || (end === `Parameter 'P' must match pattern ${pattern}` ? false : end); // oxfmt-ignore
  };

  test.each([
    ['\\p{Alpha}+', 'abC', true],
    ['\\p{Alpha}+', 'p{Alpha}', false],
    ['\\p{Alpha}+', 'ä', false],
    ['[\\p{Alnum}_-]+', 'a1_-', true],
    ['[^\\p{Punct}]+', 'ab', true],
    ['[^\\p{Punct}]+', 'a]b', false],
    ['\\p{L}+', 'äb', true],
    ['\\p{L}+', '1', false],
    ['\\P{L}+', '1', true],
    ['\\[\\p{Digit}\\]', '[1]', true],
    ['[a-z\\-]+', 'a-b', true],
    ['\\d{2,3}', '12', true],
    ['a\\\\b', 'a\\b', true],
  ])('%s and %s: %s', async (pattern, value, expected) => {
    expect(await isAccepted(pattern, value)).toBe(expected);
  });

  test.each(['\\Aab\\z', '\\Qa.b\\E', '[a-z&&[^b]]+', '\\h+', '\\P{Alpha}+', '(?i)ab', 'a++', '['])(
    '%s is refused openly: only Java reads it',
    async (pattern) => {
      expect(await isAccepted(pattern, 'ab')).toBe(
        `The local CloudFormation does not carry out the AllowedPattern ${pattern}.`,
      );
    },
  );
});

test.each([
  ['1', true],
  ['-1.5', true],
  ['+.5e3', true],
  ['0x10', false],
  ['0b1', false],
  ['Infinity', false],
  ['1_000', false],
])('the number %s is one: %s', async (P, expected) => {
  const text = `${only()}Parameters: { P: { Type: Number } }`;
  const end = await ending(text, { parameters: { P } });
  expect(end).toBe(expected ? 'CREATE_COMPLETE' : "Parameter 'P' must be a number.");
});

describe('the type of a resource', () => {
  const typed = (type: string): string => resources({ A: `{ Type: '${type}' }` });

  test.each(['AWS::S3::Bucket', 'AWS::FSx::FileCache', 'AWS::CDK::Metadata', 'Alexa::ASK::Skill'])(
    '%s exists',
    async (type) => {
      expect(await ending(typed(type))).toBe('CREATE_COMPLETE');
    },
  );

  test.each([
    'AWS::FSx::Filesystem',
    'AWS::Fsx::FileSystem',
    'AWS::S3',
    'AWS::S3::Bucket::Acl',
    'AWS::',
  ])('%s does not', async (type) => {
    expect(await ending(typed(type))).toBe(
      `Template format error: Unrecognized resource types: [${type}]`,
    );
  });

  test.each(['AWS::FSx::LustreFileSystem', 'AWS::Serverless::Function'])(
    '%s may be one that AWS has added: it is refused openly',
    async (type) => {
      expect(await ending(typed(type))).toBe(
        `The local CloudFormation does not carry out ${type}, which is not in its list of AWS's resource types.`,
      );
    },
  );
});

test('an attribute that is a list is one', async () => {
  const { create, stack } = scriptedStack();
  const text = `${resources({ Eni: '{ Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: subnet-01234567 } }' })}
Outputs: { O: { Value: !Select [0, !GetAtt Eni.SecondaryPrivateIpAddresses] } }`;
  expect(await create(text)).toBe('CREATE_COMPLETE');
  expect(stack.outputs.O).toMatch(/^eni-0/);
});

test.each([
  ['AWS::EC2::Instance', 'CpuOptions: { CoreCount: 1 }'],
  ['AWS::EC2::Subnet', 'OutpostArn: a'],
  ['AWS::EC2::NatGateway', 'AvailabilityMode: regional'],
])('a change of a create-only property of %s replaces it: %s', async (type, property) => {
  const { create, update, story } = scriptedStack();
  const text = (properties: string): string =>
    resources({ A: `{ Type: ${type}, Properties: { ${properties} } }` });
  await create(text(''));
  await update(text(property));
  expect(story.join()).toContain('requires the creation of a new physical resource');
});
