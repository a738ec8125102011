/**
 * The examples, by AWS's own linter where it is installed; it is no dependency of ours. Of our type it checks nothing, only
 * what is beside it: test/templates has the engine that knows it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, ROOT } from './command';

const installed = spawnSync('cfn-lint', ['--version']).status === 0;
const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.yaml'));

/** Types that are newer than the linter: AWS added this one in September 2026. */
const NEWER = ":E3006:Resource type 'AWS::FSx::Backup' does not exist";

(installed ? test : test.skip)('cfn-lint finds nothing in the examples', () => {
  const schemas = folder({
    'pangea-fsx-lustrefilesystem.json': readFileSync(join(ROOT, 'schema.json'), 'utf8'),
  });
  const { status, stdout } = spawnSync(
    'cfn-lint',
    ['--format', 'parseable', '--registry-schemas', schemas, '--template', ...examples],
    { cwd: join(ROOT, 'examples'), encoding: 'utf8' },
  );
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
  const words = ['--format', 'parseable', '--include-checks', 'I', '--regions', ...regions];
  return spawnSync('cfn-lint', [...words, '--template', ...templates], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

(installed ? test : test.skip)(
  'cfn-lint finds nothing in the templates that register the type in eu-west-1, us-gov-west-1 and cn-north-1',
  () => {
    const { status, stdout } = lint(
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
(installed ? test : test.skip)(
  'cfn-lint finds nothing in the template of the Lambda Hook in eu-west-1 and us-east-1',
  () => {
    const { status, stdout } = lint(['eu-west-1', 'us-east-1'], ['deploy/hook.yaml']);
    expect([status, stdout]).toEqual([0, '']);
  },
);
