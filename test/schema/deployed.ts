/** A template of this project as CloudFormation would deploy it: its parameters, conditions and functions carried out. */
import { join } from 'node:path';
import { parameterValues } from '../../local/stack/parameters';
import { deploymentOf, resolve, type Scope } from '../../local/stack/resolution';
import { loadTemplate } from '../../local/stack/template';
import { conditionHolds } from '../../src/template/intrinsics';

const ROOT = join(__dirname, '..', '..');
export const ACCOUNT = '123456789012';

/** Where a template is deployed. */
export interface Place {
  partition: string;
  region: string;
}
export const IRELAND: Place = { partition: 'aws', region: 'eu-west-1' };

export interface Resource {
  type: string;
  properties: Record<string, unknown>;
}

/** The resources that there would be, by logical id, and the outputs. A resource is its logical id; an attribute says so. */
export function deployed(file: string, given: Record<string, string>, place: Place = IRELAND) {
  const template = loadTemplate(join(ROOT, file));
  const values: Record<string, unknown> = {
    ...parameterValues(template, given),
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': place.partition,
    'AWS::Region': place.region,
    'AWS::StackName': 'stack',
  };
  const scope: Scope = {
    ref: (name) => (Object.hasOwn(values, name) ? values[name] : name),
    attribute: (logicalId, name) => `${logicalId}.${name}`,
    zones: () => [],
    imported: () => undefined,
  };
  const { source } = template;
  const deployment = deploymentOf(source, scope, source.root, file);
  const isThere = (condition: string | undefined) =>
    condition === undefined || conditionHolds(condition, deployment);
  const resources = Object.entries(template.resources)
    .filter(([, { condition }]) => isThere(condition))
    .map(([id, { properties, type }]) => [
      id,
      { type, properties: resolve(properties, id, source, scope) },
    ]);
  const outputs = Object.entries(template.outputs)
    .filter(([, { condition }]) => isThere(condition))
    .map(([id, { value }]) => [id, { Value: resolve(value, id, source, scope) }]);
  return {
    resources: Object.fromEntries(resources) as Record<string, Resource>,
    outputs: Object.fromEntries(outputs) as Record<string, { Value: unknown }>,
  };
}
