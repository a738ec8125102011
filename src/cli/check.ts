import { check, type Checked } from '../review/check';
import type { ReviewOptions } from '../review/file-systems';
import type { Finding } from '../review/finding';
import type { Arguments, Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { human, json, type Format } from './formats';
import { deploymentOf } from './option-values';
import { writeStderr, writeStdout } from './streams';
import type { VisibleText } from './visible-text';

/** What is for other tools is loaded where it is asked for. */
type Formats = Readonly<Record<string, () => Format | Promise<Format>>>;

const FORMATS: Formats = {
  human: () => human,
  json: () => json,
  github: async () => (await import('./github')).github,
};

/** What a check may do beside, and a plain one does not load. */
export interface Extras {
  readonly formats?: Formats;
  /** Further options of the review. */
  readonly settings?: (options: Arguments['options']) => Partial<ReviewOptions>;
  /** Reviews a template, whose text came as these bytes. */
  readonly review?: (text: string, options: ReviewOptions, bytes: Buffer) => Checked;
  /** Writes the report; to standard output where absent. */
  readonly write?: (text: VisibleText) => void;
}

/** Reports what FSx would refuse. */
export const run: Run = (given) => checkTemplates(given);

/** The same, with extras. */
export async function checkTemplates(
  { positional, options }: Arguments,
  extras: Extras = {},
): Promise<number> {
  const { settings, review = check, write = writeStdout } = extras;
  const given = { ...deploymentOf(options), date: today(), ...settings?.(options) };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file, bytes) =>
    review(text, { ...given, file }, bytes),
  );
  const findings = results.flatMap((each) => each.findings);
  const formats: Formats = { ...FORMATS, ...extras.formats };
  const format = await (formats[options.get('format')?.[0] ?? 'human']?.() ?? human);
  const text = format({
    findings,
    failures,
    templates: results.length,
    fileSystems: results.reduce((total, { fileSystems }) => total + fileSystems, 0),
    notCreated: results.reduce((total, { notCreated }) => total + notCreated, 0),
  });
  if (text !== '') write(text);
  reportFailures(failures);
  const notes = results.flatMap((each) => each.notes);
  for (const { file, line, column, logicalId, message, always } of notes) {
    if (always || options.has('verbose'))
      writeStderr(`${file}:${line}:${column}: note: ${logicalId}: ${message}`);
  }
  if (failures.length > 0) return 2;
  const counts = options.has('strict') ? findings : findings.filter(isError);
  return counts.length > 0 ? 1 : 0;
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

const today = (): string => new Date().toISOString().slice(0, 10);
