import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Properties } from '../../local/registry/protocol';
import { Registry } from '../../local/registry/registry';
import { PropertyValidator } from '../../local/stack/property-validation';
import { RegistryResources } from '../../local/stack/registry-resources';
import { Stack } from '../../local/stack/stack';
import type { Lookup, StackTemplate } from '../../local/stack/stack-template';
import { standInFor } from '../../local/stack/stand-in-resources';
import { loadTemplate } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';

const ROOT = join(__dirname, '..', '..');

export interface Fixture {
  name: string;
  properties: Properties;
}

const unused = new Registry({ invoke: () => Promise.reject(new Error('nothing is deployed')) });
const validator = new PropertyValidator(lustreFileSystem);

/** Each file system of the templates in a folder: its functions resolved, its numbers as numbers. */
export function templates(folder: string): Fixture[] {
  return files(folder, '.yaml').flatMap((file) => {
    const wanted = acceptedTemplate(join(ROOT, folder, file));
    const ours = wanted.logicalIds.filter(
      (id) => wanted.resource(id).type === lustreFileSystem.typeName,
    );
    return ours.map((id) => ({
      name: `${basename(file, '.yaml')}/${id}`,
      properties: validator.typed(wanted.properties(id, standIns(wanted))),
    }));
  });
}

/** A template with the defaults of its parameters, as CloudFormation accepts it. */
export function acceptedTemplate(file: string): StackTemplate {
  const stack = new Stack({ registered: [new RegistryResources(lustreFileSystem, unused)] });
  return stack.accept({ template: loadTemplate(file) });
}

/** Resources of other types as they look before anything is deployed, with ours as they are given. */
export function standIns(wanted: StackTemplate, ours: Properties = {}): Lookup {
  const place = {
    region: 'us-east-1',
    accountId: '123456789012',
    partition: 'aws',
    stackName: 'demo',
  };
  const lookup: Lookup = (id) => {
    const { type } = wanted.resource(id);
    return type === lustreFileSystem.typeName
      ? { ref: String(ours.FileSystemId), attribute: (name) => ours[name] }
      : standInFor(id, type, wanted.properties(id, lookup), place);
  };
  return lookup;
}

export interface InputSet {
  number: string;
  create: Properties;
  update: Properties;
  invalid: Properties;
}

/** The input sets of the contract suite. */
export function inputSets(): InputSet[] {
  const numbers = files('inputs', '_create.json').map((file) => file.split('_')[1] ?? '');
  const read = (number: string, kind: string) =>
    json(join('inputs', `inputs_${number}_${kind}.json`));
  return numbers.map((number) => ({
    number,
    create: read(number, 'create'),
    update: read(number, 'update'),
    invalid: read(number, 'invalid'),
  }));
}

/** The events for the test entry point, by name. */
export function testEvents(): { name: string; event: Properties }[] {
  return files('sam-tests', '.json').map((file) => ({
    name: basename(file, '.json'),
    event: json(join('sam-tests', file)),
  }));
}

function files(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(ending))
    .sort();
}

function json(path: string): Properties {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Properties;
}
