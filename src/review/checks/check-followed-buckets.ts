/**
 * Buckets whose objects FSx imports automatically: it adds a notification to such a bucket, and the import stops where others
 * overlap with it. https://docs.aws.amazon.com/fsx/latest/LustreGuide/troubleshooting-misconfigured-data-repository.html
 */
import type { Deployment } from '../../template/deployment';
import { evaluate, outside } from '../../template/intrinsics';
import { entry, member } from '../../template/node';
import type { Template } from '../../template/template';
import { isUnknown, memberOf, scalarText } from '../../template/values';
import type { Created, FileSystem, ReviewOptions } from '../file-systems';
import { modelOf, offsetOf } from '../resource-model';
import { writtenAssociations, type WrittenAssociation } from './check-associations';
import { findInDeployments, type DeploymentProblem, type Reported } from './deployment-problems';
import { bucketIn } from './linked-buckets';

const NOTIFICATIONS = 'NotificationConfiguration';

/** The warnings for file systems and associations that follow a bucket of the template with notifications of its own. */
export function checkFollowedBuckets(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
): Reported {
  const hasAny = template
    .section('Resources')
    ?.entries.some(({ value }) => member(member(value, 'Properties'), NOTIFICATIONS));
  return findInDeployments(
    template,
    hasAny ? fileSystems : [],
    options,
    (deployment, outcome, fileSystem) => [
      ...followedBy(deployment, fileSystem, outcome),
      ...writtenAssociations(deployment, fileSystem).flatMap((each) =>
        followedByAssociation(deployment, each),
      ),
    ],
  );
}

function followedBy(
  deployment: Deployment,
  { type }: FileSystem,
  { properties }: Created,
): DeploymentProblem[] {
  if (properties.kind !== 'object') return [];
  const { ImportPath, AutoImportPolicy: policy } = modelOf(properties, type);
  if (typeof policy !== 'string' || policy === 'NONE') return [];
  const property = type.path('AutoImportPolicy');
  const place = { property, at: offsetOf(properties, property) };
  return overlapping(deployment, ImportPath, place, `set ${property} to NONE`);
}

function followedByAssociation(
  deployment: Deployment,
  { logicalId, properties, context }: WrittenAssociation,
): DeploymentProblem[] {
  const path = member(properties, 'DataRepositoryPath');
  const policy = entry(member(properties, 'S3'), 'AutoImportPolicy');
  if (!path || !policy) return [];
  const given = evaluate(policy.value, context, policy.at);
  const events = memberOf(given, 'Events');
  if (events?.kind !== 'list' || events.items.length === 0) return [];
  const value = evaluate(path, context);
  const place = { logicalId, property: 'S3.AutoImportPolicy', at: policy.at };
  const followed = isUnknown(value) ? value.unknown : undefined;
  return overlapping(deployment, followed, place, 'omit S3.AutoImportPolicy');
}

/** The problem of following a path, if it is in a bucket whose notifications overlap with that of FSx. */
function overlapping(
  deployment: Deployment,
  path: unknown,
  place: Pick<DeploymentProblem, 'logicalId' | 'property' | 'at'>,
  otherwise: string,
): DeploymentProblem[] {
  const { logicalId: bucket } = bucketIn(path) ?? {};
  const events = bucket === undefined ? [] : eventsOf(deployment, bucket);
  if (bucket === undefined || events.length === 0) return [];
  return [
    {
      ...place,
      rule: 'followed-bucket',
      message: `${place.property} follows ${bucket}, whose ${NOTIFICATIONS} has ${events.join(', ')}: FSx adds one for s3:ObjectCreated:* and s3:ObjectRemoved:*, and if others overlap, the link is MISCONFIGURED and imports nothing. Remove these from ${bucket}, or ${otherwise}.`,
      severity: 'warning',
    },
  ];
}

/** The events of created and removed objects for which a bucket has notifications. EventBridge does not overlap with others. */
function eventsOf(deployment: Deployment, bucket: string): string[] {
  const resource = deployment.template.resource(bucket)?.value;
  const written = member(member(resource, 'Properties'), NOTIFICATIONS);
  const given = written && evaluate(written, outside(deployment));
  const events = ['LambdaConfigurations', 'QueueConfigurations', 'TopicConfigurations']
    .map((name) => memberOf(given, name))
    .flatMap((list) => (list?.kind === 'list' ? list.items : []))
    .map((item) => memberOf(item, 'Event'))
    .flatMap((event) => (event && scalarText(event)) ?? []);
  return [...new Set(events.filter((event) => /^s3:Object(Created|Removed):/.test(event)))];
}
