/** Converts findings to diagnostics. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileSystemAt } from '../review/authoring/property-at';
import type { TemplateDraft } from '../review/authoring/template-draft';
import type { Failure } from '../review/failure';
import type { Finding } from '../review/finding';
import { addressOf } from '../review/rule-names';
import { positionOf, rangeOf } from './places';

const SOURCE = 'pangea-lustre';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
} as const;

/** The diagnostics of several findings. */
export const diagnosticsOf = (findings: readonly Finding[]): Diagnostic[] =>
  findings.map(diagnosticOf);

/** The diagnostic of a finding. */
export const diagnosticOf = (finding: Finding): Diagnostic => ({
  range: rangeOf(finding),
  severity: SEVERITIES[finding.severity],
  code: finding.rule,
  codeDescription: { href: addressOf(finding.rule) },
  source: SOURCE,
  message:
    finding.when === undefined ? finding.message : `${finding.message} (where ${finding.when})`,
});

/**
 * The diagnostic for a template that cannot be reviewed: if a file system cannot be parsed, or the whole template was not
 * reviewed. Other syntax errors are left to the editor's YAML or JSON language server.
 */
export function failureDiagnostic(
  draft: TemplateDraft,
  { message, line, column }: Failure,
  document: TextDocument,
): Diagnostic[] {
  const place = positionOf({ line: line ?? 1, column: column ?? 1 });
  const { template, tree } = draft;
  const isSyntax = line !== undefined && (!tree || tree.problem !== undefined);
  const isOurs =
    template && fileSystemAt(template, draft.fileSystems, document.offsetAt(place)) !== undefined;
  if (isSyntax && !isOurs) return [];
  return [
    {
      range: { start: place, end: place },
      severity: isSyntax ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning,
      code: 'not-checked',
      source: SOURCE,
      message: `Not checked: ${message}.`,
    },
  ];
}
