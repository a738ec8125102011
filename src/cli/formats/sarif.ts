import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../../review/finding';
import { addressOf } from '../../review/rule-names';
import type { Range } from '../../template/source-tree';
import { messageOf, type Format } from './formats';
import { visibleJson } from './visible-text';

/** A repair as edits of a file. */
export interface RepairEdits {
  /** What it does, as a sentence. */
  readonly description: string;
  /** The replaced ranges, with their new text. */
  readonly replacements: readonly (Range & { readonly text: string })[];
}

/**
 * SARIF 2.1.0, for code scanning.
 *
 * @param repairsOf The repairs of a finding that are edits of its file.
 */
export const sarif =
  (repairsOf: (finding: Finding) => readonly RepairEdits[]): Format =>
  ({ findings, failures }) => {
    const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
    const log = JSON.stringify(
      {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          {
            columnKind: 'utf16CodeUnits',
            newlineSequences: ['\r\n', '\n', '\r'],
            tool: {
              driver: {
                name: 'pangea-lustre',
                rules: rules.map((id) => ({
                  id,
                  shortDescription: { text: id.replaceAll('-', ' ') },
                  help: {
                    text: `${addressOf(id)} describes this rule.`,
                    markdown: `[${id}](${addressOf(id)}), in the documentation of pangea-lustre`,
                  },
                })),
              },
            },
            invocations: [
              {
                executionSuccessful: failures.length === 0,
                toolExecutionNotifications: failures.map(({ file, message, ...place }) => ({
                  level: 'error',
                  message: { text: message },
                  locations: [{ physicalLocation: physicalLocation(file, place) }],
                })),
              },
            ],
            results: findings.map((finding) => result(finding, rules, repairsOf(finding))),
          },
        ],
      },
      undefined,
      2,
    );
    return visibleJson(log);
  };

function result(finding: Finding, rules: readonly string[], repairs: readonly RepairEdits[]) {
  const { file, logicalId, property, rule, severity } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: physicalLocation(file, finding),
        logicalLocations: [{ fullyQualifiedName: `${logicalId}.${property}`, kind: 'member' }],
      },
    ],
    ...(repairs.length > 0 && { fixes: repairs.map((each) => fix(file, each)) }),
  };
}

const fix = (file: string, { description, replacements }: RepairEdits) => ({
  description: { text: description },
  artifactChanges: [
    {
      artifactLocation: physicalLocation(file, {}).artifactLocation,
      replacements: replacements.map(({ text, ...range }) => ({
        deletedRegion: regionOf(range),
        insertedContent: { text },
      })),
    },
  ],
});

const regionOf = ({ line, column, endLine, endColumn }: Range) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

function physicalLocation(
  file: string,
  { line: startLine, column: startColumn, endLine, endColumn }: Partial<Range>,
) {
  const uri = isAbsolute(file)
    ? pathToFileURL(file).href
    : file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri },
    ...(startLine !== undefined && { region: { startLine, startColumn, endLine, endColumn } }),
  };
}
