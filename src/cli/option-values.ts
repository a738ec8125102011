/** The values of options: parameters, regions, prices, sizes and rates, as people write them. */
import { isObject } from '../lustre/json';
import { describeRegion, regionNamed, regionProblem } from '../lustre/catalog/regions';
import type { CostOptions } from '../lustre/estimates/cost';
import { FALLBACK_REGION, type PriceBook } from '../lustre/estimates/prices';
import { capacityIn, rateIn, type Quantity } from '../lustre/estimates/quantities';
import { UsageError, type Arguments } from './arguments';
import { readBytes } from './streams';

/** A parameter and its value; undefined where only the stack has it. */
type Given = [name: string, value: string | undefined];

type Options = Arguments['options'];

/** What --parameters and --region say about the deployment. @throws UsageError */
export function deploymentOf(options: Options): {
  parameters: ReadonlyMap<string, string | undefined>;
  region?: string;
} {
  const region = options.get('region')?.[0];
  return {
    parameters: parametersIn(options, 'parameters'),
    ...(region !== undefined && { region: checked(region) }),
  };
}

/** The values of parameters that an option gives. @throws UsageError */
export const parametersIn = (
  options: Options,
  option: 'parameters' | 'old-parameters',
): ReadonlyMap<string, string | undefined> =>
  new Map((options.get(option) ?? []).flatMap((word) => parametersOf(word, option)));

export const isJson = (options: Options): boolean => options.get('format')?.[0] === 'json';

/**
 * What --region, --prices and --discount say about prices. The region is that given, that of the shell, that of the price list
 * where it has one, or the one whose prices are known best.
 * @throws UsageError
 */
export async function pricingOf(options: Options): Promise<CostOptions> {
  const region = statedRegion(options);
  const file = options.get('prices')?.[0];
  const discount = options.get('discount')?.[0];
  const book = file === undefined ? undefined : await bookOf(file, region);
  const [only, ...others] = Object.keys(book?.regions ?? {});
  return {
    region: region ?? (others.length === 0 ? only : undefined) ?? FALLBACK_REGION,
    ...(book && { book }),
    ...(discount !== undefined && { discountPercent: percentOf(discount) }),
  };
}

/** The region that is given, or that of the shell. @throws UsageError */
export function statedRegion(options: Options): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const said = [options.get('region')?.[0], AWS_REGION, AWS_DEFAULT_REGION].find(Boolean);
  return said === undefined ? undefined : checked(said);
}

/** The price list in a file; its reader is loaded where there is one to read. @throws UsageError */
async function bookOf(file: string, region: string | undefined): Promise<PriceBook> {
  const { readPrices } = await import('./price-file');
  return readPrices(file, region);
}

/** 0 to 100, of a number with or without the sign. @throws UsageError */
function percentOf(text: string): number {
  const [, number] = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text.trim()) ?? [];
  const percent = Number(number);
  if (percent >= 0 && percent <= 100) return percent;
  throw new UsageError(`--discount ${text} is not valid: use 0 to 100 percent, such as 12.5.`);
}

function checked(region: string): string {
  const problem = regionProblem(region);
  if (problem === undefined) return region;
  throw new UsageError(problem);
}

/** What is to be said of a region of which nothing is known, as a list. */
export const unknownRegion = (region: string | undefined): readonly string[] =>
  region === undefined || regionNamed(region) ? [] : [describeRegion(region)];

const KEY_AND_VALUE = /^ParameterKey=([^,]+),ParameterValue=([\s\S]*)$/;
const NAME_AND_VALUE = /^(\w+)=([\s\S]*)$/;

function parametersOf(word: string, option: string): Given[] {
  const given = assignmentOf(word);
  return given ? [given] : fileOf(word.replace(/^file:\/\//, ''), option);
}

function assignmentOf(word: string): Given | undefined {
  const [, name, value] = KEY_AND_VALUE.exec(word) ?? NAME_AND_VALUE.exec(word) ?? [];
  return name === undefined ? undefined : [name, value];
}

/** Bytes of a file of parameters: more than 200 of them with 4096 bytes each. */
const MOST_BYTES = 2_000_000;

/**
 * A file as `aws cloudformation` takes it: a list of ParameterKey and ParameterValue, a list of NAME=VALUE, or names and
 * values, which may stand under Parameters.
 */
function fileOf(name: string, option: string): Given[] {
  const file = `--${option} ${name}`;
  let content: unknown;
  try {
    const bytes = readBytes(name, MOST_BYTES);
    if (!bytes) throw new UsageError(`${file} is larger than ${MOST_BYTES} bytes.`);
    content = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason =
      error instanceof SyntaxError
        ? 'is not JSON'
        : `is neither NAME=VALUE nor a file that can be read`;
    throw new UsageError(`${file} ${reason}.`);
  }
  const inner = isObject(content) && isObject(content.Parameters) ? content.Parameters : content;
  if (Array.isArray(inner)) return inner.map((item) => itemOf(item, file));
  if (!isObject(inner)) throw new UsageError(`${file} holds no parameters.`);
  return Object.entries(inner).map(([each, value]) => [each, textOf(value, each, file)]);
}

function itemOf(item: unknown, file: string): Given {
  const given = typeof item === 'string' ? assignmentOf(item) : undefined;
  if (given) return given;
  if (!isObject(item) || typeof item.ParameterKey !== 'string') {
    const shown = JSON.stringify(item);
    throw new UsageError(`${file} holds ${shown}, which names no parameter.`);
  }
  const { ParameterKey, ParameterValue, UsePreviousValue } = item;
  if (UsePreviousValue === true || UsePreviousValue === 'true') return [ParameterKey, undefined];
  return [ParameterKey, textOf(ParameterValue, ParameterKey, file)];
}

/** A value as CloudFormation takes it: the items of a list are joined. @throws UsageError */
function textOf(value: unknown, name: string, file: string): string {
  if (Array.isArray(value)) return value.map((item) => textOf(item, name, file)).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new UsageError(`${file} gives ${name} no value: use text or a number.`);
}

/** GiB of a size such as `20TiB`; a number alone is GiB, which is what StorageCapacity counts. @throws UsageError */
export const capacityOf = (text: string): number => quantity('--capacity', text, capacityIn(text));

/** MB/s of a rate such as `4GB/s`; a number alone is MB/s. @throws UsageError */
export const rateOf = (text: string): number => quantity('--throughput', text, rateIn(text));

function quantity(option: string, text: string, read: Quantity): number {
  if ('value' in read) return read.value;
  throw new UsageError(`${option} ${text} ${read.problem}`);
}
