/** AWS's validation engine finds nothing in any template that people are given. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { fstabLine, NETWORK_UNITS } from '../../src/lustre/clients/mounting';
import { judge, ROOT } from './engine';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const isTemplate = (file: string): boolean => /^Resources:$/m.test(read(file));
const files = ['examples', 'deploy'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    // Those are programs, with what their tools read.
    .filter((file) => /\.(ya?ml|json)$/.test(file) && !/^(cdk|typescript)\//.test(file))
    .map((file) => `${folder}/${file}`),
);
const templates = [...files.filter(isTemplate), 'resource-role.yaml', 'template.yml'];
const isRefused = (file: string): boolean => file.startsWith('examples/errors/');

const findings = judge();

test('only what is for other tools is no template', () => {
  expect(files.filter((file) => !isTemplate(file)).sort()).toEqual([
    'examples/eks/persistent-volume.yaml',
    'examples/parallelcluster/cluster.yaml',
  ]);
});

/**
 * A parameter that may stay empty, and what is made only where it does: the engine looks at neither the condition that
 * guards a Ref nor that of the Fn::If around it.
 */
const GUARDED: Readonly<Partial<Record<string, RegExp>>> = {
  'deploy/register.yaml':
    /^WARN (W1030 .*\b(ExecutionRoleArn|LogDeliveryRoleArn|ConfigurationRoleArn|PermissionsBoundary)\b.* default '' |W1001 .*CreatesExecutionRole)/,
  'deploy/hook.yaml': /^WARN W1030 .*\bPermissionsBoundary\b.* default '' /,
};

test.each(templates.filter((file) => !isRefused(file)))('%s', (file) => {
  const guarded = GUARDED[file];
  expect(findings(read(file)).filter((finding) => !guarded?.test(finding))).toEqual([]);
});

test('a line of fstab is that of the manual for Amazon Linux 2023, which the instances run', () => {
  const lines = templates.flatMap((file) =>
    [...read(file).matchAll(/echo '(.*)' >> \/etc\/fstab/g)].map(([, line]) => line),
  );
  const [{ unit }] = NETWORK_UNITS;
  const names = { dnsName: '${DnsName}', mountName: '${MountName}' };
  const line = fstabLine({ ...names, directory: '/scratch', unit });
  expect(lines).toEqual([line, line, line]);
});

test('of what FSx refuses, it finds what the schema alone tells', () => {
  const found = templates
    .filter(isRefused)
    .map((file) => [file, findings(read(file))] as const)
    .filter(([, list]) => list.length > 0);
  expect(found).toEqual([
    [
      'examples/errors/two-subnets.yaml',
      ['FATAL F3032 FileSystem Properties.SubnetIds: expected maximum item count: 1, found: 2'],
    ],
  ]);
});

test('what examples/typescript/write-template.mts writes', () => {
  // The package's own name stands for its sources (tsconfig.json).
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['examples/typescript/write-template.mts'],
    bundle: true,
    platform: 'node',
    write: false,
  });
  const input = outputFiles[0]?.text;
  const template = execFileSync(process.execPath, ['-'], { cwd: ROOT, input, encoding: 'utf8' });
  expect(findings(template)).toEqual([]);
});
