import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PropertyValidator } from '../../local/stack/property-validation';
import type { StackTemplate } from '../../local/stack/stack-template';
import { loadTemplate } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { children } from '../../src/template/node';
import schema from '../../schema.json';
import { acceptedTemplate, standIns } from '../protocol/fixtures';

const examples = readdirSync('examples').filter((file) => file.endsWith('.yaml'));
const refused = readdirSync('examples/errors').map((file) => join('errors', file));

const accepted = (file: string): StackTemplate => acceptedTemplate(join('examples', file));
const validator = new PropertyValidator(lustreFileSystem);

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
  const wanted = accepted(file);
  const lookup = standIns(wanted, MODEL);
  expect(validator.problems(wanted.properties('FileSystem', lookup))).toEqual([]);
  const outputs = wanted.outputs(lookup).map(({ name, value }) => [name, value] as const);
  expect(Object.fromEntries(outputs)).toMatchObject({
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
  const wanted = accepted(file);
  const before = Number(wanted.properties('FileSystem', standIns(wanted)).StorageCapacity);
  expect(update.Demo.Update.FileSystem.StorageCapacity).toBeGreaterThan(before);
});

test.each(['hpc-scratch.yaml', 'hpc-scratch-lz4.yaml', 'hpc-placement-group.yaml'])(
  'the instances of %s mount it',
  (file) => {
    const wanted = accepted(file);
    const [nodes = '', ...others] = wanted.logicalIds.filter((id) =>
      wanted.dependencies(id).includes('FileSystem'),
    );
    expect(others).toEqual([]);
    expect(wanted.resource(nodes).type).toBe('AWS::EC2::LaunchTemplate');
    expect(wanted.properties(nodes, standIns(wanted, MODEL), true)).toMatchObject({
      LaunchTemplateData: {
        UserData: expect.stringContaining(
          `${String(MODEL.DNSName)}@tcp:/abcdefgh /scratch lustre`,
        ) as string,
      },
    });
  },
);

test('the alarm and the dashboard of monitoring.yaml take the throughput as a number', () => {
  const wanted = accepted('monitoring.yaml');
  const lookup = standIns(wanted, MODEL);
  expect(Number(wanted.properties('Busy', lookup).Threshold)).toBe(960);
  const { widgets } = JSON.parse(String(wanted.properties('Dashboard', lookup).DashboardBody)) as {
    widgets: { properties: object }[];
  };
  expect(widgets[0]?.properties).toMatchObject({
    annotations: { horizontal: [{ label: 'baseline', value: 960 }] },
  });
});

test.each(refused)('%s is a template whose only fault is in the properties', (file) => {
  const wanted = accepted(file);
  const allowed = Object.keys(schema.properties).filter(
    (name) => !lustreFileSystem.attributes.includes(name),
  );
  const names = children(wanted.resource('FileSystem').properties).map(([name]) => name);
  expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
});
