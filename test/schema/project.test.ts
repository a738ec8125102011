/** What several files of the project say of the type, for tools that read one of them each. */
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { plainOf } from '../../src/template/node';
import { readTree } from '../../src/template/source-tree';
import schema from '../../schema.json';
import { testEvents } from '../protocol/fixtures';

const ROOT = join(__dirname, '..', '..');
const LINK = 'pangea-fsx-lustrefilesystem.json';
const config = JSON.parse(readFileSync(join(ROOT, '.rpdk-config'), 'utf8')) as Record<
  string,
  unknown
> & { settings: Record<string, unknown> };

interface Resource {
  Type: string;
  Metadata?: unknown;
  Properties: Record<string, unknown>;
}
interface Statement {
  Action: string | string[];
  Resource: unknown;
}
interface Role {
  MaxSessionDuration: number;
  AssumeRolePolicyDocument: { Statement: [{ Condition: unknown }] };
  Policies: [{ PolicyDocument: { Statement: Statement[] } }];
}

const template = (file: string) =>
  plainOf(readTree(readFileSync(join(ROOT, file), 'utf8')).root) as {
    Globals: { Function: { Runtime: string } };
    Resources: Record<string, Resource>;
  };
const executionRole = (file: string) =>
  template(file).Resources.ExecutionRole?.Properties as unknown as Role;

test('the name that the cfn command looks for leads to schema.json', () => {
  expect(lstatSync(join(ROOT, LINK)).isSymbolicLink()).toBe(true);
  expect(readlinkSync(join(ROOT, LINK))).toBe('schema.json');
  expect(schema.typeName.toLowerCase().replaceAll('::', '-')).toBe(LINK.replace('.json', ''));
});

test('.rpdk-config and template.yml name the same functions and runtime', () => {
  const { Globals, Resources } = template('template.yml');
  const { TypeFunction, TestEntrypoint } = Resources;
  expect(config).toMatchObject({
    typeName: schema.typeName,
    runtime: Globals.Function.Runtime,
    entrypoint: TypeFunction?.Properties.Handler,
    testEntrypoint: TestEntrypoint?.Properties.Handler,
  });
  for (const built of [TypeFunction, TestEntrypoint])
    expect(built?.Metadata).toEqual({ BuildMethod: 'makefile' });
});

test('cfn submit builds with npm, without Docker, for protocol 2', () => {
  expect(config.settings).toMatchObject({
    buildCommand: 'npm run bundle --',
    no_docker: true,
    protocolVersion: '2.0.0',
  });
});

test('an installation from git, as pre-commit makes one, builds the command of its hook', () => {
  const { bin, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
    scripts: Record<string, string>;
  };
  const [hook] = plainOf(
    readTree(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')).root,
  ) as [{ entry: string }];
  const [command = ''] = hook.entry.split(' ');
  expect(bin[command]).toMatch(/^build\/cli\//);
  // npm runs no other script there: not prepack, nor that of a test or a build.
  expect(scripts.prepare).toBe('node scripts/prepare.mjs');
});

test('the execution role that cfn generate writes may do what the handlers need, and nothing else', () => {
  const needed = Object.values(schema.handlers).flatMap(({ permissions }) => permissions);
  const { Statement } = executionRole('resource-role.yaml').Policies[0].PolicyDocument;
  expect(Statement).toEqual([
    { Effect: 'Allow', Action: [...new Set(needed)].sort(), Resource: '*' },
  ]);
});

test('both execution roles are assumed alike, for as long as the longest handler runs', () => {
  const [generated, deployed] = [
    executionRole('resource-role.yaml'),
    executionRole('deploy/register.yaml'),
  ];
  expect(JSON.stringify(deployed.AssumeRolePolicyDocument)).toBe(
    JSON.stringify(generated.AssumeRolePolicyDocument),
  );
  expect(deployed.MaxSessionDuration).toBe(generated.MaxSessionDuration);
});

describe('the generated pages say what the schema says', () => {
  interface Described {
    description?: string;
    properties?: Record<string, Described>;
  }
  const { properties, definitions } = schema as unknown as {
    properties: Record<string, Described>;
    definitions: Record<string, Described>;
  };
  const pages = Object.entries(definitions)
    // The CLI lists no members of what is read only.
    .filter(([name]) => !schema.readOnlyProperties.includes(`/properties/${name}`))
    .filter(([, { properties: members }]) => members)
    .map(([name, { properties: members = {} }]) => [`${name.toLowerCase()}.md`, members] as const);

  test.each([['README.md', properties] as const, ...pages])(
    'manual/reference/%s',
    (page, members) => {
      const text = readFileSync(join(ROOT, 'manual/reference', page), 'utf8');
      for (const { description } of Object.values(members))
        if (description !== undefined) expect(text).toContain(description);
    },
  );
});

describe('events for the test entry point', () => {
  test('there is one for every action', () => {
    const actions = testEvents().map(({ event }) => event.action);
    expect(actions).toEqual(
      expect.arrayContaining(Object.keys(schema.handlers).map((name) => name.toUpperCase())),
    );
  });

  test.each(testEvents())('$name holds no credentials', ({ event }) => {
    expect(event.credentials).toEqual({ accessKeyId: '', secretAccessKey: '', sessionToken: '' });
  });
});
