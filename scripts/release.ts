/**
 * `npm run release`: writes what a release consists of into build/release: the package that deploy/register.yaml takes, and
 * the package for npm, each with its checksum and its bill of materials.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { billOfMaterials, notices } from './bundled';
import { registryPackage } from './package';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'build/release');
/** The cheapest set: CloudFormation's own contract tests, before a type is published, create what it says. */
const INPUTS = ['create', 'update', 'invalid'].map((kind) => `inputs_1_${kind}.json`);

const read = (path: string): Buffer => readFileSync(join(ROOT, path));

function release(): void {
  const { name, version } = JSON.parse(read('package.json').toString()) as Record<
    'name' | 'version',
    string
  >;
  if (!read('CHANGELOG.md').includes(`## ${version} - `)) {
    throw new Error(`CHANGELOG.md has no heading "## ${version} - DATE": say what is new.`);
  }
  execFileSync('npm', ['run', '--silent', 'package'], { cwd: ROOT, stdio: 'inherit' });
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'TypeFunction'], {
    stdio: 'inherit',
  });
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const bundle = read('build/TypeFunction/dist/handlers.js');
  const zip = `${name}-${version}.zip`;
  const sources = {
    config: read('.rpdk-config'),
    schema: read('schema.json'),
    bundle,
    notices: Buffer.from(notices(ROOT, ['TypeFunction'])),
    inputs: Object.fromEntries(INPUTS.map((file) => [file, read(`inputs/${file}`)])),
  };
  writeFileSync(join(FOLDER, zip), registryPackage(sources));
  describe(zip, ['TypeFunction'], { name, version });

  const tarball = `pangea-lustre-${version}.tgz`;
  copyFileSync(join(ROOT, 'build', tarball), join(FOLDER, tarball));
  describe(tarball, ['npm'], { name: 'pangea-lustre', version });
}

/** Writes the checksum and the bill of materials of a file, and tells both. */
function describe(
  file: string,
  targets: readonly string[],
  shipped: { name: string; version: string },
): void {
  const bytes = readFileSync(join(FOLDER, file));
  const checksum = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(FOLDER, `${file}.sha256`), `${checksum}  ${file}\n`);
  writeFileSync(join(FOLDER, `${file}.cdx.json`), billOfMaterials(ROOT, targets, shipped));
  console.log(`build/release/${file}: ${bytes.length} bytes\nsha256 ${checksum}`);
}

try {
  release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
