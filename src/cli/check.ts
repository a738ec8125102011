import { check } from '../review/check';
import type { Finding } from '../review/finding';
import type { Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { human, json, type Format } from './formats';
import { deploymentOf } from './option-values';
import { writeStderr, writeStdout } from './streams';

/** What is for other tools is loaded where it is asked for. */
const FORMATS: Readonly<Record<string, () => Format | Promise<Format>>> = {
  human: () => human,
  json: () => json,
  sarif: async () => (await import('./sarif')).sarif,
  github: async () => (await import('./github')).github,
};

/** Reports what FSx would refuse. */
export const run: Run = async ({ positional, options }) => {
  const given = { ...deploymentOf(options), date: today() };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file) =>
    check(text, { ...given, file }),
  );
  const findings = results.flatMap((each) => each.findings);
  const format = await (FORMATS[options.get('format')?.[0] ?? 'human']?.() ?? human);
  const text = format({
    findings,
    failures,
    templates: results.length,
    fileSystems: results.reduce((total, { fileSystems }) => total + fileSystems, 0),
    notCreated: results.reduce((total, { notCreated }) => total + notCreated, 0),
  });
  if (text !== '') writeStdout(text);
  reportFailures(failures);
  const notes = results.flatMap((each) => each.notes);
  for (const { file, line, column, logicalId, message, always } of notes) {
    if (always || options.has('verbose'))
      writeStderr(`${file}:${line}:${column}: note: ${logicalId}: ${message}`);
  }
  if (failures.length > 0) return 2;
  const counts = options.has('strict') ? findings : findings.filter(isError);
  return counts.length > 0 ? 1 : 0;
};

const isError = ({ severity }: Finding): boolean => severity === 'error';

const today = (): string => new Date().toISOString().slice(0, 10);
