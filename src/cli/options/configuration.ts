/** Reads the type configuration of an account from a file. */
import { readFileSync } from 'node:fs';
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../../lustre/account/type-configuration';
import { isObject } from '../../lustre/json';
import { jsonText } from '../../review/json-text';
import { UsageError } from './arguments';
import { meaningOf } from '../files/file-errors';

/** @throws UsageError if the file does not contain a valid one. */
export function configurationIn(file: string): TypeConfiguration {
  const told = `--configuration ${file}`;
  const content = parsed(told, read(told, file));
  if (!isObject(content))
    throw new UsageError(
      `${told} is not a type configuration: write an object with Validation, Pricing and Guardrails.`,
    );
  const { configuration, problems } = parseTypeConfiguration(content);
  if (problems.length > 0)
    throw new UsageError(`${told} is not a type configuration: ${problems.join(' ')}`);
  return configuration;
}

function read(told: string, file: string): string {
  try {
    return jsonText(readFileSync(file));
  } catch (error) {
    throw new UsageError(`${told} cannot be read: ${meaningOf(error)}.`);
  }
}

function parsed(told: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${told} is not JSON.`);
  }
}
