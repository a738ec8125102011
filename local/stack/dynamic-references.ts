import { descendants } from '../../src/template/node';
import type { Node } from '../../src/template/node';
import { isObject } from '../registry/protocol';
import { NotModeled, SAYS, ValidationError } from './refusals';
import { storedValue } from './parameters';
import type { ParameterStore } from './parameters';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const REFERENCE = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;
const OF_ANOTHER_SERVICE = /\{\{resolve:(?!ssm:)([a-z-]+):/;

const notModeled = (service: string): NotModeled =>
  new NotModeled(`dynamic references to ${service}`);

/**
 * Refuses references to secrets, of which the local CloudFormation has none.
 *
 * @throws NotModeled
 */
export function checkDynamicReferences(node: Node): void {
  for (const each of descendants(node)) {
    const text = each.kind === 'scalar' ? String(each.value) : '';
    const [, service] = OF_ANOTHER_SERVICE.exec(text) ?? [];
    if (service !== undefined) throw notModeled(service);
  }
}

/**
 * A value whose references to Systems Manager are replaced by the parameters there.
 *
 * @throws ValidationError if a parameter does not exist, or a reference is to another service.
 */
export function withReferencesResolved(value: unknown, store: ParameterStore): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (_, service: string, name: string) =>
      referenced(service, name, store),
    );
  }
  if (Array.isArray(value)) return value.map((item) => withReferencesResolved(item, store));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withReferencesResolved(member, store)]),
  );
}

function referenced(service: string, name: string, store: ParameterStore): string {
  if (service !== 'ssm') throw new ValidationError(notModeled(service).message);
  // The store keeps only the latest version of a parameter.
  if (/:\d+$/.test(name)) {
    throw new ValidationError(
      new NotModeled(`the version of a dynamic reference: ${name}`).message,
    );
  }
  const found = storedValue(name, 'String', store);
  if (found === undefined) throw new ValidationError(SAYS.unresolvedReference(`ssm:${name}`));
  return found;
}
