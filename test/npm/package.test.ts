/** What `npm install pangea-lustre` brings: the package as it is published, in folders that have nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeFileSystemsCommand, FSxClient } from '@aws-sdk/client-fsx';
import { buildSync } from 'esbuild';
import { COMMANDS } from '../../src/cli/commands';
import { version } from '../../package.json';
import { REPOSITORY } from '../../src/review/manual';
import { install, packedPackage, NETWORK, offline, offNetwork, ROOT, type Packed } from './packed';

const WRONG = [
  'Resources:',
  '  Fs:',
  '    Type: AWS::FSx::FileSystem',
  '    Properties:',
  '      FileSystemType: LUSTRE',
  '      StorageCapacity: 5000',
  '      SubnetIds: [subnet-0a1b2c3d4e5f60718]',
  '      LustreConfiguration: { DeploymentType: SCRATCH_2 }',
  '',
].join('\n');
const RIGHT = WRONG.replace('5000', '4800');

const PROGRAM = [
  "import { lustreFileSystem, InvalidFileSystem, type FileSystemProperties } from 'pangea-lustre';",
  "import { checkTemplate, diffTemplates, OFFERINGS, type Finding } from 'pangea-lustre/rules';",
  'const properties: FileSystemProperties = { StorageCapacity: 4800, SubnetIds: [{ Ref: "Subnet" }] };',
  'const cost: number | undefined = lustreFileSystem("Fs", properties).estimates.monthlyCost;',
  'const findings: readonly Finding[] = checkTemplate("Resources: {}").findings;',
  'const [first] = diffTemplates("Resources: {}", "Resources: {}", { region: "eu-west-1" }).changes;',
  'const loss: boolean | undefined = first?.dataLoss;',
  '// @ts-expect-error -- no such value',
  'const refused = () => lustreFileSystem("Fs", { ...properties, DeploymentType: "SCRATCH_3" });',
  '// @ts-expect-error -- text, not an object',
  'export const alsoRefused = () => checkTemplate({ Resources: {} });',
  'console.log(cost, findings.length, loss, OFFERINGS.length, InvalidFileSystem.name, refused.length);',
  '',
].join('\n');
const PRINTED = '672 0 undefined 6 InvalidFileSystem 0\n';

let packed: Packed;
let folder: string;
beforeAll(() => {
  packed = packedPackage();
  folder = install(packed, {
    'wrong.yaml': WRONG,
    'right.yaml': RIGHT,
    'commonjs.cts': PROGRAM,
    'module.mts': PROGRAM,
    'plain.ts': PROGRAM,
  });
}, 240_000);

const files = (): string[] =>
  readdirSync(packed.folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(packed.folder, file)).isFile(),
  );
const text = (file: string): string => readFileSync(join(packed.folder, file), 'utf8');
const manifest = () => JSON.parse(text('package.json')) as Record<string, never>;

test('one package is added, of less than 1.6 MB to download', () => {
  const modules = join(folder, 'node_modules');
  expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['pangea-lustre']);
  expect(existsSync(join(modules, 'pangea-lustre/node_modules'))).toBe(false);
  expect(statSync(packed.tarball).size).toBeLessThan(1_600_000);
});

test('it has the version and the engines of the type, depends on nothing, and may be published', () => {
  expect(packed.tarball).toMatch(new RegExp(`/pangea-lustre-${version}\\.tgz$`));
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object;
  expect(root).toMatchObject({ private: true });
  const own = manifest();
  expect(own).toMatchObject({ name: 'pangea-lustre', version, license: 'Apache-2.0' });
  expect(own).toHaveProperty('engines', (root as Record<string, unknown>).engines);
  for (const name of ['private', 'dependencies', 'scripts', 'devDependencies'])
    expect(own).not.toHaveProperty(name);
});

test('npm publish would go through', () => {
  const cache = mkdtempSync(join(tmpdir(), 'npm-cache-'));
  // `npm test --silent` would silence this npm as well.
  const flags = ['--dry-run', '--offline', '--loglevel', 'notice', '--cache', cache];
  const words = ['publish', ...flags, packed.folder];
  const { code, err } = offline(['npm', ...words], { cwd: folder });
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(err).toContain('(dry-run)');
  // npm corrects what it does not like, and says so.
  expect(err).not.toMatch(/auto-corrected|invalid|errors corrected/i);
});

test('what the manifest names is there, and what is there is meant to be', () => {
  const { exports, bin } = manifest() as unknown as Record<'exports' | 'bin', object>;
  const named = [...JSON.stringify([exports, bin]).matchAll(/"((?:\.\/|cli\/)[^"]*\.\w+)"/g)].map(
    ([, file = '']) => file.replace('./', ''),
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((file) => !existsSync(join(packed.folder, file)))).toEqual([]);
  expect(files().filter((file) => /\.ts$|\.map$|test|node_modules/.test(file) && !/\.d\.m?ts$/.test(file))).toEqual([]); // oxfmt-ignore
});

test.each([
  ['pangea-lustre.rego', 'pangea-lustre.rego'],
  ['integrations/cfn-lint/pangea_lustre.py', 'integrations/cfn-lint/pangea_lustre.py'],
  ['schema.json', 'integrations/cfn-lint/schemas/pangea-fsx-lustrefilesystem.json'],
  ['build/planner/index.html', 'planner/index.html'],
  ['LICENSE', 'LICENSE'],
])('%s comes along as the repository has it', (source, name) => {
  expect(text(name)).toBe(readFileSync(join(ROOT, source), 'utf8'));
});

test('its README says that it is not published, and nowhere asks npm for the name', () => {
  expect(text('README.md')).toContain('This package is not published');
  expect(text('README.md')).not.toMatch(
    /npx (-y |--yes )?pangea-lustre|npm install[^`\n]* pangea-lustre\b/,
  );
});

test('every link of its texts leads into the package or to a file of the repository', () => {
  const repository = `${REPOSITORY}/blob/main/`;
  const links = ['README.md', 'CHANGELOG.md'].flatMap((file) =>
    [...text(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link),
  );
  expect(links.length).toBeGreaterThan(10);
  const broken = links.filter((link) => {
    const [path = ''] = link.split('#');
    if (path.startsWith(repository)) return !existsSync(join(ROOT, path.slice(repository.length)));
    if (/^[a-z]+:/.test(path)) return false;
    return !existsSync(join(packed.folder, path));
  });
  expect(broken).toEqual([]);
});

test('the address of the repository stands in one file of the sources', () => {
  const sources = ['src', 'scripts', 'local'].flatMap((name) =>
    readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.m?ts$/.test(file))
      .map((file) => join(name, file)),
  );
  expect(sources.length).toBeGreaterThan(100);
  const holding = sources.filter((file) =>
    readFileSync(join(ROOT, file), 'utf8').includes(REPOSITORY),
  );
  expect(holding).toEqual(['src/review/manual.ts']);
  const extension = readFileSync(join(ROOT, 'editors/vscode/package.json'), 'utf8');
  expect(JSON.parse(extension)).toHaveProperty('repository.url', `${REPOSITORY}.git`);
});

test('of every package that is bundled there is the license', () => {
  const notices = text('THIRD-PARTY-NOTICES.txt');
  const targets = ['cli', 'planner', 'local', 'TypeFunction', 'hook', 'package', 'modules', 'cdk'];
  const bundled = targets.flatMap((target) => {
    const list = readFileSync(join(ROOT, `build/bundled/${target}.json`), 'utf8');
    return JSON.parse(list) as string[];
  });
  expect(bundled).toContain('node_modules/yaml');
  for (const path of new Set(bundled)) {
    const own = readFileSync(join(ROOT, path, 'package.json'), 'utf8');
    const { name, version: its, license } = JSON.parse(own) as Record<string, string>;
    expect(notices).toContain(`${name ?? ''} ${its ?? ''} (${license ?? ''})`);
  }
  expect(notices).toContain('Permission to use, copy, modify, and/or distribute this software');
});

describe(`the command runs ${NETWORK}`, () => {
  const run = (...words: readonly string[]) =>
    offline([process.execPath, join(folder, 'node_modules/.bin/pangea-lustre'), ...words], {
      cwd: folder,
    });

  test.each<[string, number, RegExp, readonly string[]]>([
    [
      'check',
      1,
      /^wrong\.yaml\n {2}6:7 error Fs [^]*StorageCapacity 5000 is not valid [^]*nearest 4800 or 7200/,
      ['wrong.yaml'],
    ],
    ['check', 0, /1 file system/, ['right.yaml']],
    ['estimate', 0, /672\.00/, ['right.yaml']],
    ['advise', 0, /PERSISTENT_2/, ['--capacity', '20TiB', '--throughput', '4GB/s']],
    ['convert', 0, /Pangea::FSx::LustreFileSystem/, ['right.yaml']],
    ['diff', 0, /nothing changes/, ['right.yaml', 'right.yaml']],
  ])('%s ends with %i', (command, code, out, words) => {
    const ran = run(command, ...words);
    expect(ran.out + ran.err).toMatch(out);
    expect(ran.code).toBe(code);
  });

  test('planner has its page beside it', () => {
    const { code, out } = run('planner', '--print');
    expect(code).toBe(0);
    expect(out.trim()).toBe(
      realpathSync(join(folder, 'node_modules/pangea-lustre/planner/index.html')),
    );
    expect(readFileSync(out.trim(), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  test.each(['json', 'rego'])('rules are written as %s', (format) => {
    const { code, out } = run('rules', '--format', format);
    expect(code).toBe(0);
    expect(
      format === 'rego' ? out === text('pangea-lustre.rego') : Array.isArray(JSON.parse(out)),
    ).toBe(true);
  });

  test('lsp answers an editor', async () => {
    const message = (content: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    const textDocument = { uri: 'file:///a.yaml', languageId: 'yaml', version: 1, text: WRONG };
    const capabilities = {};
    const opening = [
      { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities } },
      { method: 'initialized', params: {} },
      { method: 'textDocument/didOpen', params: { textDocument } },
    ];
    const command = join(folder, 'node_modules/.bin/pangea-lustre');
    const [program, ...words] = offNetwork([process.execPath, command, 'lsp', '--stdio']);
    const server = spawn(program, words, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(server, 'exit');
    server.stdin.write(opening.map(message).join(''));
    let told = '';
    for await (const part of server.stdout.setEncoding('utf8')) {
      const before = told;
      told += String(part);
      const hasNow = (text: string): boolean => told.includes(text) && !before.includes(text);
      if (hasNow('a multiple of 2400')) server.stdin.write(message({ id: 2, method: 'shutdown' }));
      if (hasNow('"id":2')) server.stdin.write(message({ method: 'exit' }));
    }
    expect(told).toContain('"serverInfo":{"name":"pangea-lustre"');
    expect(await ended).toEqual([0, null]);
  });

  test.each(Object.keys(COMMANDS))('%s has help', (command) => {
    const { code, out } = run(command, '--help');
    expect(out).toContain(`Usage: pangea-lustre ${command}`);
    expect(code).toBe(0);
  });

  test('local serves FSx, the type and the hook, from no clone, until it is interrupted', async () => {
    const command = join(folder, 'node_modules/.bin/pangea-lustre');
    const words = ['local', '--fsx-port', '0', '--lambda-port', '0', '--time-scale', '600'];
    const child = spawn(process.execPath, [command, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      let out = '';
      for await (const chunk of child.stdout) {
        out += String(chunk);
        if (out.includes('\n')) break;
      }
      const [, fsx = '', lambda = ''] = /^ready: FSx (\S+), Lambda (\S+), time x 600\n$/.exec(out) ?? []; // oxfmt-ignore
      const client = new FSxClient({ endpoint: fsx, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }); // oxfmt-ignore
      expect(await client.send(new DescribeFileSystemsCommand({}))).toMatchObject({
        FileSystems: [],
      });
      client.destroy();
      const invoke = async (name: string): Promise<unknown> => {
        const address = `${lambda}/2015-03-31/functions/${name}/invocations`;
        return (await fetch(address, { method: 'POST', body: '{}' })).json();
      };
      expect(await invoke('TypeFunction')).toMatchObject({ errorCode: 'InvalidRequest' });
      expect(await invoke('HookFunction')).toMatchObject({ hookStatus: 'SUCCESS' });
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('it tells its version', () => {
    expect(run('--version')).toMatchObject({ code: 0, out: `${version}\n` });
  });
});

describe('the types', () => {
  /** What the compiler says, with the types of the package checked too. */
  const compile = (
    module: string,
    moduleResolution: string,
    compiler = '@typescript/native/bin/tsc',
  ) => {
    const compilerOptions = {
      ...{ strict: true, target: 'es2022', lib: ['es2023', 'dom'], types: [] },
      skipDefaultLibCheck: true,
      ...{ module, moduleResolution, rootDir: '.', outDir: 'compiled' },
    };
    const project = { compilerOptions, files: ['commonjs.cts', 'module.mts', 'plain.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
    const words = [join(ROOT, 'node_modules', compiler), '-p', '.'];
    return offline([process.execPath, ...words], { cwd: folder });
  };

  test.each(['@typescript/native/bin/tsc', 'typescript/bin/tsc6'])(
    'hold for a bundler, by %s',
    (compiler) => {
      expect(compile('esnext', 'bundler', compiler)).toEqual({ code: 0, out: '', err: '' });
    },
  );

  test.each(['nodenext', 'node16'])('hold with %s, and the programs run', (module) => {
    expect(compile(module, module)).toEqual({ code: 0, out: '', err: '' });
    for (const file of ['commonjs.cjs', 'module.mjs', 'plain.js']) {
      const ran = offline([process.execPath, join('compiled', file)], { cwd: folder });
      expect({ file, ...ran }).toEqual({ file, code: 0, out: PRINTED, err: '' });
    }
  });

  test('name no file of the sources, and no name that a tool has made up', () => {
    const types = files().filter((file) => /\.d\.m?ts$/.test(file));
    expect(types.length).toBeGreaterThan(2);
    for (const file of types) {
      expect(text(file)).not.toMatch(/from ["']\.|import\(|\bsrc\/|\$\d/);
      expect(text(file)).toMatch(/^\/\*\*|^export|^declare|^import/m);
    }
  });
});

test('esbuild bundles the rules for a browser without a warning, and drops what is not used', () => {
  const bundled = (program: string) =>
    buildSync({
      stdin: { contents: program, resolveDir: folder },
      bundle: true,
      platform: 'browser',
      minify: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
  const whole = bundled("import * as rules from 'pangea-lustre/rules'; globalThis.rules = rules;");
  expect([whole.errors, whole.warnings]).toEqual([[], []]);
  const part = bundled(
    "import { OFFERINGS } from 'pangea-lustre/rules'; globalThis.x = OFFERINGS;",
  );
  expect(part.warnings).toEqual([]);
  const [all = 0, some = 0] = [whole, part].map(({ outputFiles: [file] }) => file?.text.length);
  expect(some).toBeLessThan(all / 2);
});
