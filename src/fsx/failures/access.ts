import type { Row } from './row';

/** Explains which role lacks a permission. */
const ROLE =
  'The execution role is the one that the type was registered with, not the role that deploys the stack; resource-role.yaml of the type lists the permissions.';

/**
 * Missing permissions. AWS's message names the kind of policy that decided: "User: ... is not authorized to perform: ACTION
 * on resource: ... with an explicit deny in a service control policy", "... because no identity-based policy allows the
 * ACTION action".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-error-examples
 */
export const ACCESS: readonly Row[] = [
  {
    // EC2 and others: "You are not authorized to perform this operation. Encoded authorization failure message: ..."
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
    says: /encoded authorization (failure )?message/i,
    code: 'AccessDenied',
    advice:
      'To see the reason, an administrator of the account can find the call in CloudTrail and decode its message with aws sts decode-authorization-message.',
  },
  {
    // "... is not authorized to perform: iam:PutRolePolicy on resource: ..." also comes with error names that are not IAM's
    // (https://docs.aws.amazon.com/fsx/latest/LustreGuide/cannot-create-fs.html#slr-permissions-fails).
    says: /not authorized to perform|explicit deny|\bno [\w -]*(policy|boundary) allows/i,
    code: 'AccessDenied',
    advice: ({ said }) => `${purposeOf(said)}${decisionOf(said)}`,
  },
  {
    // "Amazon FSx is unable to create Service-Linked-Role to access the S3 bucket. Ensure the IAM role or user you are
    // using has the required permissions. ..." (BadRequest, https://github.com/aws/aws-parallelcluster/issues/6122)
    says: /service[- ]linked[- ]role/i,
    code: 'AccessDenied',
    advice: ({ said }) =>
      /s3/i.test(said)
        ? `FSx creates the role AWSServiceRoleForFSxS3Access_fs-... for a file system that is linked to S3, which requires iam:CreateServiceLinkedRole, iam:AttachRolePolicy and iam:PutRolePolicy in the execution role of the type. ${ROLE}`
        : `FSx creates the role AWSServiceRoleForAmazonFSx with the first file system of an account, which requires iam:CreateServiceLinkedRole in the execution role of the type. ${ROLE}`,
  },
  {
    // "The tag policy does not allow the specified value for the following tag key: '...'."
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies-enforcement.html
    says: /tag policy/i,
    code: 'InvalidRequest',
    advice:
      'A tag policy of the AWS organization restricts the values of tags, including stack tags. Change the tag, or contact the administrator of the organization.',
  },
];

const NAMES = [
  'AccessDeniedException',
  'AccessDenied',
  'UnauthorizedOperation',
  'NotAuthorized',
  'UnauthorizedAccess',
];

/** For messages that name neither the action nor the policy. */
const UNSAID = `The execution role of the type requires this permission. ${ROLE} Tags, including stack tags, require fsx:TagResource and fsx:UntagResource. If the role has all permissions, look for a Deny in its permissions boundary and in the service control policies of the organization.`;

/** Denials without IAM's message. */
export const ACCESS_BY_NAME: Row = { errors: NAMES, code: 'AccessDenied', advice: UNSAID };

/** What an action is needed for, if it is not the call itself. */
const PURPOSES: readonly [RegExp, string][] = [
  [
    /^iam:CreateServiceLinkedRole$/,
    'FSx creates the role AWSServiceRoleForAmazonFSx with the first file system of an account, and AWSServiceRoleForFSxS3Access_fs-... with each file system that is linked to S3.',
  ],
  [
    /^iam:(Put|Attach)RolePolicy$/,
    'FSx creates the role AWSServiceRoleForFSxS3Access_fs-... for a file system that is linked to S3.',
  ],
  [
    /^kms:/,
    'FSx encrypts the file system with the key in KmsKeyId; the key policy must allow this too.',
  ],
  [
    /^s3:/,
    'FSx reads and writes the bucket of ImportPath and ExportPath; a bucket of another account needs a bucket policy that allows this too.',
  ],
  [/^logs:/, 'FSx writes to the log group in LogConfiguration.Destination.'],
  [/^ec2:/, 'FSx checks the subnet and the security groups.'],
  [/^fsx:(Unt|T)agResource$/, 'Tags, including stack tags, require this permission.'],
  [/^fsx:CreateBackup$/, 'SkipFinalBackup: false requires this permission.'],
];

function purposeOf(said: string): string {
  const action = actionOf(said) ?? '';
  const [, purpose] = PURPOSES.find(([pattern]) => pattern.test(action)) ?? [];
  return purpose === undefined ? '' : `${purpose} `;
}

function actionOf(said: string): string | undefined {
  return /\b([a-z0-9-]{2,}:[A-Z][A-Za-z0-9]+)\b/.exec(said)?.[1];
}

interface Decision {
  policy: RegExp;
  advice: (action: string, denied: boolean) => string;
}

/** Actions that only a creation needs: all but those on backups and log groups. */
const CREATES = /:Create(?!Backup|Log)/;

const organization =
  (policy: string): Decision['advice'] =>
  (action) =>
    `A ${policy} of the AWS organization denies this, and no permission in this account overrides it. The administrator of the organization must allow ${action} for this account and region${CREATES.test(action) ? '; otherwise, create the file system where it is allowed' : ''}.`;

/** Who can change the decision, by the kind of policy that decided. */
const DECISIONS: readonly Decision[] = [
  { policy: /service control polic/i, advice: organization('service control policy') },
  { policy: /resource control polic/i, advice: organization('resource control policy') },
  {
    policy: /permissions boundary/i,
    advice: (action, denied) =>
      `The permissions boundary of the execution role denies this, and no permission of the role overrides it. An administrator of the account must ${denied ? `remove the Deny of ${action} from` : `allow ${action} in`} the boundary.`,
  },
  {
    policy: /session polic/i,
    advice: (action, denied) =>
      `A session policy limits the credentials of the handlers, and no permission of the execution role overrides it. The creator of the session must ${denied ? `remove the Deny of ${action} from` : `allow ${action} in`} it.`,
  },
  {
    policy: /VPC endpoint polic/i,
    advice: (action, denied) =>
      `The policy of the VPC endpoint denies this, and no permission of the execution role overrides it. The owner of the endpoint must ${denied ? `remove the Deny of ${action} from` : `allow ${action} in`} its policy.`,
  },
  {
    policy: /resource-based polic/i,
    advice: (action, denied) =>
      `The policy of the resource itself denies this (the key policy of a KMS key, the bucket policy of a bucket). Its owner must ${denied ? `remove the Deny of ${action}` : `allow ${action}`} for the execution role of the type.`,
  },
  {
    policy: /role trust polic/i,
    advice: (action, denied) =>
      `The trust policy of the role denies this, and no permission of a role overrides it. An administrator of the account must ${denied ? `remove the Deny of ${action} from` : `allow ${action} in`} the trust policy of the role that the message names.`,
  },
  {
    policy: /identity-based polic/i,
    advice: (action, denied) =>
      denied
        ? `A policy of the execution role of the type denies ${action}, which no Allow overrides. An administrator of the account must remove that Deny.`
        : lacks(action),
  },
];

const lacks = (action: string) =>
  `The execution role of the type lacks ${action}: an administrator of the account must add it. ${ROLE}`;

function decisionOf(said: string): string {
  const action = actionOf(said);
  const denied = /explicit deny/i.test(said);
  const decision = DECISIONS.find(({ policy }) => policy.test(said));
  if (decision) return decision.advice(action ?? 'the action', denied);
  if (denied)
    return `A Deny overrides every Allow: look for ${action ?? 'the action'} in the policies and the permissions boundary of the execution role of the type, and in the service control policies of the organization.`;
  return action === undefined ? UNSAID : lacks(action);
}
