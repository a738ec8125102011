/**
 * Which mistakes AWS's validation engine finds in a template with our type, and which it does not: each is made in an
 * example that is right otherwise. manual/command-line.md says the same.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import schema from '../../schema.json';
import { check } from '../../src/review/check';
import { judge, RETYPED, ROOT } from './engine';

type Edit = readonly [from: string, to: string];
type Mistake = readonly [what: string, example: string, edit: Edit, finding: string];

const read = (file: string): string => readFileSync(join(ROOT, 'examples', file), 'utf8');
const SCRATCH = read('hpc-scratch.yaml');
const MONITORING = read('monitoring.yaml');

/** The example with its mistake. */
function withMistake(example: string, [from, to]: Edit): string {
  expect(example).toContain(from);
  return example.replace(from, () => to);
}

const output = (value: string): Edit => ['Outputs:\n', `Outputs:\n  Extra:\n    Value: ${value}\n`];
const EXTRA = 'Extra Outputs/Extra/Value';

const KIND = '      DeploymentType: SCRATCH_2\n';
const given = (property: string): Edit => [KIND, `${KIND}      ${property}\n`];

/** The value of a metric's dimension, which is text. */
const dimension = (value: string): Edit => ['Value: !Ref FileSystem', `Value: ${value}`];
const DIMENSION = 'AlmostFull Properties.Metrics.1.MetricStat.Metric.Dimensions.0.Value';
/** The threshold of an alarm, which is a number. */
const threshold = (value: string): Edit => [
  'Threshold: !GetAtt FileSystem.EstimatedBaselineThroughput',
  `Threshold: ${value}`,
];
/** The actions of an alarm, which are a list. */
const actions = (value: string): Edit => ['AlarmActions: [!Ref Topic]', `AlarmActions: ${value}`];
/** Inside the Fn::Sub of a dashboard. */
const body = (name: string): Edit => ['${FileSystem.EstimatedBaselineThroughput}', `\${${name}}`];

const BREAKDOWN = 'FileSystem.EstimatedMonthlyCostBreakdown';
const ENIS = 'FileSystem.NetworkInterfaceIds';

const findings = judge();

describe('an attribute whose type is not text, where text is wanted', () => {
  describe.each(Object.entries(RETYPED.types))('%s as %s', (name, type) => {
    test.each([
      ['Outputs', `!GetAtt FileSystem.${name}`],
      ['Fn::Sub', `!Sub 'at \${FileSystem.${name}}'`],
      ['Fn::Join', `!Join ['', [at, !GetAtt FileSystem.${name}]]`],
    ])('in %s', (_, value) => {
      const template = withMistake(SCRATCH, output(value));
      expect(findings(template)).toEqual([]);
      const retyped = template.replaceAll(schema.typeName, RETYPED.name);
      expect(retyped).not.toBe(template);
      const [found = '', ...others] = findings(retyped).filter((one) => one.includes(EXTRA));
      expect(others).toEqual([]);
      expect(found).toMatch(/^FATAL F6101 /);
      expect(found).toContain(`GetAtt 'FileSystem.${name}' returns type '${type}', not 'string'`);
    });
  });
});

describe('what it finds', () => {
  const ATTRIBUTES: Mistake[] = [
    [
      'an object among the outputs',
      SCRATCH,
      output(`!GetAtt ${BREAKDOWN}`),
      `FATAL F6101 ${EXTRA}.Fn::GetAtt: Output 'Extra': GetAtt '${BREAKDOWN}' returns type 'object', not 'string'`,
    ],
    [
      'an object in text that is put out',
      SCRATCH,
      output(`!Sub '\${${BREAKDOWN}}'`),
      `FATAL F6101 ${EXTRA}.Fn::Sub: Output 'Extra': GetAtt '${BREAKDOWN}' returns type 'object', not 'string'`,
    ],
    [
      'a literal list among the outputs',
      SCRATCH,
      output('[a, b]'),
      `FATAL F6101 ${EXTRA}: Output 'Extra' value must be a string, not a list`,
    ],
    ...['Nope', 'DnsName', 'StorageCapacity', 'EstimatedMonthlyCostBreakdown.Nope'].flatMap(
      (name): Mistake[] => [
        [
          `no attribute ${name}, in an output`,
          SCRATCH,
          output(`!GetAtt FileSystem.${name}`),
          `FATAL F6101 ${EXTRA}.Fn::GetAtt.1: '${name}' is not one of [`,
        ],
        [
          `no attribute ${name}, in Fn::Join`,
          SCRATCH,
          output(`!Join ['', [!GetAtt FileSystem.${name}]]`),
          `FATAL F6101 ${EXTRA}.Fn::Join.1.0.Fn::GetAtt.1: '${name}' is not one of [`,
        ],
        [
          `no attribute ${name}, in Fn::Sub`,
          MONITORING,
          body(`FileSystem.${name}`),
          `ERROR E9004 Dashboard Properties.DashboardBody: '${name}' is not one of [`,
        ],
        [
          `no attribute ${name}, in a property`,
          MONITORING,
          dimension(`!GetAtt FileSystem.${name}`),
          `ERROR E9004 ${DIMENSION}: '${name}' is not one of [`,
        ],
      ],
    ),
    [
      'an attribute of no resource, in an output',
      SCRATCH,
      output('!GetAtt Nowhere.DNSName'),
      `FATAL F6101 ${EXTRA}.Fn::GetAtt.0: GetAtt 'Nowhere.DNSName' references a resource that does not exist`,
    ],
    [
      'an attribute of no resource, in Fn::Sub',
      MONITORING,
      body('Nowhere.DNSName'),
      "FATAL F1018 Dashboard Properties.DashboardBody: Fn::Sub variable '${Nowhere.DNSName}' does not reference",
    ],
    [
      'a list where a property takes text',
      MONITORING,
      dimension(`!GetAtt ${ENIS}`),
      `FATAL F3012 ${DIMENSION}: GetAtt ${ENIS} (Pangea::FSx::LustreFileSystem) returns 'array', but property expects 'string'`,
    ],
    [
      'an object where a property takes text',
      MONITORING,
      dimension(`!GetAtt ${BREAKDOWN}`),
      `FATAL F3012 ${DIMENSION}: GetAtt ${BREAKDOWN} (Pangea::FSx::LustreFileSystem) returns 'object', but property expects 'string'`,
    ],
    [
      'a list where a property takes a number',
      MONITORING,
      threshold(`!GetAtt ${ENIS}`),
      `FATAL F3012 Busy Properties.Threshold: GetAtt ${ENIS} (Pangea::FSx::LustreFileSystem) returns 'array', but property expects 'number'`,
    ],
    [
      'text where a property takes a list',
      MONITORING,
      actions('!GetAtt FileSystem.DNSName'),
      "FATAL F3012 AlmostFull Properties.AlarmActions: GetAtt FileSystem.DNSName (Pangea::FSx::LustreFileSystem) returns 'string', but property expects 'array'",
    ],
    [
      'a file system that waits for itself',
      SCRATCH,
      given('Tags: [{ Key: a, Value: !GetAtt FileSystem.DNSName }]'),
      'FATAL F3004 FileSystem Resources/FileSystem: Circular Dependencies for resource FileSystem.',
    ],
  ];

  const on = (property: string): string => `FileSystem Properties.${property}:`;
  const PROPERTIES: [edit: Edit, finding: string][] = [
    [given('Nope: 1'), `FATAL F3002 ${on('Nope')} Additional properties are not allowed`],
    [
      given('LogConfiguration: { Level: DISABLED, Nope: 1 }'),
      `FATAL F3002 ${on('LogConfiguration.Nope')}`,
    ],
    [given('Tags: [{ Key: a, Value: b, Nope: c }]'), `FATAL F3002 ${on('Tags.0.Nope')}`],
    [
      ['SubnetIds: [!Ref SubnetId]', 'SecurityGroupIds: []'],
      "FATAL F3003 FileSystem Properties: 'SubnetIds' is a required property",
    ],
    [
      given('LogConfiguration: { Destination: x }'),
      `FATAL F3003 ${on('LogConfiguration')} 'Level' is a required property`,
    ],
    [given('Tags: [{ Key: a }]'), `FATAL F3003 ${on('Tags.0')} 'Value' is a required property`],
    [
      given('ThroughputCapacity: many'),
      `FATAL F3012 ${on('ThroughputCapacity')} 'many' is not of type 'integer'`,
    ],
    [
      given('ThroughputCapacity: 1.5'),
      `FATAL F3012 ${on('ThroughputCapacity')} 1.5 is not of type 'integer'`,
    ],
    [
      given('ThroughputCapacity: [1]'),
      `FATAL F3012 ${on('ThroughputCapacity')} [1] is not of type 'integer'`,
    ],
    [
      given('ImportPath: { a: b }'),
      `FATAL F3012 ${on('ImportPath')} {'a': 'b'} is not of type 'string'`,
    ],
    [
      given('EfaEnabled: maybe'),
      `FATAL F3012 ${on('EfaEnabled')} 'maybe' is not of type 'boolean'`,
    ],
    [
      given('LogConfiguration: DISABLED'),
      `FATAL F3012 ${on('LogConfiguration')} 'DISABLED' is not of type 'object'`,
    ],
    [
      ['SubnetIds: [!Ref SubnetId]', 'SubnetIds: subnet-0a1b2c3d4e5f60718'],
      `FATAL F3012 ${on('SubnetIds')} 'subnet-0a1b2c3d4e5f60718' is not of type 'array'`,
    ],
    [
      ['DeploymentType: SCRATCH_2', 'DeploymentType: SCRATCH_3'],
      `WARN W3030 ${on('DeploymentType')} 'SCRATCH_3' is not one of [`,
    ],
    [
      given('LogConfiguration: { Level: ALL }'),
      `WARN W3030 ${on('LogConfiguration.Level')} 'ALL' is not one of [`,
    ],
    [
      given('ImportPath: http://x'),
      `FATAL F3031 ${on('ImportPath')} 'http://x' does not match pattern`,
    ],
    [
      ['SubnetIds: [!Ref SubnetId]', 'SubnetIds: [subnet]'],
      `FATAL F3031 ${on('SubnetIds.0')} 'subnet' does not match pattern`,
    ],
    [
      ['SubnetIds: [!Ref SubnetId]', 'SubnetIds: []'],
      `FATAL F3032 ${on('SubnetIds')} expected minimum item count: 1, found: 0`,
    ],
    [
      ['[!Ref SubnetId]', '[!Ref SubnetId, !Ref SubnetId]'],
      `FATAL F3032 ${on('SubnetIds')} expected maximum item count: 1, found: 2`,
    ],
    [given("KmsKeyId: ''"), `FATAL F3033 ${on('KmsKeyId')} length 0 is below minimum 1`],
    [
      given("FileSystemTypeVersion: '2.1234567890123456789'"),
      `FATAL F3033 ${on('FileSystemTypeVersion')} length 21 exceeds maximum 20`,
    ],
    [
      ['StorageCapacity: 4800', 'StorageCapacity: 0'],
      `FATAL F3034 ${on('StorageCapacity')} 0 is less than the minimum of 1`,
    ],
    [
      given('AutomaticBackupRetentionDays: 91'),
      `FATAL F3034 ${on('AutomaticBackupRetentionDays')} 91 is greater than the maximum of 90`,
    ],
    [
      given('Tags: [{ Key: a, Value: b }, { Key: a, Value: c }]'),
      `ERROR E3024 ${on('Tags')} Tag keys must be unique`,
    ],
  ];

  test.each(ATTRIBUTES)('%s', (_, example, edit, finding) => {
    expect(findings(withMistake(example, edit))).toContainEqual(startingWith(finding));
  });

  test.each(PROPERTIES.map(([edit, finding]) => [lastLine(edit), edit, finding] as const))(
    'a property: %s',
    (_, edit, finding) => {
      expect(findings(withMistake(SCRATCH, edit))).toContainEqual(startingWith(finding));
    },
  );
});

/** Where one of these is found, a newer engine finds more: put it above, and into manual/command-line.md. */
describe('what it does not find', () => {
  const NOTHING: string[] = [];
  test.each<readonly [what: string, example: string, edit: Edit, byCheck: string[]]>([
    ['a list among the outputs', SCRATCH, output(`!GetAtt ${ENIS}`), ['attribute-not-text']],
    ['a list in Fn::Sub', SCRATCH, output(`!Sub '\${${ENIS}}'`), ['attribute-not-text']],
    [
      'a list as an item of Fn::Join',
      SCRATCH,
      output(`!Join ['', [!GetAtt ${ENIS}]]`),
      ['attribute-not-text'],
    ],
    [
      'text as the list of Fn::Join',
      SCRATCH,
      output("!Join ['', !GetAtt FileSystem.DNSName]"),
      NOTHING,
    ],
    ['an object in the Fn::Sub of a property', MONITORING, body(BREAKDOWN), ['attribute-not-text']],
    [
      'an object in the Fn::Join of a property',
      MONITORING,
      dimension(`!Join ['', [!GetAtt ${BREAKDOWN}]]`),
      ['attribute-not-text'],
    ],
    [
      'text that is no number where a property takes one',
      MONITORING,
      threshold('!GetAtt FileSystem.DNSName'),
      NOTHING,
    ],
    [
      'a parameter that is text where a list is wanted',
      SCRATCH,
      ['[!Ref SubnetId]', '!Ref SubnetId'],
      ['type'],
    ],
    [
      'a type of another name',
      SCRATCH,
      ['Pangea::FSx::LustreFileSystem', 'Pangea::FSx::Lustre'],
      NOTHING,
    ],
    ['an attribute that is set', SCRATCH, given('DNSName: x'), ['read-only']],
    ['a property without value', SCRATCH, given('ImportPath:'), ['null-value']],
    [
      'what FSx refuses beyond the schema',
      SCRATCH,
      ['StorageCapacity: 4800', 'StorageCapacity: 5000'],
      ['storage-capacity'],
    ],
  ])('%s', (_, example, edit, byCheck) => {
    const template = withMistake(example, edit);
    expect(findings(template)).toEqual([]);
    expect(check(template).findings.map(({ rule }) => rule)).toEqual(byCheck);
  });
});

function lastLine([, to]: Edit): string {
  return to.trim().split('\n').at(-1)?.trim() ?? '';
}

const startingWith = (text: string): string =>
  expect.stringMatching(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) as string;
