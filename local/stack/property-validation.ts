import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { QUICKLY_COMPILED } from '../schema-compilation';
import { NUMBER_FORM } from '../../src/template/parameter-constraints';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import type { PropertiesSchema, RegistryType } from '../registry/type-schema';

/**
 * Validates the properties of a resource as CloudFormation does before it invokes a handler: types, required and unknown
 * members, lengths, patterns, ranges, and read-only properties.
 *
 * The messages are those of CloudFormation's validator, which contain neither the value nor the pattern:
 * https://github.com/aws-cloudformation/cloudformation-resource-schema/blob/master/src/main/java/software/amazon/cloudformation/resource/exceptions/ValidationException.java
 * over https://github.com/everit-org/json-schema.
 */
export class PropertyValidator {
  readonly #type: RegistryType;

  constructor(type: RegistryType) {
    this.#type = type;
  }

  /** The properties, with strings converted to the numbers and booleans of the schema wherever possible. */
  typed(properties: Properties): Properties {
    return typedBy(this.#type.schema, properties, this.#type.schema) as Properties;
  }

  /** The problems, one sentence each, such as `#/StorageCapacity: expected type: Integer, found: String`. */
  problems(properties: Properties): string[] {
    const readOnly = this.#type.attributes.filter((name) => name in properties);
    const given = Object.fromEntries(
      Object.entries(properties).filter(([name]) => !readOnly.includes(name)),
    );
    const validate = validation(this.#type);
    validate(this.typed(given));
    const errors = validate.errors ?? [];
    return [
      ...readOnly.map((name) => `#: extraneous key [${name}] is not permitted`),
      ...errors.flatMap((error) => sentences(error, errors)),
    ];
  }
}

const validations = new WeakMap<RegistryType, ValidateFunction>();

/** Schemas are compiled when they are first used, once for each type. */
function validation(type: RegistryType): ValidateFunction {
  const known = validations.get(type) ?? compiled(type);
  validations.set(type, known);
  return known;
}

function compiled(type: RegistryType): ValidateFunction {
  const ajv = new Ajv({
    ...QUICKLY_COMPILED,
    strict: false,
    allErrors: true,
    verbose: true,
    validateFormats: false,
  });
  return ajv.compile(type.schema);
}

/** Only strings are converted. A value that is already a number, such as the attribute of another resource, stays one. */
function typedBy(schema: PropertiesSchema, value: unknown, root: PropertiesSchema): unknown {
  const { type, properties = {}, items } = dereferenced(schema, root);
  if (Array.isArray(value)) {
    return items ? value.map((item) => typedBy(items, item, root)) : value;
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
        return [name, own ? typedBy(own, member, root) : member];
      }),
    );
  }
  return typeof value === 'string' ? typedText(type, value) : value;
}

function dereferenced(schema: PropertiesSchema, root: PropertiesSchema): PropertiesSchema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : (root.definitions?.[name] ?? schema);
}

function typedText(type: string | undefined, text: string): unknown {
  if (type === 'integer' && /^[-+]?\d+$/.test(text)) return Number(text);
  if (type === 'number' && NUMBER_FORM.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** The validator's names for the types of a schema, and for those of values. */
const TYPES: Record<string, string> = {
  string: 'String',
  integer: 'Integer',
  number: 'Number',
  boolean: 'Boolean',
  array: 'JSONArray',
  object: 'JSONObject',
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value !== 'number') return TYPES[typeof value] ?? typeof value;
  return Number.isInteger(value) ? 'Integer' : 'BigDecimal';
}

type Members = Record<string, unknown>;
type Sentence = (error: ErrorObject & { params: Members }) => string;

const size = (data: unknown): number =>
  typeof data === 'string' ? Array.from(data).length : Array.isArray(data) ? data.length : 0;

/** The messages of keywords that do not reveal the value. For other keywords, only the keyword is reported. */
const SENTENCES: Record<string, Sentence> = {
  required: ({ params }) => `required key [${String(params.missingProperty)}] not found`,
  additionalProperties: ({ params }) =>
    `extraneous key [${String(params.additionalProperty)}] is not permitted`,
  type: ({ params, data }) =>
    `expected type: ${TYPES[String(params.type)] ?? String(params.type)}, found: ${typeOf(data)}`,
  minLength: ({ params, data }) =>
    `expected minLength: ${String(params.limit)}, actual: ${size(data)}`,
  maxLength: ({ params, data }) =>
    `expected maxLength: ${String(params.limit)}, actual: ${size(data)}`,
  minItems: ({ params, data }) =>
    `expected minimum item count: ${String(params.limit)}, found: ${size(data)}`,
  maxItems: ({ params, data }) =>
    `expected maximum item count: ${String(params.limit)}, found: ${size(data)}`,
  uniqueItems: () => 'array items are not unique',
};

function sentences(error: ErrorObject, all: ErrorObject[]): string[] {
  const { keyword, instancePath, parentSchema } = error;
  const says = Object.hasOwn(SENTENCES, keyword) ? SENTENCES[keyword] : undefined;
  const what = says
    ? says(error as ErrorObject & { params: Members })
    : `failed validation constraint for keyword [${keyword}]`;
  const sentence = `#${instancePath}: ${what}`;
  // For the validator, a type and an enumeration are two schemas. It first reports how many of them match.
  const isFirst = all.find((other) => other.instancePath === instancePath) === error;
  if (!parentSchema || !('enum' in parentSchema && 'type' in parentSchema) || !isFirst) {
    return [sentence];
  }
  const failed = all.filter((other) => other.instancePath === instancePath).length;
  return [`#${instancePath}: #: only ${2 - failed} subschema matches out of 2`, sentence];
}
