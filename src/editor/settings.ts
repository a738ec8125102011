/** Parses the settings of an editor: `pangeaLustre.region` and so on. */
import { isObject } from '../lustre/json';
import { jsonText } from '../review/json-text';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../lustre/account/type-configuration';
import { isRegion } from '../lustre/catalog/partitions';
import { pricesFrom } from '../lustre/estimates/price-list';
import { FALLBACK_REGION, type PriceBook } from '../lustre/estimates/prices';
import { forAccount } from '../review/account';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import { today } from '../today';

/** The section in the editor's settings. */
export const SECTION = 'pangeaLustre';

/** The parsed settings, and the problems of invalid ones. */
export interface Settings extends AuthoringOptions {
  readonly problems: readonly string[];
}

/** Reads a file that the settings name. */
type ReadFile = (file: string) => string;

const NAMES = ['region', 'parameters', 'configuration', 'native', 'prices'] as const;
type Name = (typeof NAMES)[number];

/** In the same section of VS Code, what its client logs. */
const OF_CLIENT = 'trace';

type Given = Readonly<Partial<Record<Name, unknown>>>;

/**
 * Parses the settings. Invalid ones are omitted and reported.
 *
 * @param folder The base of a relative path in `prices`.
 */
export function settingsFrom(
  section: unknown,
  folder: string | undefined,
  read: ReadFile = (file) => jsonText(readFileSync(file)),
): Settings {
  const problems: string[] = [];
  const given = sectionOf(section, problems);
  const region = regionOf(given.region, problems);
  const shell = [process.env.AWS_REGION, process.env.AWS_DEFAULT_REGION].find(
    (each) => each !== undefined && isRegion(each),
  );
  const book = pricesOf(given.prices, folder, region, read, problems);
  const [only, ...others] = Object.keys(book?.regions ?? {});
  const priced = region ?? shell ?? (others.length === 0 ? only : undefined) ?? FALLBACK_REGION;
  const configuration = configurationOf(given.configuration, problems);
  return {
    review: {
      date: today(),
      parameters: parametersOf(given.parameters, problems),
      native: booleanOf(given.native, problems),
      ...(region !== undefined && { region }),
      ...(configuration && forAccount(configuration, region ?? shell ?? FALLBACK_REGION)),
    },
    costs: { region: priced, ...(book && { book }) },
    problems,
  };
}

/** The section, which some editors send inside an object with its name. */
function sectionOf(section: unknown, problems: string[]): Given {
  if (!isObject(section)) return {};
  const given = isObject(section[SECTION]) ? section[SECTION] : section;
  for (const name of Object.keys(given))
    if (!isName(name) && name !== OF_CLIENT && given !== section)
      problems.push(`${SECTION}.${name} is not a setting: use ${NAMES.join(', ')}.`);
  // A setting without a value is null.
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => isName(name) && value !== null && value !== ''),
  );
}

const isName = (name: string): name is Name => (NAMES as readonly string[]).includes(name);

function regionOf(value: unknown, problems: string[]): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && isRegion(value)) return value;
  problems.push(`${SECTION}.region ${shown(value)} is not a region: use one such as eu-west-1.`);
  return undefined;
}

function booleanOf(value: unknown, problems: string[]): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? true;
  problems.push(`${SECTION}.native ${shown(value)} is not valid: use true or false.`);
  return true;
}

function parametersOf(value: unknown, problems: string[]): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  if (!isObject(value)) {
    problems.push(`${SECTION}.parameters is not valid: use an object of names and values.`);
    return new Map();
  }
  return new Map(
    Object.entries(value).flatMap(([name, each]): [string, string][] => {
      const text = textOf(each);
      if (text !== undefined) return [[name, text]];
      problems.push(`${SECTION}.parameters has no value for ${name}: use text or a number.`);
      return [];
    }),
  );
}

/** A value as CloudFormation expects it: items of a list are joined with commas. */
function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map(textOf);
    return items.every((item) => item !== undefined) ? items.join(',') : undefined;
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

function configurationOf(value: unknown, problems: string[]): TypeConfiguration | undefined {
  if (value === undefined) return undefined;
  const { configuration, problems: found } = parseTypeConfiguration(value);
  if (found.length === 0) return configuration;
  problems.push(`${SECTION}.configuration is not a type configuration: ${found.join(' ')}`);
  return undefined;
}

/** The price list in a file, because it is too large to be a setting. */
function pricesOf(
  value: unknown,
  folder: string | undefined,
  region: string | undefined,
  read: ReadFile,
  problems: string[],
): PriceBook | undefined {
  if (value === undefined) return undefined;
  const told = `${SECTION}.prices ${shown(value)}`;
  if (typeof value !== 'string' || (!isAbsolute(value) && folder === undefined)) {
    problems.push(`${told} is not valid: use the path of a price list.`);
    return undefined;
  }
  try {
    const found = pricesFrom(read(isAbsolute(value) ? value : join(folder ?? '', value)), region);
    if ('book' in found) return found.book;
    problems.push(`${told} cannot be used: ${found.problem}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    problems.push(
      `${told} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}.`,
    );
  }
  return undefined;
}

const shown = (value: unknown): string => JSON.stringify(value);
