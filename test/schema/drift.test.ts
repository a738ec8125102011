/**
 * What CloudFormation takes for the same value in drift detection: the property transforms of schema.json, evaluated by
 * JSONata's reference implementation and compared as AWS's own RDS types do it. The alternatives stand between `$OR`, one
 * that comes out equal is enough, and text is a regular expression for the whole value.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-model-false-drift.html
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/blob/master/aws-rds-cfn-common/src/main/java/software/amazon/rds/common/util/DriftDetector.java
 */
import jsonata from 'jsonata';
import schema from '../../schema.json';

type Transformed = keyof typeof schema.propertyTransform;

/** What the value in the template may also stand for, out of that context. */
async function alternatives(path: Transformed, context: unknown): Promise<string[]> {
  const values = await Promise.all(
    schema.propertyTransform[path].split(' $OR ').map((one) => jsonata(one).evaluate(context)),
  );
  return values.filter((value) => typeof value === 'string');
}

type Comparison = 'in sync' | 'drift' | 'drift, unless an expression may match a part';

/** What CloudFormation makes of the value that READ returns. */
async function compared(
  path: Transformed,
  context: unknown,
  template: string,
  actual: string,
): Promise<Comparison> {
  if (template === actual) return 'in sync';
  const values = await alternatives(path, context);
  if (values.some((value) => new RegExp(`^${value}$`).test(actual))) return 'in sync';
  return values.some((value) => new RegExp(value).test(actual))
    ? 'drift, unless an expression may match a part'
    : 'drift';
}

describe('KmsKeyId', () => {
  const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const OTHER_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';
  const MULTI_REGION_ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
  const account = 'arn:aws:kms:eu-west-1:123456789012';
  const key = (template: string, actual: string) =>
    compared('/properties/KmsKeyId', { KmsKeyId: template }, template, actual);

  test.each([
    ['the ARN', `${account}:key/${ID}`, ID],
    ['the id', ID, ID],
    ['the id of a multi-Region key', MULTI_REGION_ID, MULTI_REGION_ID],
    ['an alias', 'alias/lustre', ID],
    ['an alias with more slashes', 'alias/team/lustre', ID],
    ['the alias of the key that AWS keeps', 'alias/aws/fsx', ID],
    ['an alias of a multi-Region key', 'alias/lustre', MULTI_REGION_ID],
    ['an alias with the word key in it', 'alias/key/lustre', ID],
    ['the ARN of an alias', `${account}:alias/lustre`, ID],
    ['the ARN of an alias with more slashes', `${account}:alias/team/alias/lustre`, ID],
    ['the ARN of an alias of a multi-Region key', `${account}:alias/lustre`, MULTI_REGION_ID],
  ])('%s is no drift', async (_, template, actual) => {
    expect(await key(template, `${account}:key/${actual}`)).toBe('in sync');
  });

  test.each([
    ['the ARN of another key', `${account}:key/${OTHER_ID}`, ID],
    ['the id of another key', OTHER_ID, ID],
    ['the id of another multi-Region key', 'mrk-0987dcba09fe87dc65baab0987654321', MULTI_REGION_ID],
    ['the ARN of the same id elsewhere', `arn:aws:kms:us-east-1:123456789012:key/${ID}`, ID],
    ['an alias of another account', 'arn:aws:kms:eu-west-1:210987654321:alias/lustre', ID],
    ['an alias of another region', 'arn:aws:kms:us-east-1:123456789012:alias/lustre', ID],
  ])('%s is drift', async (_, template, actual) => {
    expect(await key(template, `${account}:key/${actual}`)).toBe('drift');
  });

  describe.each([
    ['aws', 'us-east-1'],
    ['aws', 'ap-southeast-7'],
    ['aws', 'mx-central-1'],
    ['aws', 'il-central-1'],
    ['aws-cn', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-iso-e', 'eu-isoe-west-1'],
    ['aws-iso-f', 'us-isof-south-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('in %s, %s', (partition, region) => {
    const owner = `arn:${partition}:kms:${region}:123456789012`;

    test.each([ID, MULTI_REGION_ID, 'alias/lustre', `${owner}:alias/lustre`])(
      '%s is no drift',
      async (template) => {
        const id = template === MULTI_REGION_ID ? template : ID;
        expect(await key(template, `${owner}:key/${id}`)).toBe('in sync');
      },
    );

    test('another id is drift', async () => {
      expect(await key(OTHER_ID, `${owner}:key/${ID}`)).toBe('drift');
    });
  });
});

describe('LogConfiguration.Destination', () => {
  const GROUP = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/fsx/my.lustre_1-a#b';
  const path = '/properties/LogConfiguration/Destination';

  // AWS's own schemas write paths from the root, from the object that holds the property, or both.
  describe.each([
    ['the model', (Destination: string) => ({ LogConfiguration: { Destination } })],
    ['its object', (Destination: string) => ({ Destination })],
  ])('seen from %s', (_, context) => {
    const destination = (template: string, actual: string) =>
      compared(path, context(template), template, actual);

    test.each([GROUP, `${GROUP}:*`])('%s is no drift', async (template) => {
      expect(await destination(template, GROUP)).toBe('in sync');
    });

    test('another group is drift', async () => {
      expect(await destination(`${GROUP}:*`, GROUP.replace('1-a', '1-b'))).toBe('drift');
      expect(await destination(GROUP, GROUP.replace('1-a', '1-b'))).toBe('drift');
    });
  });
});

test.each(Object.entries(schema.propertyTransform))(
  '%s has a transform that JSONata can read, for a property that exists and is text',
  (path, transform) => {
    for (const one of transform.split('$OR')) expect(() => jsonata(one)).not.toThrow();
    expect(path).toMatch(/^\/properties\/\w+(\/\w+)?$/);
  },
);
