/** The rule for cfn-lint, with the real cfn-lint where it is installed; it is no dependency of ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND, folder, ROOT } from '../cli/command';
import { cfnLint, isInstalled } from './linter';

const withLinter = isInstalled ? test : test.skip;

const RULES = join(ROOT, 'integrations', 'cfn-lint');

const CONFIGURATION = `append_rules:\n  - ${RULES}\n`;

const native = (properties: string, metadata = '') => `Resources:
  Scratch:
    Type: AWS::FSx::FileSystem
${metadata}    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0123456789abcdef0]
      LustreConfiguration: { DeploymentType: SCRATCH_2 }
      ${properties}
`;

const WRONG = native('StorageCapacity: 1300');
const REFUSED =
  'StorageCapacity 1300 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 1200 or 2400. [storage-capacity]';

interface Linting {
  /** Names and texts of files in the working directory. */
  readonly files: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Whether node_modules/.bin has the command; true where absent. */
  readonly isInstalled?: boolean;
}

/** What cfn-lint writes, and its exit code; its configuration has the rules and nothing else. */
async function lint({ files, words, env = {}, input, isInstalled = true }: Linting) {
  const cwd = folder({ '.cfnlintrc.yaml': CONFIGURATION, ...files });
  if (isInstalled) {
    mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(COMMAND, join(cwd, 'node_modules', '.bin', 'pangea-lustre'));
  }
  const { status, stdout, stderr } = await cfnLint({
    cwd,
    words,
    ...(input !== undefined && { input }),
    env: { ...process.env, PANGEA_LUSTRE: '', ...env },
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { status, lines, stderr };
}

const NOT_FOUND =
  'was not found: install the package pangea-lustre where cfn-lint runs, put the command on PATH, or specify it in the environment variable PANGEA_LUSTRE or in the configuration of the rule E9501 (command).';

withLinter('errors and warnings stand at their lines and columns', async () => {
  const { lines, status } = await lint({
    files: {
      'wrong.yaml': `${WRONG}      KmsKeyId: alias/mine\n`,
      'right.yaml': native('StorageCapacity: 1200'),
      'other.yaml': 'Resources:\n  Bucket: { Type: AWS::S3::Bucket }\n',
    },
    words: ['wrong.yaml', 'right.yaml', 'other.yaml'],
  });
  expect(lines).toEqual([
    `wrong.yaml:8:7:8:22:E9501:${REFUSED}`,
    expect.stringMatching(
      /^wrong\.yaml:9:7:9:15:W9501:KmsKeyId alias\/mine might not be supported with /,
    ),
  ]);
  expect(status).toBe(2 | 4);
});

withLinter('a template in JSON, and one from standard input', async () => {
  const model = {
    Resources: {
      Fs: {
        Type: 'Pangea::FSx::LustreFileSystem',
        Properties: { StorageCapacity: '1300', SubnetIds: ['subnet-0123456789abcdef0'] },
      },
    },
  };
  const text = JSON.stringify(model, undefined, 2);
  const fromFile = await lint({
    files: { 'a.json': text },
    words: ['-i', 'E3006', '-t', 'a.json'],
  });
  expect(fromFile.lines).toEqual([`a.json:6:9:6:26:E9501:${REFUSED}`]);
  const { lines } = await lint({ files: {}, words: [], input: WRONG });
  expect(lines).toEqual([`None:8:7:8:22:E9501:${REFUSED}`]);
});

withLinter('each rule can be ignored: alone, and for a resource', async () => {
  const metadata = '    Metadata: { cfn-lint: { config: { ignore_checks: [E9501] } } }\n';
  const files = {
    'a.yaml': `${WRONG}      KmsKeyId: alias/mine\n`,
    'b.yaml': native('StorageCapacity: 1300', metadata),
  };
  const rules = async (ignored: string) => {
    const { lines } = await lint({ files, words: ['-i', ignored, '-t', 'a.yaml', 'b.yaml'] });
    return lines.map((line) => [line.split(':')[0], line.split(':')[5]].join(' '));
  };
  expect(await rules('W9501')).toEqual(['a.yaml E9501']);
  expect(await rules('E9501')).toEqual(['a.yaml W9501']);
});

withLinter('a region can be configured', async () => {
  const region = async (name: string) => {
    const { lines } = await lint({
      files: { 'a.yaml': native('StorageCapacity: 1200') },
      words: ['-x', `E9501:region=${name}`, '-t', 'a.yaml'],
    });
    return lines;
  };
  expect(await region('ca-west-1')).toEqual([
    expect.stringContaining('is not available in ca-west-1'),
  ]);
  expect(await region('mars')).toEqual([
    'a.yaml:1:1:1:1:E9501:pangea-lustre: mars is not a region: use one such as eu-west-1.',
  ]);
});

withLinter.each([
  ['no command', {}, `pangea-lustre ${NOT_FOUND}`],
  ['a command that is none', { PANGEA_LUSTRE: '/nowhere/lustre' }, `/nowhere/lustre ${NOT_FOUND}`],
  [
    'another command',
    { PANGEA_LUSTRE: '/bin/true' },
    `/bin/true did not answer as pangea-lustre does: ${NOT_FOUND.replace('was not found: ', '')}`,
  ],
] as const)('%s: one sentence, and no trace', async (_, env, sentence) => {
  const { lines, stderr, status } = await lint({
    files: { 'a.yaml': WRONG },
    words: ['a.yaml'],
    env,
    isInstalled: false,
  });
  expect(lines).toEqual([`a.yaml:1:1:1:1:E9501:${sentence}`]);
  expect(stderr).toBe('');
  expect(status).toBe(2);
});

withLinter('no Node.js', async () => {
  // A PATH with Python alone, and the command as the file that it is.
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  const { lines } = await lint({
    files: { 'a.yaml': WRONG },
    words: ['a.yaml'],
    env: { PATH: dirname(python), PANGEA_LUSTRE: COMMAND },
    isInstalled: false,
  });
  expect(lines).toEqual([
    'a.yaml:1:1:1:1:E9501:Node.js was not found, and pangea-lustre requires it: install Node.js 20 or later.',
  ]);
});

withLinter('the command is not needed where there is no file system of FSx', async () => {
  const { lines, status } = await lint({
    files: { 'a.yaml': 'Resources:\n  Bucket: { Type: AWS::S3::Bucket }\n' },
    words: ['a.yaml'],
    isInstalled: false,
  });
  expect({ lines, status }).toEqual({ lines: [], status: 0 });
});

withLinter(
  'what is no template, or half of one, is left to cfn-lint, and leaves no trace',
  async () => {
    const files = {
      'no-template.yaml': 'hello',
      'no-yaml.yaml': 'Resources: [\n',
      'no-resource.yaml': 'Resources:\n  AWS::FSx::FileSystem: 5\n',
      'no-properties.yaml': `${WRONG.split('    Properties')[0] ?? ''}    Properties: 5\n`,
    };
    const { lines, stderr, status } = await lint({ files, words: Object.keys(files) });
    for (const name of Object.keys(files))
      expect(lines.filter((line) => line.startsWith(`${name}:`))).not.toEqual([]);
    // What rules of its own make of such a file is cfn-lint's.
    expect(`${lines.join('\n')}${stderr}`).not.toMatch(/Traceback|rule [EW]9501/);
    expect(status).not.toBe(1);
  },
);

withLinter(
  'with the configuration of the manual, a resource of this type has no finding but ours',
  async () => {
    const schemas = `registry_schemas:\n  - ${join(RULES, 'schemas')}\n`;
    const template = (capacity: number) =>
      `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: { StorageCapacity: ${capacity}, SubnetIds: [subnet-0123456789abcdef0] }\n`;
    const files = { 'wrong.yaml': template(1300), 'right.yaml': template(1200) };
    const words = ['wrong.yaml', 'right.yaml'];
    const bare = await lint({ files, words });
    expect(bare.lines.filter((line) => line.includes('E3006'))).toHaveLength(2);
    const configured = { ...files, '.cfnlintrc.yaml': `${CONFIGURATION}${schemas}` };
    const { lines } = await lint({ files: configured, words });
    expect(lines).toEqual([`wrong.yaml:4:19:4:34:E9501:${REFUSED}`]);
  },
);

withLinter('--registry-schemas validates nothing of the type', async () => {
  const schemas = folder({ 'type.json': readFileSync(join(ROOT, 'schema.json'), 'utf8') });
  const type = 'Type: Pangea::FSx::LustreFileSystem';
  const template = `Resources:\n  Fs:\n    ${type}\n    Properties: { Sise: 1, StorageCapacity: much }\nOutputs:\n  O: { Value: !GetAtt Fs.Nope }\n`;
  const words = ['--registry-schemas', schemas, '-i', 'E9501', '-t', 'a.yaml'];
  const { lines, status } = await lint({ files: { 'a.yaml': template }, words });
  expect({ lines, status }).toEqual({ lines: [], status: 0 });
});

withLinter.each([
  ['broken.js', 'throw new Error("broken");'],
  ['strange.js', 'console.log("[1, null, {}]");'],
])('%s in place of the command: one sentence that names it', async (name, text) => {
  const { lines, status } = await lint({
    files: { 'a.yaml': WRONG, [name]: text },
    words: ['a.yaml'],
    env: { PANGEA_LUSTRE: `./${name}` },
  });
  expect(lines).toEqual([
    `a.yaml:1:1:1:1:E9501:./${name} did not answer as pangea-lustre does: ${NOT_FOUND.replace('was not found: ', '')}`,
  ]);
  expect(status).toBe(2);
});
