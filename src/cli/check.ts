import { check, type Checked } from '../review/check';
import type { ReviewOptions } from '../review/file-systems';
import type { Finding } from '../review/finding';
import type { Arguments, Options, Run } from './options/arguments';
import { sourceLines, type SourceLine } from './formats/excerpt';
import { reportFailures, reviewTemplates } from './files/files';
import { human, json, type Format } from './formats/formats';
import { deploymentOf, formatOf, unknownRegion } from './options/option-values';
import { writeStderr, writeStdout } from './files/streams';
import type { VisibleText } from './formats/visible-text';

/** Formats for other tools are loaded on request. */
type Formats = Readonly<Record<string, () => Format | Promise<Format>>>;

const FORMATS = {
  human: () => human,
  json: () => json,
  github: async () => (await import('./formats/github')).github,
};

/** Options of a check that a simple check does not load. */
export interface Extras {
  readonly formats?: Formats;
  /** Further options of the review. */
  readonly settings?: (options: Options) => Partial<ReviewOptions>;
  /** Reviews a template. `bytes` is its text before decoding. */
  readonly review?: (text: string, options: ReviewOptions, bytes: Buffer) => Reviewed;
  /** Writes the report. Absent: to standard output. */
  readonly write?: (text: VisibleText) => void;
}

/** A reviewed template. */
export interface Reviewed {
  readonly checked: Checked;
  /** The text that was checked. */
  readonly text: string;
}

/** Reviews a template as it is. */
export const unchanged = (text: string, options: ReviewOptions): Reviewed => ({
  checked: check(text, options),
  text,
});

/** Reports what FSx would refuse. */
export const run: Run = (given) => checkTemplates(given);

/** As `run`, with further options. */
export async function checkTemplates(
  { positional, options }: Arguments,
  extras: Extras = {},
): Promise<number> {
  const { settings, review = unchanged, write = writeStdout } = extras;
  const given = { ...deploymentOf(options), ...settings?.(options) };
  // The text of a template is not kept, except the lines with findings.
  const lines = new Map<Finding, SourceLine | undefined>();
  const { results, failures } = reviewTemplates(
    positional,
    given.parameters,
    (text, file, bytes) => {
      const reviewed = review(text, { ...given, file }, bytes);
      const { findings } = reviewed.checked;
      const found = sourceLines(reviewed.text, findings);
      findings.forEach((finding, index) => lines.set(finding, found[index]));
      return reviewed.checked;
    },
  );
  const findings = results.flatMap((each) => each.findings);
  const format = await formatOf<Formats[string]>(options, { ...FORMATS, ...extras.formats })();
  const text = format({
    findings,
    failures,
    templates: results.length,
    fileSystems: results.reduce((total, { fileSystems }) => total + fileSystems, 0),
    notCreated: results.reduce((total, { notCreated }) => total + notCreated, 0),
    lineOf: (finding) => lines.get(finding),
  });
  // Before the report, because its summary comes last.
  reportFailures(failures);
  for (const sentence of unknownRegion(given.region)) writeStderr(`note: ${sentence}`);
  const notes = results.flatMap((each) => each.notes);
  for (const { file, line, column, logicalId, message, always } of notes) {
    if (always || options.has('verbose'))
      writeStderr(`${file}:${line}:${column}: note: ${logicalId}: ${message}`);
  }
  if (text !== '') write(text);
  if (failures.length > 0) return 2;
  const counts = options.has('strict') ? findings : findings.filter(isError);
  return counts.length > 0 ? 1 : 0;
}

const isError = ({ severity }: Finding): boolean => severity === 'error';
