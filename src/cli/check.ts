import { check, type Checked } from '../review/check';
import type { ReviewOptions } from '../review/file-systems';
import type { Arguments, Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { github, human, json, type Format } from './formats';
import { deploymentOf } from './option-values';
import { writeStderr, writeStdout } from './streams';

/** What a check may do beside, and a plain one does not load. */
export interface Extras {
  readonly formats?: Readonly<Record<string, Format>>;
  /** Further options of the review. */
  readonly settings?: (options: Arguments['options']) => Partial<ReviewOptions>;
  /** Reviews a template, whose text came as these bytes. */
  readonly review?: (text: string, options: ReviewOptions, bytes: Buffer) => Checked;
  /** Writes the report; to standard output where absent. */
  readonly write?: (text: string) => void;
}

/** Reports what FSx would refuse. */
export const run: Run = (given) => checkTemplates(given);

/** The same, with extras. */
export function checkTemplates({ positional, options }: Arguments, extras: Extras = {}): number {
  const { settings, review = check, write = writeStdout } = extras;
  const given = {
    ...deploymentOf(options),
    native: options.has('native'),
    date: today(),
    ...settings?.(options),
  };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file, bytes) =>
    review(text, { ...given, file }, bytes),
  );
  const findings = results.flatMap((each) => each.findings);
  const formats: Readonly<Record<string, Format>> = { human, json, github, ...extras.formats };
  const format = formats[options.get('format')?.[0] ?? 'human'] ?? human;
  const text = format({
    findings,
    failures,
    templates: results.length,
    fileSystems: results.reduce((total, { fileSystems }) => total + fileSystems, 0),
    passedOver: results.reduce((total, { passedOver }) => total + passedOver, 0),
  });
  if (text !== '') write(text);
  reportFailures(failures);
  const notes = results.flatMap((each) => each.notes);
  for (const { file, line, column, logicalId, message, always } of notes) {
    if (always || options.has('verbose'))
      writeStderr(`${file}:${line}:${column}: note: ${logicalId}: ${message}`);
  }
  if (failures.length > 0) return 2;
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

const today = (): string => new Date().toISOString().slice(0, 10);
