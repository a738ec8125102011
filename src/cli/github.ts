/** Findings as workflow commands of GitHub. */
import { messageOf, type Format } from './formats';
import { workflowCommand } from './workflow-command';

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const github: Format = ({ findings, failures }) =>
  [
    ...findings.map((finding) => {
      const { file, line, column: col, logicalId, rule, severity } = finding;
      const place = { file, line, col, title: `${logicalId}: ${rule}` };
      return workflowCommand(severity, place, messageOf(finding));
    }),
    ...failures.map(({ file, line, column, message }) =>
      workflowCommand('error', { file, line, col: column, title: 'unreadable' }, message),
    ),
  ].join('\n');
