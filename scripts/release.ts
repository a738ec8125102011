/**
 * `npm run release`: builds the function and writes the package that deploy/register.yaml takes, with its checksum, into
 * build/release.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { registryPackage } from './package';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'build/release');
const read = (path: string): Buffer => readFileSync(join(ROOT, path));

function release(): void {
  const { name, version } = JSON.parse(read('package.json').toString()) as Record<
    'name' | 'version',
    string
  >;
  if (!read('CHANGELOG.md').includes(`## ${version} - `)) {
    throw new Error(`CHANGELOG.md has no heading "## ${version} - DATE": say what is new.`);
  }
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'TypeFunction'], {
    stdio: 'inherit',
  });
  const bundle = read('build/TypeFunction/dist/handlers.js');
  const zip = registryPackage({
    config: read('.rpdk-config'),
    schema: read('schema.json'),
    bundle,
  });

  const file = `${name}-${version}.zip`;
  const checksum = createHash('sha256').update(zip).digest('hex');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, file), zip);
  writeFileSync(join(FOLDER, `${file}.sha256`), `${checksum}  ${file}\n`);
  console.log(`build/release/${file}: ${zip.length} bytes, bundle ${bundle.length}`);
  console.log(`sha256 ${checksum}`);
}

try {
  release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
