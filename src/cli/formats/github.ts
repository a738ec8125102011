import { messageOf, type Format } from './formats';
import { workflowCommands } from './visible-text';

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const github: Format = ({ findings, failures }) =>
  workflowCommands([
    ...findings.map((finding) => {
      const { file, line, column: col, logicalId, rule, severity: name } = finding;
      const properties = { file, line, col, title: `${logicalId}: ${rule}` };
      return { name, properties, message: messageOf(finding) };
    }),
    ...failures.map(({ file, line, column: col, message }) => ({
      name: 'error' as const,
      properties: { file, line, col, title: 'unreadable' },
      message,
    })),
  ]);
