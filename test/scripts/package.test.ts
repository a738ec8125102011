import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import schema from '../../schema.json';
import { billOfMaterials, NOTICES, notices } from '../../scripts/bundled';
import { MOST_BYTES, registryPackage } from '../../scripts/package';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path));
const SOURCES = {
  config: read('.rpdk-config'),
  schema: read('schema.json'),
  bundle: read('build/TypeFunction/dist/handlers.js'),
  notices: Buffer.from(notices(ROOT, ['TypeFunction'])),
  inputs: { 'inputs_1_create.json': read('inputs/inputs_1_create.json') },
};

test('holds the schema, the configuration, inputs, the bundle with its licenses, and nothing else', () => {
  const files = unzipSync(registryPackage(SOURCES));
  expect(Object.keys(files)).toEqual([
    '.rpdk-config',
    'schema.json',
    'configuration-schema.json',
    'inputs/inputs_1_create.json',
    'ResourceProvider.zip',
  ]);
  const { 'configuration-schema.json': configuration = new Uint8Array() } = files;
  expect(JSON.parse(new TextDecoder().decode(configuration))).toEqual({
    ...schema.typeConfiguration,
    definitions: schema.definitions,
    typeName: schema.typeName,
  });
  const provider = unzipSync(files['ResourceProvider.zip'] ?? new Uint8Array());
  expect(Object.keys(provider)).toEqual(['dist/handlers.js', `dist/${NOTICES}`]);
  expect(Buffer.compare(provider['dist/handlers.js'] ?? Buffer.of(), SOURCES.bundle)).toBe(0);
});

test('has the same bytes every time, in every zone', () => {
  const { TZ } = process.env;
  const once = registryPackage(SOURCES);
  process.env.TZ = 'Asia/Tokyo';
  expect(Buffer.compare(registryPackage(SOURCES), once)).toBe(0);
  if (TZ === undefined) Reflect.deleteProperty(process.env, 'TZ');
  else process.env.TZ = TZ;
});

test('is not made of a bundle that has grown too large', () => {
  const bundle = new Uint8Array(MOST_BYTES + 1);
  expect(() => registryPackage({ ...SOURCES, bundle })).toThrow('900001 bytes; at most 900000');
});

test('the licenses are those of what is bundled', () => {
  const text = notices(ROOT, ['TypeFunction']);
  expect(text).toMatch(/^@aws-sdk\/client-fsx 3\.[\d.]+ \(Apache-2\.0\)$/m);
  expect(text).toMatch(/^class-transformer 0\.5\.1 \(MIT\)$/m);
  expect(text).not.toMatch(/^(jest|yaml) /m);
});

test('the bill of materials lists what is bundled, in the same words each time', () => {
  const shipped = { name: 'a', version: '1.0.0' };
  const text = billOfMaterials(ROOT, ['TypeFunction'], shipped);
  const { components, serialNumber } = JSON.parse(text) as {
    components: { name: string }[];
    serialNumber: string;
  };
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-fsx', 'class-transformer']));
  expect(names).not.toContain('jest');
  expect(serialNumber).toMatch(
    /^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
  );
  expect(billOfMaterials(ROOT, ['TypeFunction'], shipped)).toBe(text);
});

test('inputs name no account, but exports that deploy/prerequisites.yaml has', () => {
  const files = unzipSync(registryPackage(SOURCES));
  const text = new TextDecoder().decode(files['inputs/inputs_1_create.json']);
  expect(text).not.toMatch(/(subnet|sg)-[0-9a-f]/);
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  const template = read('deploy/prerequisites.yaml').toString();
  expect(names).toHaveLength(2);
  for (const name of names) expect(template).toContain(`Name: ${name}\n`);
});
