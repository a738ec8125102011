import { readFileSync } from 'node:fs';
import type { Arguments } from './command';
import type { Settings } from './template/template';
import { UsageError } from './usage';

/** What --parameters and --region say. @throws UsageError */
export function settingsOf({ options }: Arguments): Settings {
  const region = options.get('region')?.[0];
  const given = (options.get('parameters') ?? []).flatMap(parametersOf);
  return { parameters: new Map(given), ...(region !== undefined && { region }) };
}

export const isJson = ({ options }: Arguments): boolean => options.get('format')?.[0] === 'json';

/** The region whose prices count: that given, that of the shell, or the one whose prices are known best. */
export function regionOf({ options }: Arguments, env: NodeJS.ProcessEnv = process.env): string {
  const region =
    [options.get('region')?.[0], env.AWS_REGION, env.AWS_DEFAULT_REGION, 'us-east-1'].find(
      Boolean,
    ) ?? '';
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new UsageError(`${region} is not a region: use one such as eu-west-1.`);
  return region;
}

function parametersOf(word: string): [string, string][] {
  const cli = /^ParameterKey=([^,]+),ParameterValue=([\s\S]*)$/.exec(word);
  const [, name, value] = cli ?? /^([A-Za-z0-9]+)=([\s\S]*)$/.exec(word) ?? [];
  return name === undefined ? fileOf(word.replace(/^file:\/\//, '')) : [[name, value ?? '']];
}

/** A file as `aws cloudformation` takes it: a list of ParameterKey and ParameterValue, or names and values. */
function fileOf(file: string): [string, string][] {
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
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  const inner = isObject(content) && isObject(content.Parameters) ? content.Parameters : content;
  if (Array.isArray(inner)) {
    return inner
      .filter(isObject)
      .map(({ ParameterKey, ParameterValue }) => [String(ParameterKey), String(ParameterValue)]);
  }
  if (!isObject(inner)) throw new UsageError(`--parameters ${file} holds no parameters.`);
  return Object.entries(inner).map(([name, value]) => [name, String(value)]);
}
