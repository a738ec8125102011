import { checkAttributes } from '../review/check-attributes';
import { checkFileSystem, type CheckNote } from '../review/check-file-system';
import type { Arguments, Run } from './command';
import { tellFailures, visitTemplates } from './files';
import { findFileSystems } from '../review/file-systems';
import type { Finding, Note, Report } from '../review/finding';
import { FORMATS } from './formats';
import { print, tell } from './output';
import { settingsOf } from './settings';
import { isMacro } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';

/** Reports what FSx would refuse. */
export const run: Run = (given) => {
  const report = reportOf(given);
  const name = given.options.get('format')?.[0] ?? 'human';
  const text = (FORMATS[name] ?? FORMATS.human)(report);
  if (text !== '') print(text);
  tellFailures(report.failures);
  for (const { file, line, column, logicalId, message, always } of report.notes) {
    if (always || given.options.has('verbose'))
      tell(`${file}:${line}:${column}: note: ${logicalId}: ${message}`);
  }
  return report.failures.length > 0 ? 2 : report.findings.length > 0 ? 1 : 0;
};

function reportOf(given: Arguments): Report & { notes: readonly CheckNote[] } {
  const settings = settingsOf(given);
  const native = given.options.has('native');
  const { results: checked, failures } = visitTemplates(given.positional, settings, (template) =>
    checkTemplate(template, settings, native),
  );
  const sum = (count: (each: (typeof checked)[number]) => number) =>
    checked.reduce((total, each) => total + count(each), 0);
  return {
    findings: checked.flatMap(({ findings }) => findings),
    notes: checked.flatMap(({ notes }) => notes),
    failures,
    templates: checked.length,
    fileSystems: sum(({ fileSystems }) => fileSystems),
    passedOver: sum(({ passedOver }) => passedOver),
  };
}

/** All that is wrong with the file systems of a template. */
export function checkTemplate(template: Template, settings: DeploymentOptions, native: boolean) {
  const found = findFileSystems(template, settings);
  const fileSystems = [...found.fileSystems, ...(native ? found.native : [])];
  const results = fileSystems.map((each) => checkFileSystem(template, each, settings));
  return {
    findings: [
      ...results.flatMap(({ findings }) => findings),
      ...checkAttributes(template, fileSystems, settings),
    ].sort(byPlace),
    notes: [...results.flatMap(({ notes }) => notes), ...macroNotes(template)].sort(byPlace),
    fileSystems: fileSystems.length,
    passedOver: native ? 0 : found.native.length,
  };
}

/** What a macro adds to the template or to its resources, only CloudFormation sees. */
function macroNotes(template: Template): CheckNote[] {
  return [template.root, template.section('Resources')].flatMap((map) =>
    (map?.entries ?? []).filter(isMacro).map(({ key, at }) => ({
      file: template.file,
      logicalId: key,
      ...template.placeAt(at),
      message: 'What it adds is not known before the deployment: it was not checked.',
    })),
  );
}

const byPlace = (a: Finding | Note, b: Finding | Note): number =>
  a.line - b.line || a.column - b.column;
