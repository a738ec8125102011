/** Parses the values of options: parameters, regions, prices, sizes and rates. */
import { isObject } from '../../lustre/json';
import { jsonText } from '../../review/json-text';
import { describeRegion, regionNamed, regionProblem } from '../../lustre/catalog/regions';
import type { CostOptions } from '../../lustre/estimates/cost';
import { FALLBACK_REGION, type PriceBook } from '../../lustre/estimates/prices';
import { capacityIn, rateIn, type Quantity } from '../../lustre/estimates/quantities';
import { today } from '../../today';
import { UsageError, type Options } from './arguments';
import { readBytes } from '../files/streams';

/** A parameter and its value; undefined if only the stack has the value. */
type Given = [name: string, value: string | undefined];

/** The parameters, the region and the day of the deployment. @throws UsageError */
export function deploymentOf(options: Options): {
  parameters: ReadonlyMap<string, string | undefined>;
  date: string;
  region?: string;
} {
  const region = options.one('region');
  return {
    parameters: parametersIn(options, 'parameters'),
    date: today(),
    ...(region !== undefined && { region: checked(region) }),
  };
}

/** The parameters that an option gives. @throws UsageError */
export const parametersIn = (
  options: Options,
  option: 'parameters' | 'old-parameters',
): ReadonlyMap<string, string | undefined> =>
  new Map((options.get(option) ?? []).flatMap((word) => parametersOf(word, option)));

/** The given one of the formats; `human` if none is given. */
export const formatOf = <Format>(
  options: Options,
  formats: { readonly human: Format } & Readonly<Partial<Record<string, Format>>>,
): Format => formats[options.one('format') ?? 'human'] ?? formats.human;

/**
 * The options for prices. The region is the given one, else that of the shell, else that of the price list if it has only
 * one, else the one with the most reliable prices.
 *
 * @throws UsageError
 */
export async function pricingOf(options: Options): Promise<CostOptions> {
  const region = statedRegion(options);
  const file = options.one('prices');
  const discount = options.one('discount');
  const book = file === undefined ? undefined : await bookOf(file, region);
  const [only, ...others] = Object.keys(book?.regions ?? {});
  return {
    region: region ?? (others.length === 0 ? only : undefined) ?? FALLBACK_REGION,
    ...(book && { book }),
    ...(discount !== undefined && { discountPercent: percentOf(discount) }),
  };
}

/** The given region, else that of the shell. @throws UsageError */
export function statedRegion(options: Options): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const said = [options.one('region'), AWS_REGION, AWS_DEFAULT_REGION].find(Boolean);
  return said === undefined ? undefined : checked(said);
}

/** The price list in a file. Its parser is loaded only if there is one. @throws UsageError */
async function bookOf(file: string, region: string | undefined): Promise<PriceBook> {
  const { readPrices } = await import('./price-file');
  return readPrices(file, region);
}

/** A number from 0 to 100, with or without a percent sign. @throws UsageError */
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

/** A warning for an unknown region, as a list. */
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

/** The largest file of parameters, in bytes: more than 200 parameters with 4096 bytes each. */
const MOST_BYTES = 2_000_000;

/**
 * Parameters from a file in one of the formats of `aws cloudformation`: a list of ParameterKey and ParameterValue, a list of
 * NAME=VALUE, or an object of names and values, possibly inside Parameters.
 */
function fileOf(name: string, option: string): Given[] {
  const file = `--${option} ${name}`;
  let content: unknown;
  try {
    const bytes = readBytes(name, MOST_BYTES);
    if (!bytes) throw new UsageError(`${file} is larger than ${MOST_BYTES} bytes.`);
    content = JSON.parse(jsonText(bytes));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason =
      error instanceof SyntaxError
        ? 'is not JSON'
        : 'is neither NAME=VALUE nor a file that can be read';
    throw new UsageError(`${file} ${reason}.`);
  }
  const inner = isObject(content) && isObject(content.Parameters) ? content.Parameters : content;
  if (Array.isArray(inner)) return inner.map((item) => itemOf(item, file));
  if (!isObject(inner)) throw new UsageError(`${file} holds no parameters.`);
  return Object.entries(inner).map(([each, value]) => [each, parameterText(value, each, file)]);
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
  return [ParameterKey, parameterText(ParameterValue, ParameterKey, file)];
}

/** A value as CloudFormation expects it: items of a list are joined with commas. @throws UsageError */
function parameterText(value: unknown, name: string, file: string): string {
  if (Array.isArray(value)) return value.map((item) => parameterText(item, name, file)).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new UsageError(`${file} has no value for ${name}: use text or a number.`);
}

/** A size such as `20TiB`, in GiB. A number without a unit is in GiB, as in StorageCapacity. @throws UsageError */
export const capacityOf = (text: string): number => quantity('--capacity', text, capacityIn(text));

/** A rate such as `4GB/s`, in MB/s. A number without a unit is in MB/s. @throws UsageError */
export const rateOf = (text: string): number => quantity('--throughput', text, rateIn(text));

function quantity(option: string, text: string, read: Quantity): number {
  if ('value' in read) return read.value;
  throw new UsageError(`${option} ${text} ${read.problem}`);
}
