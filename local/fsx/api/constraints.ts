import { badRequest, FsxError } from '../errors';
import type { Shape, Structure } from './shapes';

/**
 * Checks a request body against its shape.
 *
 * A value of the wrong JSON type causes SerializationException, before anything else is checked. All violated constraints are
 * then reported in one BadRequest, with FSx's wording: "2 validation errors detected: Value null at 'fileSystemType' failed
 * to satisfy constraint: Member must not be null; ...". Returns the request with known members only.
 */
export function checkRequest(shape: Structure, body: unknown): unknown {
  checkTypes(shape, body);
  const request = knownMembers(shape, body);
  const problems = constraintsOf(shape, request, '');
  if (problems.length > 0) {
    const errors = problems.length === 1 ? 'error' : 'errors';
    throw badRequest(`${problems.length} validation ${errors} detected: ${problems.join('; ')}`);
  }
  return request;
}

const serialization = (message: string) => new FsxError('SerializationException', message);

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON value, as the service names it in messages. */
function token(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'string') return 'STRING_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}

const TYPE_NAMES = { string: 'String', integer: 'Integer', boolean: 'Boolean' } as const;

function checkTypes(shape: Shape, value: unknown): void {
  if (value === undefined || value === null) return;
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value))
        throw serialization('Start of structure or map found where not expected.');
      for (const [name, member] of Object.entries(shape.members)) {
        if (Object.hasOwn(value, name)) checkTypes(member, value[name]);
      }
      return;
    case 'foreign':
      if (!isObject(value))
        throw serialization('Start of structure or map found where not expected.');
      return;
    case 'list':
      if (!Array.isArray(value)) throw serialization('Start of list found where not expected.');
      for (const item of value) {
        if (item === null) throw serialization('null found where a list member was expected.');
        checkTypes(shape.of, item);
      }
      return;
    default: {
      const fits = shape.kind === 'integer' ? Number.isInteger(value) : typeof value === shape.kind;
      if (!fits) {
        throw serialization(`${token(value)} can not be converted to ${article(shape.kind)}`);
      }
    }
  }
}

const article = (kind: keyof typeof TYPE_NAMES) =>
  `${kind === 'integer' ? 'an' : 'a'} ${TYPE_NAMES[kind]}`;

const failed = (value: unknown, path: string, constraint: string) =>
  `Value ${value === null ? 'null' : `'${show(value)}'`} at '${path}' failed to satisfy constraint: Member must ${constraint}`;

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** `LustreConfiguration.Level` is `lustreConfiguration.level` in FSx's messages. */
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const join = (path: string, name: string) => (path ? `${path}.${name}` : name);

function constraintsOf(shape: Shape, value: unknown, path: string): string[] {
  if (value === undefined || value === null) return [];
  switch (shape.kind) {
    case 'structure': {
      const members = value as JsonObject;
      const problems: string[] = [];
      for (const name of shape.required) {
        if (members[name] === undefined || members[name] === null) {
          problems.push(failed(null, join(path, lowerFirst(name)), 'not be null'));
        }
      }
      for (const [name, member] of Object.entries(shape.members)) {
        problems.push(...constraintsOf(member, members[name], join(path, lowerFirst(name))));
      }
      return problems;
    }
    case 'list': {
      const items = value as unknown[];
      const problems = length(items, items.length, shape.min, shape.max, path);
      for (const [index, item] of items.entries()) {
        problems.push(...constraintsOf(shape.of, item, `${path}.${index + 1}.member`));
      }
      return problems;
    }
    case 'string': {
      const string = value as string;
      if (shape.enum) {
        return shape.enum.includes(string)
          ? []
          : [failed(string, path, `satisfy enum value set: [${shape.enum.join(', ')}]`)];
      }
      const problems = length(string, charactersOf(string), shape.min, shape.max, path);
      // Not applied to a text that is too long: that is an error by itself, and the pattern need not be fast.
      if (shape.pattern && problems.length === 0 && !shape.pattern.test(string)) {
        const pattern = shape.documented ?? shape.pattern.source;
        problems.push(failed(string, path, `satisfy regular expression pattern: ${pattern}`));
      }
      return problems;
    }
    case 'integer': {
      const number = value as number;
      if (number < shape.min) {
        return [failed(number, path, `have value greater than or equal to ${shape.min}`)];
      }
      if (number > shape.max) {
        return [failed(number, path, `have value less than or equal to ${shape.max}`)];
      }
      return [];
    }
    default:
      return [];
  }
}

/** Counts a character outside the Basic Multilingual Plane as one. */
const charactersOf = (text: string): number => Array.from(text).length;

function length(
  value: unknown,
  size: number,
  min: number | undefined,
  max: number | undefined,
  path: string,
): string[] {
  if (min !== undefined && size < min) {
    return [failed(value, path, `have length greater than or equal to ${min}`)];
  }
  if (max !== undefined && size > max) {
    return [failed(value, path, `have length less than or equal to ${max}`)];
  }
  return [];
}

/** The request as the service reads it: without unknown members, and without null, which counts as absent. */
function knownMembers(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const members = value as JsonObject;
      const known = Object.entries(shape.members).filter(
        ([name]) => Object.hasOwn(members, name) && (members[name] ?? null) !== null,
      );
      return Object.fromEntries(
        known.map(([name, member]) => [name, knownMembers(member, members[name])]),
      );
    }
    case 'list':
      return (value as unknown[]).map((item) => knownMembers(shape.of, item));
    case 'foreign':
      return {};
    default:
      return value;
  }
}
