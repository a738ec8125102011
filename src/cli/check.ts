import { check } from '../review/check';
import type { Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { github, human, json, type Format } from './formats';
import { deploymentOf } from './option-values';
import { sarif } from './sarif';
import { writeStderr, writeStdout } from './streams';

const FORMATS: Readonly<Record<string, Format>> = { human, json, sarif, github };

/** Reports what FSx would refuse. */
export const run: Run = ({ positional, options }) => {
  const given = { ...deploymentOf(options), date: today() };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file) =>
    check(text, { ...given, file }),
  );
  const findings = results.flatMap((each) => each.findings);
  const format = FORMATS[options.get('format')?.[0] ?? 'human'] ?? human;
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
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
};

const today = (): string => new Date().toISOString().slice(0, 10);
