// Builds the function and writes what CloudFormation registers, as deploy/register.yaml takes it: one zip and its
// checksum in build/release. The same sources give the same bytes, whoever runs it and when.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';

/** Cold starts grow with the bundle, and this one has no reason to grow. */
const MOST_BYTES = 900_000;
/** Zips hold the local time of their files: the same local time, wherever. */
const MTIME = new Date(1980, 0, 1);

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(`${root}${path}`);
/** Files that everybody may read, as Lambda wants them. */
const zip = (files) => zipSync(files, { level: 9, mtime: MTIME, os: 3, attrs: 0o100644 * 2 ** 16 });

const { name, version } = JSON.parse(read('package.json'));
if (!read('CHANGELOG.md').includes(`## ${version} `)) {
  fail(`CHANGELOG.md has no heading "## ${version} - DATE": say what is new in this version.`);
}

execFileSync(process.execPath, [`${root}scripts/build.mjs`, 'TypeFunction'], { stdio: 'inherit' });
const bundle = read('build/TypeFunction/dist/handlers.js');
if (bundle.length > MOST_BYTES) {
  fail(`The bundle has ${bundle.length} bytes; at most ${MOST_BYTES} are allowed.`);
}

const schema = read('schema.json');
const { definitions, typeConfiguration, typeName } = JSON.parse(schema);
const release = zip({
  '.rpdk-config': read('.rpdk-config'),
  'schema.json': schema,
  // The registry takes the type configuration as a schema of its own.
  'configuration-schema.json': strToU8(
    JSON.stringify({ ...typeConfiguration, definitions, typeName }, null, 2),
  ),
  'ResourceProvider.zip': zip({ 'dist/handlers.js': bundle }),
});

const folder = `${root}build/release`;
const file = `${name}-${version}.zip`;
const checksum = createHash('sha256').update(release).digest('hex');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/${file}`, release);
writeFileSync(`${folder}/${file}.sha256`, `${checksum}  ${file}\n`);
console.log(`build/release/${file}: ${release.length} bytes, bundle ${bundle.length}`);
console.log(`sha256 ${checksum}`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
