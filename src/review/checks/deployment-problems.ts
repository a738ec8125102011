/** Problems of a file system that depend on the rest of the template, in each deployment that creates it. */
import {
  fewestNonDefaults,
  outcomeIn,
  type Created,
  type FileSystem,
  type Outcome,
  type ReviewOptions,
} from '../file-systems';
import { findingAt, type Finding, type Note } from '../finding';
import { whenOf } from '../when';
import type { Deployment } from '../../template/deployment';
import { forEachDeployment } from '../../template/deployments';
import type { Template } from '../../template/template';

/** A problem at its place. */
export interface DeploymentProblem extends Pick<Finding, 'property' | 'rule' | 'message'> {
  /** The resource that has it; absent: the file system. */
  readonly logicalId?: string;
  readonly at: number;
  readonly severity?: Finding['severity'];
}

/** Findings, and notes on combinations of parameters that the author may not allow. */
export interface Reported {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/**
 * The message for a problem that needs several parameters to differ from their defaults: the author may not allow that
 * combination.
 */
export const besides = (message: string, when: string): string =>
  `${message} This applies only where ${when || 'several parameters differ from their defaults'}: ` +
  'exclude this combination in Rules if it is not intended.';

/** What a function finds in the deployments that create a file system. */
export type ProblemsIn = (
  deployment: Deployment,
  outcome: Created,
  fileSystem: FileSystem,
) => readonly DeploymentProblem[];

/** What a function finds in all deployments that create one of several file systems. */
export function findInDeployments(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
  problemsIn: ProblemsIn,
): Reported {
  const all = fileSystems.map((each) => findOf(template, each, options, problemsIn));
  return {
    findings: all.flatMap(({ findings }) => findings),
    notes: all.flatMap(({ notes }) => notes),
  };
}

function findOf(
  template: Template,
  fileSystem: FileSystem,
  options: ReviewOptions,
  problemsIn: ProblemsIn,
): Reported {
  const { results } = forEachDeployment(template, options, (deployment) => {
    const outcome = outcomeIn(deployment, fileSystem);
    const { properties } = outcome;
    return properties
      ? [{ outcome, problems: problemsIn(deployment, { ...outcome, properties }, fileSystem) }]
      : [];
  });
  const created = results.flat();
  const outcomes = created.map(({ outcome }) => outcome);
  const found = new Map<string, { problem: DeploymentProblem; in: Set<Outcome> }>();
  for (const { outcome, problems } of created)
    for (const problem of problems) {
      const key = `${problem.at} ${problem.message}`;
      const known = found.get(key) ?? { problem, in: new Set() };
      found.set(key, { ...known, in: known.in.add(outcome) });
    }
  const least = fewestNonDefaults(outcomes);
  const findings: Finding[] = [];
  const notes: Note[] = [];
  for (const { problem, in: affected } of found.values()) {
    const when = whenOf(affected, outcomes, template.work);
    const { logicalId = fileSystem.logicalId, at, message } = problem;
    if (fewestNonDefaults(affected) < least + 2)
      findings.push(findingAt(template, problem, { ...problem, logicalId, when }));
    else
      notes.push({
        file: template.file,
        logicalId,
        ...template.placeAt(at),
        message: besides(message, when),
        always: true,
      });
  }
  return { findings, notes };
}
