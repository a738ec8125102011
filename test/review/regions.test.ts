/** The region of a deployment: given, or named by the template itself. */
import fc from 'fast-check';
import { advise, type Need } from '../../src/lustre/estimates/advice';
import { REGIONS } from '../../src/lustre/catalog/regions';
import { check } from '../../src/review/check';
import { convert } from '../../src/review/conversion/convert';
import { withProperties } from './findings';

const SCRATCH = 'StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]';
const regional = (text: string, region?: string) =>
  check(text, region === undefined ? {} : { region })
    .findings.filter(({ rule }) => rule === 'region')
    .map(({ property, when }) => `${property}${when === undefined ? '' : ` where ${when}`}`);

test('where a condition asks for a region, that is the region of its deployment', () => {
  const text = withProperties(
    'StorageCapacity: !If [There, 1200, 2400]\nSubnetIds: [subnet-0a1b2c3d4e5f60718]',
    'Conditions: {There: !Equals [!Ref "AWS::Region", ca-west-1]}',
  );
  expect(regional(text)).toEqual(['DeploymentType where There is true']);
  expect(regional(text, 'us-east-1')).toEqual([]);
});

test('of a mapping by regions, each that lacks it is told', () => {
  const text = withProperties(
    'StorageCapacity: !FindInMap [Sizes, !Ref "AWS::Region", Size]\nSubnetIds: [subnet-0a1b2c3d4e5f60718]',
    'Mappings: {Sizes: {us-east-1: {Size: 1200}, ap-southeast-7: {Size: 2400}, eu-west-1: {Size: 4800}}}',
  );
  expect(regional(text)).toEqual(['DeploymentType where AWS::Region is ap-southeast-7']);
});

test.each([
  ['a key', `${SCRATCH}\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\nKmsKeyId: arn:aws:kms:me-south-1:123456789012:key/1`], // oxfmt-ignore
  ['a log group', `${SCRATCH}\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\nLogConfiguration: {Level: WARN_ERROR, Destination: "arn:aws:logs:me-south-1:123456789012:log-group:/aws/fsx/x"}`], // oxfmt-ignore
])('%s names the region that the file system is in', (_, properties) => {
  expect(regional(withProperties(properties))).toEqual(['DeploymentType']);
});

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html */
describe('an ARN of another region than that of the file system', () => {
  const PERSISTENT = `${SCRATCH}\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125`;
  const key = (arn: string) => `${PERSISTENT}\nKmsKeyId: ${arn}`;
  const log = (arn: string) =>
    `${PERSISTENT}\nLogConfiguration: {Level: WARN_ERROR, Destination: ${arn}}`;
  const ID = 'key/01234567-0123-0123-0123-0123456789ab';
  const GROUP = 'log-group:/aws/fsx/x';
  const told = (properties: string, region?: string, sections?: string) =>
    check(withProperties(properties, sections), region === undefined ? {} : { region })
      .findings.filter(({ rule }) => rule === 'arn-region')
      .map(({ message, when }) => `${message}${when === undefined ? '' : ` where ${when}`}`);

  test.each([
    ['a key', key(`arn:aws:kms:us-west-2:123456789012:${ID}`), /^KmsKeyId .* is not in us-east-1: FSx uses only a key of the region of the file system\. Use one of us-east-1\.$/],
    ['a key of another partition', key(`arn:aws-cn:kms:us-east-1:123456789012:${ID}`), /^KmsKeyId /],
    ['a key of an account that is not known', key(`!Sub "arn:aws:kms:us-west-2:\${AWS::AccountId}:${ID}"`), /^KmsKeyId /],
    ['a log group', log(`"arn:aws:logs:us-west-2:123456789012:${GROUP}"`), /^LogConfiguration\.Destination .* FSx uses only a log group of the region/],
  ])('%s is refused', (_, properties, message) => {
    expect(told(properties, 'us-east-1')).toEqual([expect.stringMatching(message)]);
  }); // oxfmt-ignore

  test('a key and a log group of two regions are refused in any region', () => {
    const both = `${key(`arn:aws:kms:us-west-2:123456789012:${ID}`)}\nLogConfiguration: {Level: WARN_ERROR, Destination: "arn:aws:logs:eu-west-1:123456789012:${GROUP}"}`;
    expect(told(both)).toEqual([expect.stringMatching(/^LogConfiguration.* is not in us-west-2/)]);
  });

  test('where a condition asks for a region, it is refused in others', () => {
    const chosen = key(`!If [There, "arn:aws:kms:us-east-1:123456789012:${ID}", "alias/mine"]`);
    const conditions = 'Conditions: {There: !Equals [!Ref "AWS::Region", us-west-2]}';
    expect(told(chosen, undefined, conditions)).toEqual([
      expect.stringMatching(/is not in us-west-2.* where There is true$/),
    ]);
  });

  test.each([
    ['one of the region', key(`arn:aws:kms:us-east-1:123456789012:${ID}`)],
    ['one of another account', key(`arn:aws:kms:us-east-1:999999999999:${ID}`)],
    ['one of the region of the stack', key(`!Sub "arn:\${AWS::Partition}:kms:\${AWS::Region}:123456789012:${ID}"`)],
    ['one of a region that is not known', key(`!Sub "arn:aws:kms:\${Region}:123456789012:${ID}"`)],
    ['an alias', key('alias/mine')],
    ['a log group of the region', log(`"arn:aws:logs:us-east-1:123456789012:${GROUP}"`)],
    ['a key on scratch, which is told that it has no key', `${SCRATCH}\nKmsKeyId: arn:aws:kms:us-west-2:123456789012:${ID}`],
  ])('%s is not', (_, properties) => {
    expect(told(properties, 'us-east-1', 'Parameters: {Region: {Type: String}}')).toEqual([]);
  }); // oxfmt-ignore
});

test('a template that names no region is held against none', () => {
  expect(regional(withProperties(SCRATCH))).toEqual([]);
});

test('whatever advise lists in a region, check does not refuse there', () => {
  const needs: fc.Arbitrary<Need> = fc.record({
    capacity: fc.double({ min: 0.5, max: 2_000_000, noNaN: true }),
    throughput: fc.double({ min: 0.5, max: 200_000, noNaN: true }),
    persistent: fc.boolean(),
  });
  const regions = fc.constantFrom(...REGIONS.map(({ region }) => region), 'eu-north-2');
  fc.assert(
    fc.property(needs, regions, (need, region) => {
      const Resources = Object.fromEntries(
        advise(need, { region }).map(({ properties }, index) => [
          `Fs${index}`,
          {
            Type: 'Pangea::FSx::LustreFileSystem',
            Properties: { ...properties, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] },
          },
        ]),
      );
      expect(check(JSON.stringify({ Resources }), { region }).findings).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

describe('conversion', () => {
  const native = (configuration: string, sections = '') =>
    [
      'Resources:',
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      '    Properties:',
      '      FileSystemType: LUSTRE',
      '      StorageCapacity: 1200',
      '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
      configuration,
      sections,
      '',
    ].join('\n');
  const notes = (text: string, region?: string) =>
    convert(text, region === undefined ? {} : { region }).converted[0]?.notes;

  test('of FSx’s default is told where the region does not have it', () => {
    expect(notes(native(''), 'cn-north-1')).toEqual([
      "SCRATCH_1 is not available in cn-north-1, which has PERSISTENT_1 SSD and PERSISTENT_1 HDD. Use DeploymentType PERSISTENT_1 and PerUnitStorageThroughput 200. Source: AWS's table of 2026-11-25.",
    ]);
    expect(notes(native(''), 'ap-east-2')?.[0]).toMatch(/^SCRATCH_1 is probably not available in/);
    expect(notes(native(''), 'us-east-1')).toEqual([]);
    expect(notes(native(''))).toEqual([]);
  });

  test('is told by a region that the template names', () => {
    const text = native(
      '      LustreConfiguration: {DeploymentType: !If [There, SCRATCH_2, PERSISTENT_1]}',
      'Conditions: {There: !Equals [!Ref "AWS::Region", ca-west-1]}',
    );
    expect(notes(text)).toEqual([
      expect.stringMatching(
        /^SCRATCH_2 .* is not available in ca-west-1, .* \(where There is true\)$/,
      ),
    ]);
  });

  test('changes nothing of the text', () => {
    expect(convert(native(''), { region: 'cn-north-1' }).text).toBe(convert(native('')).text);
  });
});
