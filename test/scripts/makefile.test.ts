/** What the targets of the Makefile that need an account would run. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The commands, on one line each. */
function planned(...words: string[]): string {
  const cwd = join(__dirname, '..', '..');
  // Not those of the `make test` that may run this.
  const env = { ...process.env, MAKEFLAGS: '', MFLAGS: '' };
  const plan = execFileSync('make', ['--dry-run', '--no-print-directory', ...words], {
    ...{ cwd, env },
  });
  return plan
    .toString()
    .replace(/\\\n\s*/g, '')
    .replace(/ +/g, ' ');
}

test.each([
  [['submit'], '--stack-name pangea-fsx-lustrefilesystem-execution-role'],
  [['submit'], 'cfn submit --set-default --region eu-west-1 --role-arn "$(aws cloudformation '],
  [
    ['submit', 'ROLE=arn:role'],
    'cfn submit --set-default --region eu-west-1 --role-arn "arn:role"\n',
  ],
  [['prune'], 'npm run --silent prune -- --region eu-west-1 \n'],
  [['prune', 'KEEP=9'], 'prune -- --region eu-west-1 --keep 9\n'],
  [['role'], '--stack-name pangea-fsx-lustrefilesystem-execution-role'],
  [['role', 'PARAMETERS=S3Buckets=one,two'], '--parameter-overrides Package= S3Buckets=one,two\n'],
  [
    ['register', 'BUCKET=artifacts', 'PARAMETERS=S3Buckets=one RolePath=/platform/'],
    '--parameter-overrides Package=$package S3Buckets=one RolePath=/platform/\n',
  ],
  [['live', 'SUBNET=subnet-1'], 'live -- --region eu-west-1 --subnet subnet-1 '],
  [
    [
      'live',
      'SUBNET=subnet-1',
      'WITH=s3,kms',
      'BUCKET=data',
      'KEY=alias/a',
      'DEPLOYMENT=PERSISTENT_1',
    ],
    '--subnet subnet-1 --with s3,kms --bucket data --key alias/a --deployment PERSISTENT_1\n',
  ],
])('make %j', (words, command) => {
  expect(planned('REGION=eu-west-1', ...words)).toContain(command);
});

test('make submit with a ROLE deploys none of its own', () => {
  expect(planned('submit', 'REGION=eu-west-1', 'ROLE=arn:role')).not.toContain('deploy --region');
});

test('make demo may name a template with a space', () => {
  expect(planned('demo', 'TEMPLATE=my templates/lustre.yaml')).toContain(
    'npm run --silent demo -- "my templates/lustre.yaml"',
  );
  expect(planned('demo')).toContain('npm run --silent demo -- ||');
});

test('`sam build` may name a folder with a space', () => {
  const plan = planned('build-TypeFunction', 'ARTIFACTS_DIR=/a folder/of SAM');
  expect(plan).toContain('mkdir -p "/a folder/of SAM"');
  expect(plan).toContain('cp -R build/TypeFunction/dist "/a folder/of SAM/"');
});
