/**
 * The state of the page, which its address contains, so that a link is a plan. Names are those of the options of
 * `pangea-lustre advise`.
 */
import { OFFERINGS } from '../lustre/catalog/catalog';
import { FEATURES, type FeatureName } from '../lustre/catalog/features';
import { isRegion } from '../lustre/catalog/partitions';
import type { Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { FALLBACK_REGION, type PriceBook } from '../lustre/estimates/prices';
import { capacityIn, rateIn } from '../lustre/estimates/quantities';
import type { DeploymentType } from '../lustre/properties';
import { defined } from '../lustre/json';
import { packed, packedBook, unpacked, unpackedBook } from './packing';

export const VIEWS = ['plan', 'check', 'compare'] as const;
/** A view of the page. */
export type View = (typeof VIEWS)[number];

export const LANGUAGES = ['yaml', 'cdk', 'terraform', 'command'] as const;
/** The language of the text to copy. */
export type Language = (typeof LANGUAGES)[number];

export const TEMPLATES = ['template', 'before', 'after'] as const;
/** A text field for a template. */
export type TemplateName = (typeof TEMPLATES)[number];

/** The state of the page. */
export interface State {
  readonly view: View;
  /** GiB. */
  readonly capacity: number;
  /** MB/s. */
  readonly throughput: number;
  readonly persistent: boolean;
  readonly features: readonly FeatureName[];
  readonly metadataIops?: number;
  readonly deployment?: DeploymentType;
  /** USD a month. */
  readonly maximumCost?: number;
  readonly region: string;
  /** Percent. */
  readonly discount: number;
  /** Prices that the user gave. */
  readonly book?: PriceBook;
  /** A key of `choiceOf`. Absent: the first one. */
  readonly choice?: string;
  readonly language: Language;
  readonly templates: Readonly<Partial<Record<TemplateName, string>>>;
}

const DEFAULTS: State = {
  view: 'plan',
  capacity: 20 * 1024,
  throughput: 4000,
  persistent: false,
  features: [],
  region: FALLBACK_REGION,
  discount: 0,
  language: 'yaml',
  templates: {},
};

/** The need of a state. */
export const needOf = ({ capacity, throughput, persistent, features, ...rest }: State): Need => ({
  capacity,
  throughput,
  persistent,
  features,
  ...(rest.metadataIops !== undefined && { metadataIops: rest.metadataIops }),
  ...(rest.deployment !== undefined && { deployments: [rest.deployment] }),
  ...(rest.maximumCost !== undefined && { maximumCost: rest.maximumCost }),
});

/** The prices of a state. */
export const pricingOf = ({ region, discount, book }: State): CostOptions => ({
  region,
  ...(discount > 0 && { discountPercent: discount }),
  ...(book && { book }),
});

/** A size as in a link. It parses to the same number. */
export const capacityText = (capacity: number): string => `${capacity / 1024}TiB`;

/** A rate as in a link. */
export const rateText = (rate: number): string =>
  rate >= 1000 && (rate / 1000) * 1000 === rate ? `${rate / 1000}GB/s` : `${rate}MB/s`;

/** A state, and the parts of an address that could not be read. */
export interface Read {
  readonly state: State;
  readonly problems: readonly string[];
}

/** Reads an address from `#` on. Missing and invalid parts have their defaults. */
export function stateFrom(hash: string): Read {
  const problems: string[] = [];
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const read = <T>(name: string, turn: (text: string) => T | undefined): T | undefined => {
    const text = given.get(name);
    if (text === null || text === '') return undefined;
    const value = turn(text);
    if (value === undefined)
      problems.push(`The address has a value of ${name} that is not valid; it was ignored.`);
    return value;
  };
  const words = read('needs', (text) => text.split(',')) ?? [];
  const metadataIops = read('metadata-iops', positive);
  const deployment = read('deployment', deploymentNamed);
  const maximumCost = read('max-cost', positive);
  const region = read('region', (text) => (isRegion(text) ? text : undefined)) ?? DEFAULTS.region;
  const book = read('prices', (text) => unpackedBook(text, region));
  const choice = read('choice', (text) => (/^[\w-]{1,60}$/.test(text) ? text : undefined));
  const state: State = {
    view: read('view', oneOf(VIEWS)) ?? DEFAULTS.view,
    capacity: read('capacity', (text) => valueOf(capacityIn(text))) ?? DEFAULTS.capacity,
    throughput: read('throughput', (text) => valueOf(rateIn(text))) ?? DEFAULTS.throughput,
    persistent: words.includes('persistent'),
    features: FEATURES.map(({ name }) => name).filter((name) => words.includes(name)),
    region,
    discount: read('discount', percent) ?? DEFAULTS.discount,
    language: read('language', oneOf(LANGUAGES)) ?? DEFAULTS.language,
    templates: Object.fromEntries(
      TEMPLATES.flatMap((name) => {
        const text = read(name, unpacked);
        return text === undefined ? [] : [[name, text]];
      }),
    ),
    ...defined({ metadataIops, deployment, maximumCost, book, choice }),
  };
  return { state, problems };
}

const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): T | undefined =>
    allowed.find((each) => each === text);

const deploymentNamed = (text: string): DeploymentType | undefined =>
  OFFERINGS.find(({ deployment }) => deployment === text)?.deployment;

function valueOf(read: ReturnType<typeof capacityIn>): number | undefined {
  return 'value' in read && Number.isFinite(read.value) ? read.value : undefined;
}

/** A number above zero, with or without thousands separators; undefined if it is not one. */
export function positive(text: string): number | undefined {
  const value = Number(text.replaceAll(',', '').trim() || NaN);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** A number from 0 to 100; undefined if it is not one. */
export function percent(text: string): number | undefined {
  const value = Number(text.replace('%', '').trim() || NaN);
  return value >= 0 && value <= 100 ? value : undefined;
}

/** The address of a state, from `#` on. Texts that would make it too long are omitted, and named. */
export function addressOf(state: State): { hash: string; leftOut: readonly TemplateName[] } {
  const leftOut: TemplateName[] = [];
  const needs = [...(state.persistent ? ['persistent'] : []), ...state.features];
  const templates = TEMPLATES.map((name) => {
    const text = state.templates[name] ?? '';
    const short = text === '' ? '' : packed(text);
    if (short === undefined) leftOut.push(name);
    return [name, short ?? ''] as const;
  });
  const values: readonly (readonly [string, string])[] = [
    ['view', state.view === DEFAULTS.view ? '' : state.view],
    ['capacity', capacityText(state.capacity)],
    ['throughput', rateText(state.throughput)],
    ['needs', needs.join(',')],
    ['metadata-iops', String(state.metadataIops ?? '')],
    ['deployment', state.deployment ?? ''],
    ['max-cost', String(state.maximumCost ?? '')],
    ['region', state.region],
    ['discount', state.discount === 0 ? '' : String(state.discount)],
    ['choice', state.choice ?? ''],
    ['language', state.language === DEFAULTS.language ? '' : state.language],
    ['prices', state.book ? packedBook(state.book, state.region) : ''],
    ...templates,
  ];
  const written = values
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encoded(value)}`);
  return { hash: `#${written.join('&')}`, leftOut };
}

/** Slashes and commas need no escape there, and are easier to read. */
const encoded = (value: string): string =>
  encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',');
