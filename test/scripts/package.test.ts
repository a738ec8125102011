import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import schema from '../../schema.json';
import { MOST_BYTES, registryPackage } from '../../scripts/package';

const read = (path: string) => readFileSync(join(__dirname, '../..', path));
const SOURCES = {
  config: read('.rpdk-config'),
  schema: read('schema.json'),
  bundle: read('build/TypeFunction/dist/handlers.js'),
};

test('holds the schema, the configuration, the bundle, and nothing else', () => {
  const files = unzipSync(registryPackage(SOURCES));
  expect(Object.keys(files)).toEqual([
    '.rpdk-config',
    'schema.json',
    'configuration-schema.json',
    'ResourceProvider.zip',
  ]);
  const { 'configuration-schema.json': configuration = new Uint8Array() } = files;
  expect(JSON.parse(new TextDecoder().decode(configuration))).toEqual({
    ...schema.typeConfiguration,
    definitions: schema.definitions,
    typeName: schema.typeName,
  });
  const provider = unzipSync(files['ResourceProvider.zip'] ?? new Uint8Array());
  expect(Object.keys(provider)).toEqual(['dist/handlers.js']);
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
