/** The package for npm: what is bundled, its types, and the texts that go with it. It depends on nothing. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { REPOSITORY } from '../src/review/manual';
import { NOTICES, notices, packagesIn } from './bundled';

/** What may be imported, by its name behind that of the package, and the targets of scripts/build.mjs that hold it. */
const ENTRIES = [
  { name: '.', source: 'src/index.ts', bundle: 'package' },
  // A module of ES too: bundlers omit what a web page does not use.
  { name: './rules', source: 'src/rules.ts', bundle: 'package', module: 'modules' },
  { name: './cdk', source: 'src/cdk/index.ts', bundle: 'cdk' },
] as const;

const TARGETS = ENTRIES.flatMap((entry) => [
  entry.bundle,
  ...('module' in entry ? [entry.module] : []),
]);

interface Row {
  /** A file or folder of the repository. */
  readonly from: string;
  /** Its path in the package; the same where it is omitted. */
  readonly to?: string;
  /** The target of scripts/build.mjs that writes it, of which licenses are told. */
  readonly target?: string;
  /** Whether its path may be imported. */
  readonly isExported?: boolean;
}

/** What is copied beside the entries. Another file of the package is another row. */
const ROWS: readonly Row[] = [
  { from: 'build/cli', to: 'cli', target: 'cli' },
  { from: 'build/planner', to: 'planner', target: 'planner' },
  // What `pangea-lustre local` runs, and the functions behind its Lambda endpoint.
  { from: 'build/local/main.js', to: 'local/main.js', target: 'local' },
  { from: 'build/TypeFunction', to: 'TypeFunction', target: 'TypeFunction' },
  { from: 'build/hook', to: 'hook', target: 'hook' },
  { from: 'pangea-lustre.rego', isExported: true },
  { from: 'integrations/cfn-lint/pangea_lustre.py' },
  // In a folder of its own, because cfn-lint takes each file of the folder for a schema.
  { from: 'schema.json', to: 'integrations/cfn-lint/schemas/pangea-fsx-lustrefilesystem.json' },
  { from: 'npm/README.md', to: 'README.md' },
  { from: 'CHANGELOG.md' },
  { from: 'LICENSE' },
];

const MARKDOWN_LINK = /(\]\()([^)\s]+)(\))/g;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Writes the package into a folder, which is emptied. scripts/build.mjs must have run for `cli`, `planner`
 * and `package`.
 * @param root The folder of the repository.
 * @throws Error where a file is missing, or something is bundled whose license is not known.
 */
export function writeNpmPackage(root: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const row of ROWS) copy(root, folder, row);
  writeEntries(root, folder);
  const targets = [...TARGETS, ...ROWS.flatMap(({ target }) => target ?? [])];
  // Under one name, for whoever lists what the package holds.
  writeFileSync(join(root, 'build/bundled/npm.json'), JSON.stringify(packagesIn(root, targets)));
  writeFileSync(join(folder, NOTICES), notices(root, ['npm']));
  const manifest = packageJson(json(join(root, 'package.json')) as Manifest, peersIn(root));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function copy(root: string, folder: string, { from, to = from }: Row): void {
  const target = join(folder, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, from), target, { recursive: true });
  if (to.endsWith('.md')) writeFileSync(target, withLinks(readFileSync(target, 'utf8'), from));
}

/** A text with its links to files of the repository put right: into the package, where it has them. */
function withLinks(text: string, from: string): string {
  return text.replace(MARKDOWN_LINK, (whole: string, open: string, link: string, close: string) => {
    if (/^(#|[a-z]+:)/.test(link) || link === NOTICES) return whole;
    const [path = '', anchor] = link.split('#');
    const file = posix.normalize(posix.join(posix.dirname(from), path));
    const packed = ROWS.find((row) => row.from === file);
    const address = packed ? (packed.to ?? packed.from) : `${REPOSITORY}/blob/main/${file}`;
    return `${open}${address}${anchor === undefined ? '' : `#${anchor}`}${close}`;
  });
}

/** The bundles, and their types: each a file of its own, in which nothing names a file of the sources. */
function writeEntries(root: string, folder: string): void {
  // Together they would be looked through for each other's types: the CDK has very many.
  for (const bundle of new Set(ENTRIES.map((entry) => entry.bundle))) {
    const entries = ENTRIES.filter((entry) => entry.bundle === bundle);
    const types = typesOf(
      root,
      entries.map(({ source }) => source),
    );
    for (const [index, entry] of entries.entries())
      writeEntry(root, folder, entry, types[index] ?? '');
  }
}

const typesOf = (root: string, sources: readonly string[]): string[] =>
  generateDtsBundle(
    sources.map((source) => ({
      filePath: join(root, source),
      // `tsc -b` has checked them.
      noCheck: true,
      output: { exportReferencedTypes: false, noBanner: true },
    })),
    { preferredConfigPath: join(root, 'tsconfig.package.json') },
  );

function writeEntry(
  root: string,
  folder: string,
  entry: (typeof ENTRIES)[number],
  types: string,
): void {
  const name = fileOf(entry.name);
  copyFileSync(join(root, `build/${entry.bundle}/${name}.js`), join(folder, `${name}.js`));
  writeFileSync(join(folder, `${name}.d.ts`), types);
  if (!('module' in entry)) return;
  copyFileSync(join(root, `build/${entry.module}/${name}.mjs`), join(folder, `${name}.mjs`));
  // TypeScript takes .d.ts for the types of a CommonJS file.
  writeFileSync(join(folder, `${name}.d.mts`), types);
}

const fileOf = (name: string): string => (name === '.' ? 'index' : name.slice('./'.length));

/** The CDK that the tests run, and what that needs itself. */
function peersIn(root: string): Readonly<Record<string, string>> {
  const cdk = json(join(root, 'node_modules/aws-cdk-lib/package.json')) as Manifest;
  return {
    'aws-cdk-lib': `^${cdk.version}`,
    constructs: cdk.peerDependencies.constructs ?? '*',
  };
}

function packageJson(
  { version, license, engines }: Manifest,
  peers: Readonly<Record<string, string>>,
): object {
  return {
    name: 'pangea-lustre',
    version,
    description:
      'Amazon FSx for Lustre in CloudFormation templates and CDK apps: what FSx would refuse, what it costs, what an update does',
    keywords: ['aws', 'fsx', 'lustre', 'cloudformation', 'cdk', 'lint', 'cost'],
    license,
    homepage: `${REPOSITORY}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: 'git', url: `git+${REPOSITORY}.git` },
    engines,
    type: 'commonjs',
    sideEffects: false,
    bin: { 'pangea-lustre': 'cli/pangea-lustre.js' },
    main: './index.js',
    types: './index.d.ts',
    exports: {
      ...Object.fromEntries(ENTRIES.map((entry) => [entry.name, conditions(entry)])),
      ...Object.fromEntries(
        ROWS.filter(({ isExported }) => isExported).map(({ from, to = from }) => [
          `./${to}`,
          `./${to}`,
        ]),
      ),
      './package.json': './package.json',
    },
    peerDependencies: peers,
    peerDependenciesMeta: {
      'aws-cdk-lib': { optional: true },
      constructs: { optional: true },
    },
  };
}

function conditions(entry: (typeof ENTRIES)[number]): object {
  const name = fileOf(entry.name);
  const common = { types: `./${name}.d.ts`, default: `./${name}.js` };
  return 'module' in entry
    ? { import: { types: `./${name}.d.mts`, default: `./${name}.mjs` }, require: common }
    : common;
}
