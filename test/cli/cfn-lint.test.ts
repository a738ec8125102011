/**
 * The examples, by AWS's own linter where it is installed; it is no dependency of ours. Of our type it checks nothing, only
 * what is beside it: test/templates has the engine that knows it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cfnLint, isInstalled } from '../integrations/linter';
import { folder, ROOT } from './command';

const withLinter = isInstalled ? test : test.skip;

const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.yaml'));

/** Types that are newer than the linter: AWS added this one in September 2026. */
const NEWER = ":E3006:Resource type 'AWS::FSx::Backup' does not exist";

withLinter('cfn-lint finds nothing in the examples', async () => {
  const schemas = folder({
    'pangea-fsx-lustrefilesystem.json': readFileSync(join(ROOT, 'schema.json'), 'utf8'),
  });
  const { status, stdout } = await cfnLint({
    cwd: join(ROOT, 'examples'),
    words: ['--registry-schemas', schemas, '--template', ...examples],
  });
  const found = stdout
    .split('\n')
    .filter(
      (line) =>
        line !== '' && !line.includes(":E3006:Resource type 'AWS::FSx::Backup' does not exist"),
    );
  expect(found).toEqual([]);
  // 1 would be that it failed.
  expect(status).not.toBe(1);
});

/** What the linter says of templates in regions, which it looks at in one run. */
function lint(regions: readonly string[], templates: readonly string[]) {
  const words = ['--include-checks', 'I', '--regions', ...regions, '--template', ...templates];
  return cfnLint({ cwd: ROOT, words });
}

withLinter(
  'cfn-lint finds nothing in the templates that register the type in eu-west-1, us-gov-west-1 and cn-north-1',
  async () => {
    const { status, stdout } = await lint(
      ['eu-west-1', 'us-gov-west-1', 'cn-north-1'],
      ['deploy/register.yaml', 'deploy/prerequisites.yaml', 'resource-role.yaml'],
    );
    const found = stdout.split('\n').filter((line) => line !== '' && !line.includes(NEWER));
    expect(found).toEqual([]);
    // 1 would be that it failed.
    expect(status).not.toBe(1);
  },
);

// By its schemas, GovCloud and China have no AWS::CloudFormation::LambdaHook.
withLinter(
  'cfn-lint finds nothing in the template of the Lambda Hook in eu-west-1 and us-east-1',
  async () => {
    const { status, stdout } = await lint(['eu-west-1', 'us-east-1'], ['deploy/hook.yaml']);
    expect([status, stdout]).toEqual([0, '']);
  },
);
