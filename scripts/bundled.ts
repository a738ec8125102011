/** What our bundles hold of other people's packages: their licenses, and a bill of materials. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file that has the licenses, beside each bundle that is shipped. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The folders of the packages that these targets of scripts/build.mjs hold parts of. */
export function packagesIn(root: string, targets: readonly string[]): readonly string[] {
  const packages = targets.flatMap(
    (target) => json(join(root, `build/bundled/${target}.json`)) as string[],
  );
  return [...new Set(packages)].sort();
}

const manifestOf = (root: string, path: string): Manifest =>
  json(join(root, path, 'package.json')) as Manifest;

function licenseText(root: string, path: string): string | undefined {
  const file = readdirSync(join(root, path)).find((each) => /^licen[cs]e/i.test(each));
  return file === undefined ? undefined : readFileSync(join(root, path, file), 'utf8');
}

/** Licenses whose text is the same in every package, for packages that name it and have no file of it. */
const STANDARD: Readonly<Record<string, (root: string) => string>> = {
  'Apache-2.0': (root) => readFileSync(join(root, 'LICENSE'), 'utf8'),
};

/**
 * The licenses of what is bundled.
 * @throws Error where something is bundled whose license is not known.
 */
export function notices(root: string, targets: readonly string[]): string {
  const parts = packagesIn(root, targets).map((path) => {
    const { name, version, license } = manifestOf(root, path);
    const text = licenseText(root, path) ?? STANDARD[license]?.(root);
    if (text === undefined) throw new Error(`${path} is bundled and has no file with its license.`);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  const line = `${'-'.repeat(72)}\n\n`;
  return ['This holds parts of the following packages.\n', ...parts].join(`\n${line}`);
}

/** A CycloneDX bill of materials, as npm writes it. https://cyclonedx.org/docs/1.5/json/ */
interface Bill {
  serialNumber: string;
  metadata: { timestamp?: string; component: object };
  components: readonly { readonly 'bom-ref': string }[];
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The CycloneDX bill of materials of something that is shipped: npm's, of what is bundled alone. The same bytes for the same
 * lock file and bundles.
 * @param shipped Its name and version.
 */
export function billOfMaterials(
  root: string,
  targets: readonly string[],
  shipped: Pick<Manifest, 'name' | 'version'>,
): string {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
  const told = execFileSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const bill = JSON.parse(told) as Bill;
  const { name, version } = shipped;
  const refs = new Set(
    packagesIn(root, targets).map((path) => {
      const manifest = manifestOf(root, path);
      return `${manifest.name}@${manifest.version}`;
    }),
  );
  const own = `${name}@${version}`;
  const metadata = { ...bill.metadata };
  // The time of the release is not one of its ingredients.
  delete metadata.timestamp;
  const kept = {
    ...bill,
    metadata: {
      ...metadata,
      component: {
        'bom-ref': own,
        type: 'library',
        ...{ name, version },
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: bill.components.filter((component) => refs.has(component['bom-ref'])),
    dependencies: [{ ref: own, dependsOn: [...refs].sort() }],
  };
  const missing = [...refs].filter(
    (ref) => !kept.components.some((component) => component['bom-ref'] === ref),
  );
  if (missing.length > 0) throw new Error(`npm does not list ${missing.join(', ')}.`);
  return `${JSON.stringify({ ...kept, serialNumber: serialOf(kept.components, own) }, undefined, 2)}\n`;
}

/** A UUID that follows from what is listed. */
function serialOf(components: readonly object[], own: string): string {
  const hash = createHash('sha256').update(own).update(JSON.stringify(components)).digest('hex');
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`];
  return `urn:uuid:${[...parts, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-')}`;
}
