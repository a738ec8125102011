/** Hover texts for properties and file systems, in Markdown. */
import schema from '../../../schema.json';
import { insteadOf } from '../../lustre/changes/create-only';
import { impactWords, INTERRUPTIONS } from '../../lustre/changes/interruptions';
import type { Step } from '../../lustre/paths';
import type { LustreProperties } from '../../lustre/properties';
import { rowOf } from '../../lustre/properties/property-table';
import { propertyNamed } from '../../lustre/properties/shapes';
import type { Violation } from '../../lustre/violations';
import { applicabilityRowOf } from '../../lustre/catalog/applicability';
import { NATIVE_REPLACING, NATIVE_UNSUPPORTED } from '../diff/native-updates';
import { NATIVE_TYPE, type ResourceType } from '../resource-types';
import { configurationsOf, type Configuration } from './configurations';
import { describeEstimate } from './figures';
import { fileSystemAt, isHead, propertyAt, type PropertyAt } from './property-at';
import type { TemplateDraft } from './template-draft';
import { describeValid, fitOf, memberRefusal } from './valid-values';

/** A hover text and its range. */
export interface Hover {
  readonly markdown: string;
  /** The range that it describes: offsets into the text. */
  readonly at: number;
  readonly end: number;
}

/** Undefined if the position is not one of a Lustre file system. */
export function hoverAt(draft: TemplateDraft, offset: number): Hover | undefined {
  const { template, fileSystems } = draft;
  const fileSystem = template && fileSystemAt(template, fileSystems, offset);
  if (!fileSystem) return undefined;
  const property = propertyAt(fileSystem, offset);
  if (property) {
    const configurations = configurationsOf(template, fileSystem, draft.options);
    const markdown = describeProperty(property, configurations);
    const { at, keyEnd } = property.key;
    return markdown === undefined ? undefined : { markdown, at, end: keyEnd };
  }
  if (!isHead(template, fileSystem, offset)) return undefined;
  const { logicalId, at } = fileSystem;
  const rows = draft.rows.filter((row) => row.logicalId === logicalId);
  const sections = rows.map(({ when, estimate, violations }) => {
    const said = violations.length > 0 ? violations : describeEstimate(estimate);
    return [...(when === undefined ? [] : [`*Where ${plain(when)}:*`]), ...said.map(plain)].join(
      '\n\n',
    );
  });
  if (sections.every((each) => each === '')) return undefined;
  return { markdown: sections.join('\n\n---\n\n'), at, end: at + logicalId.length };
}

/** Escapes a text for Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&');

/** A hover text as plain text, for editors without Markdown. */
export const withoutMarkdown = (markdown: string): string =>
  markdown.replace(
    /\\(.)|\[[^\]]*\]\(([^)]*)\)|\*/g,
    (_, escaped?: string, address?: string) => escaped ?? address ?? '',
  );

/** The description of a property in the schema of the type. */
export function descriptionOf(steps: readonly Step[]): string | undefined {
  let found: Described | undefined = { properties: schema.properties } as Described;
  for (const step of steps) {
    found = resolved(typeof step === 'number' ? found?.items : found?.properties?.[step]);
  }
  return found?.description;
}

/** A part of the schema. */
interface Described {
  readonly description?: string;
  readonly $ref?: string;
  readonly items?: Described;
  readonly properties?: Readonly<Partial<Record<string, Described>>>;
}

function resolved(part: Described | undefined): Described | undefined {
  const name = part?.$ref?.replace('#/definitions/', '');
  return name === undefined ? part : (schema.definitions as Record<string, Described>)[name];
}

function describeProperty(
  { steps, fileSystem: { type } }: PropertyAt,
  configurations: readonly Configuration[],
): string | undefined {
  const name = propertyNamed(steps[0]);
  const what = descriptionOf(steps);
  if (name === undefined || what === undefined) return undefined;
  const valid = [...new Set(configurations.flatMap((each) => describeHere(name, steps, each)))];
  return [
    plain(what),
    ...valid.map(plain),
    plain(describeChange(name, type)),
    ...pagesOf(name, type),
  ].join('\n\n');
}

/** Whether a configuration can have the property, and which values. */
function describeHere(
  name: keyof LustreProperties,
  steps: readonly Step[],
  configuration: Configuration,
): string[] {
  const { offerings } = configuration;
  const [offering, ...others] = offerings;
  const here = offering && others.length === 0 ? ` with ${offering.name}` : '';
  const fit = fitOf(name, configuration);
  if (fit === 'refused') {
    const { why = 'it is not supported' } = applicabilityRowOf(name);
    return [`Not valid${here}: ${why}.`];
  }
  const refusal = memberRefusal(steps, configuration);
  if (refusal) return [ofGiven(refusal, configuration).message];
  const valid = describeValid(steps, configuration);
  return [
    ...(fit === 'required' && steps.length === 1 ? [`Required${here}.`] : []),
    ...(valid === undefined ? [] : [`Valid${here}: ${valid}.`]),
  ];
}

/** A violation that any value has, about the value that is given. */
const ofGiven = (refusal: Violation, { violations }: Configuration): Violation =>
  violations.find(({ rule, property }) => rule === refusal.rule && property === refusal.property) ??
  refusal;

/** Whether the property can change on an existing file system, and what clients notice. */
function describeChange(name: keyof LustreProperties, { name: type }: ResourceType): string {
  if (type === NATIVE_TYPE) {
    if (NATIVE_UNSUPPORTED.includes(name))
      return 'Cannot be changed: UpdateFileSystem has no such parameter.';
    if (NATIVE_REPLACING.includes(name)) return REPLACED;
  }
  const { update } = rowOf(name);
  if (update === 'none') return 'Can be changed: it is used only at deletion.';
  if (update === 'tags') return 'Can be changed: no impact on clients.';
  const instead = insteadOf(name);
  if (instead !== undefined) return `${REPLACED} ${instead}`;
  const [interruption] = rowsOf(name);
  if (!interruption) return '';
  const { clients, duration, rest, erases } = interruption;
  return [
    `Can be changed: ${impactWords(clients)}.`,
    `Duration: ${duration}.`,
    ...(rest === undefined ? [] : [`For six hours afterward, FSx refuses ${rest}.`]),
    ...(erases === undefined ? [] : [`This erases ${erases}.`]),
  ].join(' ');
}

const REPLACED = 'A change replaces the file system with an empty one.';

const rowsOf = (name: keyof LustreProperties) =>
  INTERRUPTIONS.filter(({ properties }) => properties.includes(name));

const GUIDE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide';

/** The pages of AWS's guide about a change of the property. */
const pagesOf = (name: keyof LustreProperties, { name: type }: ResourceType): string[] => {
  const isFixed = type === NATIVE_TYPE && NATIVE_REPLACING.includes(name);
  const pages = isFixed
    ? []
    : rowsOf(name)
        .slice(0, 1)
        .flatMap(({ pages: each }) => each);
  return pages.length === 0
    ? []
    : [pages.map((page) => `[${page}](${GUIDE}/${page}.html)`).join(', ')];
};
