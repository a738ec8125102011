/** examples/cdk with the package as it is published and the `cdk` command, in a folder of its own. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../templates/engine';
import { install, packedPackage, NETWORK, offline, ROOT } from './packed';

/** What the example's package.json asks a registry for. */
const FROM_THE_REGISTRY = ['aws-cdk-lib', 'constructs', 'aws-cdk', 'typescript'];
/** Under which other name the same package is installed here. */
const HERE: Readonly<Record<string, string>> = { typescript: '@typescript/native' };

let folder: string;
beforeAll(() => {
  folder = install(packedPackage());
}, 240_000);

describe('without the packages of the CDK', () => {
  test.each([
    ['CommonJS', ['-e', "require('pangea-lustre/cdk')"]],
    ['an ES module', ['--input-type=module', '-e', "import 'pangea-lustre/cdk'"]],
  ])('%s is told in a sentence what is missing', (_, words) => {
    const { code, err } = offline([process.execPath, ...words], { cwd: folder });
    expect(code).toBe(1);
    expect(err).toContain('pangea-lustre/cdk needs aws-cdk-lib and constructs beside it: npm install aws-cdk-lib constructs'); // oxfmt-ignore
    expect(err).not.toMatch(/^\s+at .*pangea-lustre/m);
  });

  test('the rest of the package works', () => {
    const words = ['-p', "require('pangea-lustre/rules').OFFERINGS.length"];
    expect(offline([process.execPath, ...words], { cwd: folder })).toMatchObject({ code: 0 });
  });
});

describe(`the example, ${NETWORK}`, () => {
  /** So that no test compiles the example a second time, nor starts the CDK's own validation. */
  const COMPILED = ['--app', 'node --enable-source-maps build/app.js', '--no-validation'];
  /** Runs `cdk synth`, as the example's page says. */
  const synth = (...words: readonly string[]) => {
    const cdk = join(folder, 'node_modules/.bin/cdk');
    const quiet = ['--quiet', '--no-notices', '--no-version-reporting', '--ci'];
    return offline([process.execPath, cdk, 'synth', ...quiet, ...words], { cwd: folder });
  };
  const template = (name: string): string =>
    readFileSync(join(folder, 'cdk.out', `${name}.template.json`), 'utf8');

  beforeAll(() => {
    for (const file of ['app.ts', 'cdk.json', 'tsconfig.json'])
      cpSync(join(ROOT, 'examples/cdk', file), join(folder, file));
    for (const name of FROM_THE_REGISTRY)
      symlinkSync(
        join(ROOT, 'node_modules', HERE[name] ?? name),
        join(folder, 'node_modules', name),
      );
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    for (const [bin, target] of [
      ['cdk', 'aws-cdk/bin/cdk'],
      ['tsc', 'typescript/bin/tsc'],
    ] as const)
      symlinkSync(`../${target}`, join(folder, 'node_modules/.bin', bin));
    process.env.CDK_DISABLE_CLI_TELEMETRY = 'true';
  });

  test('is written for what it asks for', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(ROOT, 'examples/cdk/package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const { 'pangea-lustre': own, ...others } = { ...dependencies, ...devDependencies };
    expect(own).toBe('file:../../build/npm');
    expect(Object.keys(others).sort()).toEqual(FROM_THE_REGISTRY.toSorted());
  });

  test('is compiled and synthesized, and AWS finds nothing in its templates', () => {
    const { code, err } = synth();
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).not.toMatch(/ERROR|WARNING/);
    expect(JSON.parse(template('Training'))).toMatchObject({
      Outputs: { MountCommand: { Value: { 'Fn::GetAtt': [expect.any(String), 'MountCommand'] } } },
    });
    const findingsOf = judge();
    for (const name of ['Training', 'Scratch']) {
      // The CDK passes W3005 over too: a dependency that a reference implies.
      const findings = findingsOf(template(name)).filter((finding) => !finding.includes('W3005'));
      expect(findings.filter((finding) => /Data|Scratch/.test(finding))).toEqual([]);
    }
  }, 240_000);

  test('what FSx would refuse fails it, with the construct, the fix and how to acknowledge it', () => {
    const { code, err } = synth(...COMPILED, '-c', 'capacity=5000');
    expect(code).toBe(1);
    expect(err).toContain('StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.'); // oxfmt-ignore
    expect(err).toContain('Scratch/Scratch');
    expect(err).toContain('StorageCapacity: 4800, or StorageCapacity: 7200');
    expect(err).toContain("Acknowledge with 'pangea-lustre::storage-capacity'");
    const lines = readFileSync(join(ROOT, 'examples/cdk/app.ts'), 'utf8').split('\n');
    const line = 1 + lines.findIndex((text) => text.includes("new CfnFileSystem(this, 'Scratch'"));
    // The place is that in the source.
    expect(err).toContain(`app.ts:${line}:`);
    expect(err).not.toMatch(/^\s+at /m);
  }, 120_000);

  test('a construct that is wrong fails it too', () => {
    const file = join(folder, 'build/app.js');
    const app = readFileSync(file, 'utf8');
    writeFileSync(file, app.replace('storageCapacity: 4800', 'storageCapacity: 4900'));
    const { code, err } = synth(...COMPILED);
    writeFileSync(file, app);
    expect(code).toBe(1);
    expect(err).toMatch(/\[Training\/Data\] StorageCapacity 4900 .*\[storage-capacity\]/);
  }, 120_000);

  test('a value that is none does not compile', () => {
    const app = readFileSync(join(ROOT, 'examples/cdk/app.ts'), 'utf8');
    // Of the CDK's index the compiler reads ten times as much.
    const wrong = app.replace("'PERSISTENT_2'", "'PERSISTENT_3'").replace("'aws-cdk-lib';", "'aws-cdk-lib/core';"); // oxfmt-ignore
    writeFileSync(join(folder, 'app.ts'), wrong);
    const { code, out, err } = synth();
    expect(code).toBe(1);
    expect(out + err).toContain('"PERSISTENT_3"');
  }, 240_000);
});
