import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Properties } from '../../local/protocol';
import { Stack } from '../../local/stack';
import { loadTemplate } from '../../local/template';

const ROOT = join(__dirname, '..', '..');

export interface Fixture {
  name: string;
  properties: Properties;
}

/** Each file system of the templates in a folder, its functions resolved. */
export function templates(folder: string): Fixture[] {
  return files(folder, '.yaml').flatMap((file) => {
    const stack = new Stack(loadTemplate(join(ROOT, folder, file)));
    return stack.logicalIds.map((id) => ({
      name: `${basename(file, '.yaml')}/${id}`,
      properties: stack.propertiesOf(id),
    }));
  });
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
