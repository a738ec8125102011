/** What the page shows, as its address has it: a link is a plan. Names are those of the options of `pangea-lustre advise`. */
import { OFFERINGS } from '../lustre/catalog/catalog';
import { FEATURES, type FeatureName } from '../lustre/catalog/features';
import { isRegion } from '../lustre/catalog/partitions';
import type { Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { FALLBACK_REGION, type PriceBook } from '../lustre/estimates/prices';
import { capacityIn, rateIn } from '../lustre/estimates/quantities';
import type { DeploymentType } from '../lustre/properties';
import { packed, packedBook, unpacked, unpackedBook } from './packing';

export const VIEWS = ['plan', 'check', 'compare'] as const;
export type View = (typeof VIEWS)[number];

export const LANGUAGES = ['yaml', 'cdk', 'terraform', 'command'] as const;
/** What the choice is written in, to be copied. */
export type Language = (typeof LANGUAGES)[number];

export const TEMPLATES = ['template', 'before', 'after'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

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
  /** By `choiceOf`; the first where absent. */
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

/** The need that a state has. */
export const needOf = ({ capacity, throughput, persistent, features, ...rest }: State): Need => ({
  capacity,
  throughput,
  persistent,
  features,
  ...(rest.metadataIops !== undefined && { metadataIops: rest.metadataIops }),
  ...(rest.deployment !== undefined && { deployments: [rest.deployment] }),
  ...(rest.maximumCost !== undefined && { maximumCost: rest.maximumCost }),
});

/** What a state is priced with. */
export const pricingOf = ({ region, discount, book }: State): CostOptions => ({
  region,
  ...(discount > 0 && { discountPercent: discount }),
  ...(book && { book }),
});

/** A size as a link has it; it reads back as the same number. */
export const capacityText = (capacity: number): string => `${capacity / 1024}TiB`;

/** A rate as a link has it. */
export const rateText = (rate: number): string =>
  rate >= 1000 && (rate / 1000) * 1000 === rate ? `${rate / 1000}GB/s` : `${rate}MB/s`;

/** A state, and what of an address could not be read. */
export interface Read {
  readonly state: State;
  readonly problems: readonly string[];
}

/** Reads an address, from `#` on. What it does not say, or says wrongly, is as on a fresh page. */
export function stateFrom(hash: string): Read {
  const problems: string[] = [];
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const read = <T>(name: string, turn: (text: string) => T | undefined): T | undefined => {
    const text = given.get(name);
    if (text === null || text === '') return undefined;
    const value = turn(text);
    if (value === undefined) problems.push(`The address gives ${name} a value that is not valid; it was ignored.`); // prettier-ignore
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
    ...(metadataIops !== undefined && { metadataIops }),
    ...(deployment !== undefined && { deployment }),
    ...(maximumCost !== undefined && { maximumCost }),
    ...(book !== undefined && { book }),
    ...(choice !== undefined && { choice }),
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

/** A number above zero, however it is grouped; undefined where it is none. */
export function positive(text: string): number | undefined {
  const value = Number(text.replaceAll(',', '').trim() || NaN);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** 0 to 100. */
export function percent(text: string): number | undefined {
  const value = Number(text.replace('%', '').trim() || NaN);
  return value >= 0 && value <= 100 ? value : undefined;
}

/** The address of a state, from `#` on. Texts that would make it too long are left out, and named. */
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

/** A slash and a comma need no escape there, and are easier to read. */
const encoded = (value: string): string =>
  encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',');
