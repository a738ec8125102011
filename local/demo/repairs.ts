/** The repairs of a template that was refused, from `pangea-lustre check`. */
import { checkTemplate } from '../../src/review/check';
import type { Template } from '../stack/template';

/** One line for each error with a known repair, such as `template.yaml:7: StorageCapacity: 4800, or 7200`. */
export function repairsOf({ file, source }: Template, region: string): string[] {
  const { findings } = checkTemplate(source, { region });
  const errors = findings.filter(({ severity, repairs }) => severity === 'error' && repairs.length);
  return errors.map(({ line, repairs }) => {
    const changes = repairs.map((repair) => Object.entries(repair).map(written).join(' and '));
    return `${file}:${line}: ${changes.join(', or ')}`;
  });
}

const written = ([property, value]: [string, unknown]): string =>
  value === null
    ? `without ${property}`
    : `${property}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
