import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Stack } from '../../local/stack';
import { loadTemplate } from '../../local/template';
import { lustreFileSystem } from '../../local/type';
import schema from '../../schema.json';

const examples = readdirSync('examples').filter((file) => file.endsWith('.yaml'));
const refused = readdirSync('examples/errors').map((file) => join('errors', file));

const stackOf = (file: string): Stack => new Stack(loadTemplate(join('examples', file)));

/** CloudFormation turns text into what the schema asks for, and so does this. */
const conforms = new Ajv({ strict: false, coerceTypes: true, validateFormats: false }).compile({
  definitions: schema.definitions,
  type: 'object',
  properties: schema.properties,
  additionalProperties: false,
  required: schema.required,
});

const MODEL: Record<string, unknown> = {
  FileSystemId: 'fs-0123456789abcdef0',
  DNSName: 'fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com',
  MountName: 'abcdefgh',
  EstimatedBaselineThroughput: '960',
  EstimatedMonthlyCost: '672.00',
  MountCommand: 'sudo mount -t lustre fs-0123456789abcdef0:/abcdefgh /mnt/fsx',
};

test('the examples that have to work are there', () => {
  expect(examples).toEqual([
    'backup-plan.yaml',
    'batch.yaml',
    'eks-persistent2.yaml',
    'hpc-placement-group.yaml',
    'hpc-scratch-lz4.yaml',
    'hpc-scratch.yaml',
    'media-hdd.yaml',
    'ml-training-large.yaml',
    'ml-training-persistent2.yaml',
    'ml-training.yaml',
    'monitoring.yaml',
    'sagemaker-training.yaml',
    'security-group.yaml',
  ]);
  expect(refused).toHaveLength(10);
});

test.each(examples)('%s conforms to the schema, and its outputs resolve', (file) => {
  const stack = stackOf(file);
  expect(stack.logicalIds).toEqual(['FileSystem']);
  conforms(stack.propertiesOf('FileSystem'));
  expect(conforms.errors).toBeNull();
  stack.created('FileSystem', MODEL);
  expect(stack.outputs()).toMatchObject({
    DnsName: MODEL.DNSName,
    MountName: MODEL.MountName,
    Throughput: '960',
    MonthlyCost: '672.00',
    MountCommand: MODEL.MountCommand,
  });
});

test.each(examples)('%s names an update for the demo that only grows', (file) => {
  const { metadata } = loadTemplate(join('examples', file));
  const update = metadata as { Demo: { Update: { FileSystem: { StorageCapacity: number } } } };
  const before = Number(stackOf(file).propertiesOf('FileSystem').StorageCapacity);
  expect(update.Demo.Update.FileSystem.StorageCapacity).toBeGreaterThan(before);
});

test.each(['hpc-scratch.yaml', 'hpc-scratch-lz4.yaml', 'hpc-placement-group.yaml'])(
  'the instances of %s mount it',
  (file) => {
    const stack = stackOf(file);
    stack.created('FileSystem', MODEL);
    const [nodes, ...others] = stack.dependents();
    expect(others).toEqual([]);
    expect(nodes?.type).toBe('AWS::EC2::LaunchTemplate');
    expect(nodes?.properties).toMatchObject({
      LaunchTemplateData: {
        UserData: expect.stringContaining(
          `${String(MODEL.DNSName)}@tcp:/abcdefgh /scratch lustre`,
        ) as string,
      },
    });
  },
);

test('the alarm and the dashboard of monitoring.yaml take the throughput as a number', () => {
  const stack = stackOf('monitoring.yaml');
  stack.created('FileSystem', MODEL);
  const dependents = new Map(stack.dependents().map((one) => [one.logicalId, one.properties]));
  expect(Number(dependents.get('Busy')?.Threshold)).toBe(960);
  const { widgets } = JSON.parse(String(dependents.get('Dashboard')?.DashboardBody)) as {
    widgets: { properties: object }[];
  };
  expect(widgets[0]?.properties).toMatchObject({
    annotations: { horizontal: [{ label: 'baseline', value: 960 }] },
  });
});

test.each(refused)('%s is a template whose only fault is in the properties', (file) => {
  const stack = stackOf(file);
  const allowed = Object.keys(schema.properties).filter(
    (name) => !lustreFileSystem.attributes.includes(name),
  );
  const names = Object.keys(stack.propertiesOf('FileSystem'));
  expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
});
