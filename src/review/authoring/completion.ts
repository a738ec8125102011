/** Completions at a position of a template. */
import { advise } from '../../lustre/estimates/advice';
import { describeConfiguration } from '../../lustre/estimates/wording';
import { Work } from '../../lustre/explore';
import { defined } from '../../lustre/json';
import type { Step } from '../../lustre/paths';
import { TYPE_NAME, type LustreProperties } from '../../lustre/properties';
import { PROPERTY_NAMES, propertyNamed, type Shape } from '../../lustre/properties/shapes';
import { head } from '../../lustre/properties/parse';
import { entry, type Node } from '../../template/node';
import { Unreadable, type DraftTree } from '../../template/source-tree';
import { Template } from '../../template/template';
import { valueText } from '../conversion/member-edits';
import { findFileSystems } from '../file-systems';
import {
  FILE_SYSTEM_TYPE,
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_TYPE,
  NESTED,
  type ResourceType,
} from '../resource-types';
import { configurationsOf, type Configuration } from './configurations';
import { figuresOfConfiguration, figuresOf } from './figures';
import { descriptionOf } from './hover';
import { flatSteps } from './property-at';
import type { AuthoringOptions } from './template-draft';
import { choicesAt, fitOf, memberRefusal, shapeAt } from './valid-values';
import { typedPlaceAt, type TypedPlace, type Writing } from './typed-place';

/** One completion. */
export interface Completion {
  readonly label: string;
  readonly kind: 'property' | 'value' | 'file system';
  /** A short text beside the label. */
  readonly detail?: string;
  readonly documentation?: string;
  /** The inserted text. `$1` and `${1:text}` are tab stops. */
  readonly snippet: string;
}

/** The completions at a position. */
export interface Completions {
  /** Best first. */
  readonly items: readonly Completion[];
  /** The range to replace: offsets into the text. */
  readonly at: number;
  readonly end: number;
  /** The offset where a comma must be inserted, too: the end of the member before. */
  readonly commaAt?: number;
  /** Whether the list depends on the typed word, so that it must be requested again after each character. */
  readonly dependOnTyped: boolean;
}

/**
 * Undefined if the position is not one of a Lustre file system.
 *
 * @param onRead Called each time a text is parsed.
 */
export function completionsAt(
  text: string,
  offset: number,
  options: AuthoringOptions,
  onRead: () => void = () => undefined,
): Completions | undefined {
  if (!text.includes('Resources')) return undefined;
  onRead();
  const found = typedPlaceAt(text, offset);
  if (found?.place.steps[0] !== 'Resources') return undefined;
  const { tree, place, typed, writing } = found;
  const [, logicalId, section, ...steps] = place.steps;
  const { at, end, commaAt } = writing;
  const range = { at, end, ...(commaAt !== undefined && { commaAt }) };
  if (logicalId === undefined)
    // A key with a colon has a resource already.
    return place.isKey && !writing.isFollowed && !place.value
      ? { items: fileSystems(options, writing, freeId(place)), ...range, dependOnTyped: false }
      : undefined;
  if (section !== 'Properties') return undefined;
  const context = contextOf(tree, text, String(logicalId), options);
  if (!context) return undefined;
  const items = place.isKey
    ? propertyNames(steps, place, context, writing)
    : values(steps, typed.text, context, writing);
  return items.length === 0
    ? undefined
    : { items, ...range, dependOnTyped: !place.isKey && /^\d/.test(typed.text) };
}

/** The file system around the position. */
interface Context {
  readonly type: ResourceType;
  readonly configurations: readonly Configuration[];
}

function contextOf(
  tree: DraftTree,
  text: string,
  logicalId: string,
  options: AuthoringOptions,
): Context | undefined {
  const { root } = tree;
  try {
    const template = Template.read('template', text, new Work(), tree);
    const found = findFileSystems(template, options.review).find(
      (each) => each.node === entry(entry(root, 'Resources')?.value, logicalId)?.value,
    );
    if (!found) return undefined;
    return { type: found.type, configurations: configurationsOf(template, found, options) };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Names of properties, required ones first. */
function propertyNames(
  steps: readonly Step[],
  { map, value }: TypedPlace,
  { type, configurations }: Context,
  writing: Writing,
): Completion[] {
  const given = new Set(map?.entries.map(({ key }) => key));
  const within = flatSteps(steps, type);
  const isTop = within.length === 0;
  const names = isTop ? topNames(steps, type) : membersAt(within);
  const missing = new Set(configurations.flatMap(missingIn));
  const left = names.filter(
    (name) =>
      !given.has(name) &&
      (value === undefined || writing.isFollowed || takes(shapeOf(name, within), value)) &&
      (isTop
        ? isFit(name, configurations)
        : configurations.some((each) => !memberRefusal([...within, name], each))),
  );
  const isRequired = (name: string): boolean => missing.has([...within, name].join('.'));
  return left
    .toSorted((a, b) => Number(isRequired(b)) - Number(isRequired(a)))
    .map((name) => {
      const documentation = descriptionOf(name === NESTED ? [] : [...within, name]);
      return {
        label: name,
        kind: 'property',
        ...defined({ detail: isRequired(name) ? 'required' : undefined, documentation }),
        snippet: inPlace(nameSnippet(name, shapeOf(name, within), writing, value), writing),
      };
    });
}

/** The kind of value that a name has in a template. */
const shapeOf = (name: string, within: readonly Step[]): Shape['type'] | undefined =>
  name === NESTED ? 'object' : shapeAt([...within, name])?.type;

/** Whether a property of a shape can have the value that is indented below its name. */
const takes = (shape: Shape['type'] | undefined, { kind }: Node): boolean =>
  kind === 'map' ? shape === 'object' : kind === 'list' ? shape === 'list' : shape !== 'object';

function topNames(steps: readonly Step[], { name }: ResourceType): readonly string[] {
  if (name !== NATIVE_TYPE) return PROPERTY_NAMES;
  return steps[0] === NESTED ? NATIVE_NESTED : [FILE_SYSTEM_TYPE, ...NATIVE_BESIDE, NESTED];
}

function membersAt(within: readonly Step[]): readonly string[] {
  const shape = shapeAt(within);
  return shape?.type === 'object' ? Object.keys(shape.members) : [];
}

function isFit(name: string, configurations: readonly Configuration[]): boolean {
  const property = propertyNamed(name);
  return !property || configurations.some((each) => fitOf(property, each) !== 'refused');
}

/** The required properties that a configuration does not have. */
const missingIn = ({ violations, model }: Configuration): string[] =>
  violations
    .filter(({ property, value }) => value === undefined && model[head(property)] === undefined)
    .map(({ property }) => property);

function nameSnippet(
  name: string,
  shape: Shape['type'] | undefined,
  writing: Writing,
  value: Node | undefined,
): string {
  const { json, flow, quote, isFollowed } = writing;
  const key = json ? JSON.stringify(name) : `${quote}${name}${quote}`;
  if (isFollowed) return key;
  if (value) return `${key}:`;
  if (shape === 'object')
    return flow ? `${key}: {${json ? '' : ' '}$1${json ? '' : ' '}}` : `${key}:\n  $1`;
  return shape === 'list' ? `${key}: [$1]` : `${key}: $1`;
}

/** The snippet of a key, inside the object that it needs and before a comma that it needs. */
function inPlace(snippet: string, { json, flow, needsObject, separator }: Writing): string {
  if (!needsObject) return `${snippet}${separator}`;
  if (flow) return json ? `{${snippet}}${separator}` : `{ ${snippet} }${separator}`;
  return `\n  ${snippet.replaceAll('\n', '\n  ')}`;
}

/** Values, with throughput and cost where the property decides them. */
function values(
  steps: readonly Step[],
  typed: string,
  { type, configurations }: Context,
  { json, quote, separator }: Writing,
): Completion[] {
  const path = flatSteps(steps, type);
  const [configuration] = configurations;
  const property = propertyNamed(path[0]);
  if (!configuration || !property) return [];
  const documentation = descriptionOf(path);
  return choicesAt(path, configuration, typed).map((value) => {
    const detail = DECISIVE.has(property)
      ? figuresOfConfiguration(configuration.with(path, value))
      : undefined;
    return {
      label: String(value),
      kind: 'value',
      ...defined({ detail, documentation }),
      snippet: `${quote !== '' ? `${quote}${value}${quote}` : valueText(scalarOf(value), json)}${separator}`,
    };
  });
}

const scalarOf = (value: string | number): string | number | boolean =>
  value === 'true' || value === 'false' ? value === 'true' : value;

/** The properties that throughput and cost depend on. */
const DECISIVE: ReadonlySet<keyof LustreProperties> = new Set([
  'StorageCapacity',
  'PerUnitStorageThroughput',
  'ThroughputCapacity',
  'MetadataConfiguration',
  'DataReadCacheConfiguration',
  'DriveCacheType',
]);

/** A logical ID that no other resource has. */
function freeId({ map }: TypedPlace): string {
  const taken = new Set(map?.entries.map(({ key }) => key));
  let id = 'FileSystem';
  for (let number = 2; taken.has(id); number++) id = `FileSystem${number}`;
  return id;
}

/** Complete file systems: the smallest of each offering, cheapest first. */
function fileSystems({ costs }: AuthoringOptions, writing: Writing, id: string): Completion[] {
  const { json, flow, quote } = writing;
  const snippetOf = json ? jsonSnippet : flow ? flowSnippet : yamlSnippet;
  const quoted = json ? '"' : quote;
  return advise({ capacity: 1, throughput: 1 }, costs).map(
    ({ properties, why, throughput, cost }) => {
      const estimate = { properties, throughput, waiting: [], ...(cost && { cost }) };
      const detail = figuresOf([{ estimate, violations: [] }]);
      return {
        label: `Lustre: ${describeConfiguration(properties)}`,
        kind: 'file system',
        ...(detail !== undefined && { detail }),
        documentation: why,
        snippet: inPlace(snippetOf(properties, `${quoted}\${1:${id}}${quoted}`), writing),
      };
    },
  );
}

const SUBNET = 'subnet-0123456789abcdef0';

function yamlSnippet(properties: LustreProperties, key: string): string {
  return [
    `${key}:`,
    `  Type: ${TYPE_NAME}`,
    '  Properties:',
    ...yamlMembers(properties).map((line) => `    ${line}`),
  ].join('\n');
}

function flowSnippet(properties: LustreProperties, key: string): string {
  const members = yamlMembers(properties).join(', ');
  return `${key}: { Type: '${TYPE_NAME}', Properties: { ${members} } }`;
}

function yamlMembers(properties: LustreProperties): string[] {
  const members = Object.entries(properties).map(([name, value]: [string, unknown], index) => {
    const text = valueText(value, false).replace(/\}/g, '\\}');
    return `${name}: ${index === 0 && typeof value === 'number' ? `\${2:${value}}` : text}`;
  });
  return [...members, `SubnetIds: [\${3:${SUBNET}}]`];
}

function jsonSnippet(properties: LustreProperties, key: string): string {
  const resource = { Type: TYPE_NAME, Properties: { ...properties, SubnetIds: [SUBNET] } };
  const text = JSON.stringify(resource, undefined, 2)
    .replace(/\}/g, '\\}')
    .replace(SUBNET, `\${2:${SUBNET}}`);
  return `${key}: ${text}`;
}

/** A snippet as plain text, for editors without tab stops. */
export const withoutPlaces = (snippet: string): string =>
  snippet.replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}|\$\d+/g, '$1').replace(/\\([}$\\])/g, '$1');
