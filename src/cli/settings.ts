import { readFileSync } from 'node:fs';
import { isRegion } from '../lustre/partitions';
import type { Arguments } from './command';
import type { DeploymentOptions } from '../template/template';
import { UsageError } from './usage';

/** A parameter and its value; undefined where only the stack has it. */
type Given = [name: string, value: string | undefined];

/** What --parameters and --region say. @throws UsageError */
export function settingsOf({ options }: Arguments): DeploymentOptions {
  const region = options.get('region')?.[0];
  const given = (options.get('parameters') ?? []).flatMap(parametersOf);
  return { parameters: new Map(given), ...(region !== undefined && { region: checked(region) }) };
}

export const isJson = ({ options }: Arguments): boolean => options.get('format')?.[0] === 'json';

/** The region whose prices count: that given, that of the shell, or the one whose prices are known best. */
export function regionOf({ options }: Arguments, env: NodeJS.ProcessEnv = process.env): string {
  const given = [options.get('region')?.[0], env.AWS_REGION, env.AWS_DEFAULT_REGION, 'us-east-1'];
  return checked(given.find(Boolean) ?? '');
}

function checked(region: string): string {
  if (isRegion(region)) return region;
  throw new UsageError(`${region} is not a region: use one such as eu-west-1.`);
}

const KEY_AND_VALUE = /^ParameterKey=([^,]+),ParameterValue=([\s\S]*)$/;
const NAME_AND_VALUE = /^([A-Za-z0-9]+)=([\s\S]*)$/;

function parametersOf(word: string): Given[] {
  const given = wordOf(word);
  return given ? [given] : fileOf(word.replace(/^file:\/\//, ''));
}

function wordOf(word: string): Given | undefined {
  const [, name, value] = KEY_AND_VALUE.exec(word) ?? NAME_AND_VALUE.exec(word) ?? [];
  return name === undefined ? undefined : [name, value];
}

/**
 * A file as `aws cloudformation` takes it: a list of ParameterKey and ParameterValue, a list of NAME=VALUE, or names and
 * values, which may stand under Parameters.
 */
function fileOf(file: string): Given[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason =
      error instanceof SyntaxError
        ? 'is no JSON'
        : `is neither NAME=VALUE nor a file that can be read`;
    throw new UsageError(`--parameters ${file} ${reason}.`);
  }
  const inner = isObject(content) && isObject(content.Parameters) ? content.Parameters : content;
  if (Array.isArray(inner)) return inner.map((item) => itemOf(item, file));
  if (!isObject(inner)) throw new UsageError(`--parameters ${file} holds no parameters.`);
  return Object.entries(inner).map(([name, value]) => [name, textOf(value, name, file)]);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function itemOf(item: unknown, file: string): Given {
  const given = typeof item === 'string' ? wordOf(item) : undefined;
  if (given) return given;
  if (!isObject(item) || typeof item.ParameterKey !== 'string') {
    const shown = JSON.stringify(item);
    throw new UsageError(`--parameters ${file} holds ${shown}, which names no parameter.`);
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
  throw new UsageError(`--parameters ${file} gives ${name} no value: use text or a number.`);
}
