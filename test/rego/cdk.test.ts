/** The rules in the CDK's own plugin, as manual/in-your-tools.md has it: an app in a process of its own, synthesized. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../templates/engine';

const MANUAL = readFileSync(join(ROOT, 'manual', 'in-your-tools.md'), 'utf8');

/** What the page has the reader paste into an app. */
const [, PASTED = ''] = /```ts\n(import[\s\S]*?)```/.exec(MANUAL) ?? [];

const folder = mkdtempSync(join(tmpdir(), 'lustre-cdk-'));

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** What the plugin reports of an app with two file systems that FSx would refuse. */
function synthesize(
  context: object,
  acknowledged?: string,
): { status: number | null; found: string[] } {
  const pasted = PASTED.replace(
    /import \{(.*)\} from '(.*)';/g,
    "const {$1} = require('$2');",
  ).replace('node_modules/pangea-lustre/pangea-lustre.rego', join(ROOT, 'pangea-lustre.rego'));
  const app = `
    const { App, CfnResource, Stack } = require('aws-cdk-lib');
    const { CfnFileSystem } = require('aws-cdk-lib/aws-fsx');
    const app = new App({ context: ${JSON.stringify(context)} });
    ${pasted}
    const stack = new Stack(app, 'Files', { env: { account: '123456789012', region: 'eu-west-1' } });
    const subnetIds = ['subnet-0123456789abcdef0'];
    const native = new CfnFileSystem(stack, 'Native', {
      fileSystemType: 'LUSTRE', subnetIds, storageCapacity: 1200,
      lustreConfiguration: { deploymentType: 'PERSISTENT_2', perUnitStorageThroughput: 200 },
    });
    new CfnResource(stack, 'Ours', {
      type: 'Pangea::FSx::LustreFileSystem',
      properties: { StorageCapacity: 1300, SubnetIds: subnetIds },
    });
    const id = ${JSON.stringify(acknowledged ?? '')};
    if (id) Validations.of(native).acknowledge({ id, reason: 'a test' });
    app.synth();`;
  const out = mkdtempSync(join(folder, 'out-'));
  const { status } = spawnSync(process.execPath, ['-e', app], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: out },
  });
  const report = JSON.parse(readFileSync(join(out, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly { violations: readonly Violation[] }[];
  };
  const found = report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, severity, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${severity} ${ruleName} ${constructPath}`),
    ),
  );
  return { status, found: found.filter((line) => line.includes('pangea-lustre')).sort() };
}

test('both types are found by construct, as warnings', () => {
  expect(synthesize({})).toEqual({
    status: 0,
    found: [
      'warning pangea-lustre.storage-capacity Files/Ours',
      'warning pangea-lustre.throughput-tier Files/Native',
    ],
  });
});

test('with the flag of the CDK they are errors and end the synthesis, but for what is acknowledged', () => {
  const flag = { '@aws-cdk/core:validateAgainstDefaultRules': true };
  const { status, found } = synthesize(
    flag,
    'CloudFormation-Validate::pangea-lustre.throughput-tier',
  );
  expect(found).toEqual(['error pangea-lustre.storage-capacity Files/Ours']);
  expect(status).not.toBe(0);
});
