/** What is wrong with a file system, and with resources that refer to it, in the deployments of a template. */
import type { Deployment } from '../../template/deployment';
import { forEachDeployment } from '../../template/deployments';
import type { Template } from '../../template/template';
import {
  outcomeIn,
  variantOf,
  type FileSystem,
  type Outcome,
  type ReviewOptions,
} from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { whenOf } from '../when';

/** What is wrong with a property of a resource, at an offset. */
export interface ResourceProblem {
  readonly logicalId: string;
  readonly property: string;
  readonly at: number;
  readonly rule: string;
  readonly message: string;
  /** Absent: `error`. */
  readonly severity?: Finding['severity'];
}

/** The problems of every deployment, each once, with the conditions under which it occurs. */
export function findingsInDeployments(
  template: Template,
  fileSystem: FileSystem,
  options: ReviewOptions,
  problemsIn: (deployment: Deployment, outcome: Outcome) => readonly ResourceProblem[],
): Finding[] {
  const found = new Map<string, { problem: ResourceProblem; in: Set<Outcome> }>();
  const { results } = forEachDeployment(template, options, (deployment) => {
    const problems = problemsIn(deployment, outcomeIn(deployment, fileSystem));
    return { variant: variantOf(deployment), problems };
  });
  for (const { variant, problems } of results)
    for (const problem of problems) {
      const key = [problem.at, problem.rule, problem.property].join(' ');
      const known = found.get(key) ?? { problem, in: new Set() };
      found.set(key, { ...known, in: known.in.add(variant) });
    }
  return [...found.values()].map(({ problem, in: affected }) => {
    const when = whenOf(
      affected,
      results.map(({ variant }) => variant),
      template.work,
    );
    return findingAt(template, problem, { ...problem, when });
  });
}
