/** Resources that a file system refers to in deployments that do not create them. */
import type { Created, FileSystem, ReviewOptions } from '../file-systems';
import { referencesIn } from '../references';
import { findInDeployments, type DeploymentProblem, type Reported } from './deployment-problems';
import type { Unknown } from '../../lustre/unknown';
import type { Deployment } from '../../template/deployment';
import { defaultDeployment } from '../../template/deployments';
import { isCreated, outside } from '../../template/intrinsics';
import { member } from '../../template/node';
import type { Template } from '../../template/template';
import type { Value } from '../../template/values';

/** CloudFormation refuses a reference to a resource whose condition is false. Nothing is reported if a macro may change it. */
export function checkCreatedResources(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
): Reported {
  const resources = template.section('Resources')?.entries ?? [];
  const conditional = new Set(
    resources.filter(({ value }) => member(value, 'Condition')).map(({ key }) => key),
  );
  const deployment = defaultDeployment(template, options);
  const refersToAny = ({ node, bindings }: FileSystem): boolean => {
    const written = member(node, 'Properties');
    const named = written ? [...referencesIn(written, { deployment, bindings })] : [];
    return named.some(({ name }) => conditional.has(name));
  };
  const isSilent = conditional.size === 0 || template.mayGainNames;
  const referring = isSilent ? [] : fileSystems.filter(refersToAny);
  return findInDeployments(template, referring, options, problemsIn);
}

const problemsIn = (deployment: Deployment, { properties }: Created): DeploymentProblem[] =>
  [...unknownsOf(properties)].flatMap(({ unknown, at }) =>
    [...referencesOf(unknown)].flatMap(({ logicalId, attribute }): DeploymentProblem[] => {
      const resource = deployment.template.resource(logicalId)?.value;
      return !resource || isCreated(resource, outside(deployment))
        ? []
        : [
            {
              at,
              property: attribute === undefined ? logicalId : `${logicalId}.${attribute}`,
              rule: 'unknown-reference',
              message: `${logicalId} is not created, and CloudFormation refuses references to it. Refer to it in Fn::If only, or give both resources the same condition.`,
            },
          ];
    }),
  );

interface Placed {
  readonly unknown: Unknown;
  readonly at: number;
}

/** The unknown values in a value, with their places. */
function* unknownsOf(value: Value): Generator<Placed> {
  if (value.kind === 'unknown') yield value;
  if (value.kind === 'list') for (const item of value.items) yield* unknownsOf(item);
  if (value.kind === 'object')
    for (const each of value.members.values()) yield* unknownsOf(each.value);
}

/** The resources that a value refers to, also as a part of a text. */
function* referencesOf({ known }: Unknown): Generator<NonNullable<Unknown['known']['reference']>> {
  if (known.reference) yield known.reference;
  for (const part of known.parts ?? []) if (typeof part !== 'string') yield* referencesOf(part);
}
