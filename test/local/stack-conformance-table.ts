import type { Options, Script } from './stacks';
import { answering, failure, lustre, only, resources } from './stacks';

/** Pages of CloudFormation's documentation. */
const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const API = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference';
const CLI = 'https://docs.aws.amazon.com/cloudformation-cli/latest/userguide';

/** One operation on a stack. */
export type Step =
  | { create: string; with?: Options }
  | { update: string; with?: Options }
  | { delete: { retain?: string[] } }
  | { continue: { skip?: string[] } }
  | { rollback: true }
  | { protect: boolean }
  | { policy: string };

/** A behavior of CloudFormation, with where it is documented, and how the local one shows it. */
export interface Row {
  behavior: string;
  source: string;
  script?: Script;
  steps: Step[];
  /** How the last operation ends: a status, or the words of a ValidationError. */
  ends: string;
  /** Logical ids and statuses of the resources in the last operation, in this order. */
  tells?: string[];
  /** Part of an event's reason. */
  says?: string;
  outputs?: Record<string, string>;
}

const parameter = (declaration: string, rest = ''): string =>
  `${only('Tags: [{ Key: of, Value: !Ref P }]')}Parameters: { P: { ${declaration} } }\n${rest}`;
const given = (P: string, more: Options = {}): Options => ({ parameters: { P }, ...more });
const two = (second = '', first = '') =>
  resources({ A: lustre(first), B: lustre(second, 'DependsOn: A,') });
const allow = '{ "Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*" }';
const deny = (action: string, more = '"Resource": "LogicalResourceId/Scratch"') =>
  `{ "Statement": [${allow}, { "Effect": "Deny", "Principal": "*", "Action": "${action}", ${more} }] }`;
const rule = (assert: string, condition = '') =>
  parameter(
    'Type: String',
    `Rules: { R: { ${condition} Assertions: [{ Assert: ${assert}, AssertDescription: Not that. }] } }`,
  );
const role = (properties = '') =>
  resources({ Role: `{ Type: AWS::IAM::Role, Properties: { ${properties} } }` });
const refused = failure('InvalidRequest', 'It does not.');

export const ROWS: Row[] = [
  {
    behavior: 'a failed creation is rolled back: what was created is deleted, the last first',
    source: `${GUIDE}/stack-failure-options.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two() }],
    ends: 'ROLLBACK_COMPLETE',
    tells: ['A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_IN_PROGRESS', 'B CREATE_FAILED', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE'], // oxfmt-ignore
  },
  {
    behavior: 'a stack in ROLLBACK_COMPLETE cannot be updated',
    source: `${GUIDE}/view-stack-events.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two() }, { update: only() }],
    ends: 'is in ROLLBACK_COMPLETE state and can not be updated.',
  },
  {
    behavior: 'OnFailure DO_NOTHING keeps what was created',
    source: `${API}/API_CreateStack.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two(), with: { onFailure: 'DO_NOTHING' } }],
    ends: 'CREATE_FAILED',
    tells: ['A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_IN_PROGRESS', 'B CREATE_FAILED'], // oxfmt-ignore
  },
  {
    behavior: 'OnFailure DELETE deletes the stack',
    source: `${API}/API_CreateStack.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two(), with: { onFailure: 'DELETE' } }],
    ends: 'DELETE_COMPLETE',
    says: 'The following resource(s) failed to create: [B]. Delete requested by user.',
  },
  {
    behavior: 'OnFailure ROLLBACK is what happens without it',
    source: `${API}/API_CreateStack.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two(), with: { onFailure: 'ROLLBACK' } }],
    ends: 'ROLLBACK_COMPLETE',
  },
  {
    behavior: 'DisableRollback and OnFailure are not given together',
    source: `${API}/API_CreateStack.html`,
    steps: [{ create: only(), with: { onFailure: 'DELETE', disableRollback: true } }],
    ends: 'Either DisableRollback or OnFailure can be specified, not both.',
  },
  {
    behavior: 'RollbackStack deletes a stack that has never been stable',
    source: `${API}/API_RollbackStack.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: two(), with: { disableRollback: true } }, { rollback: true }],
    ends: 'DELETE_COMPLETE',
    tells: ['B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE'],
  },
  {
    behavior:
      'RollbackStack takes updates that failed without rollback back to the last stable state',
    source: `${API}/API_RollbackStack.html`,
    script: answering({ 'UPDATE B': [refused, undefined, refused] }),
    steps: [
      { create: two('StorageCapacity: 1200', 'StorageCapacity: 1200') },
      { update: two('StorageCapacity: 2400', 'StorageCapacity: 2400'), with: { disableRollback: true } }, // oxfmt-ignore
      { update: two('StorageCapacity: 4800', 'StorageCapacity: 4800'), with: { disableRollback: true } }, // oxfmt-ignore
      { rollback: true },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    tells: ['A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE'],
  },
  {
    behavior: 'RollbackStack deletes what an update without rollback has newly created',
    source: `${API}/API_RollbackStack.html`,
    script: answering({ 'CREATE C': [refused] }),
    steps: [
      { create: only() },
      { update: resources({ Scratch: lustre(), B: lustre(), C: lustre() }), with: { disableRollback: true } }, // oxfmt-ignore
      { rollback: true },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    tells: ['C DELETE_COMPLETE', 'B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE'],
  },
  {
    behavior: 'RollbackStack is for failed stacks only',
    source: `${API}/API_RollbackStack.html`,
    steps: [{ create: only() }, { rollback: true }],
    ends: 'is in CREATE_COMPLETE state and can not be rolled back.',
  },
  {
    behavior: 'ContinueUpdateRollback goes on with a rollback that failed',
    source: `${API}/API_ContinueUpdateRollback.html`,
    script: answering({ 'UPDATE Scratch': [refused, refused] }),
    steps: [{ create: only() }, { update: only('StorageCapacity: 1200') }, { continue: {} }],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    tells: ['Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_COMPLETE'],
  },
  {
    behavior:
      'ContinueUpdateRollback skips a resource at which it has failed, and asks nothing of it',
    source: `${API}/API_ContinueUpdateRollback.html`,
    script: ({ action }) => (action === 'UPDATE' ? refused : undefined),
    steps: [
      { create: only() },
      { update: only('StorageCapacity: 1200') },
      { continue: { skip: ['Scratch'] } },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    tells: ['Scratch UPDATE_COMPLETE'],
  },
  {
    behavior: 'ContinueUpdateRollback skips no other resource',
    source: `${API}/API_ContinueUpdateRollback.html`,
    script: ({ action }) => (action === 'UPDATE' ? refused : undefined),
    steps: [
      { create: only() },
      { update: only('StorageCapacity: 1200') },
      { continue: { skip: ['Scratch', 'Other'] } },
    ],
    ends: 'cannot be skipped, since their rollback has not failed: [Other].',
  },
  {
    behavior: 'termination protection keeps a stack and its status',
    source: `${GUIDE}/using-cfn-protect-stacks.html`,
    steps: [{ create: only(), with: { terminationProtection: true } }, { delete: {} }],
    ends: 'Stack [demo] cannot be deleted while TerminationProtection is enabled',
    tells: [],
  },
  {
    behavior: 'termination protection can be taken back',
    source: `${GUIDE}/using-cfn-protect-stacks.html`,
    steps: [
      { create: only(), with: { terminationProtection: true } },
      { protect: false },
      { delete: {} },
    ],
    ends: 'DELETE_COMPLETE',
  },
  {
    behavior: 'termination protection allows updates that delete a resource',
    source: `${GUIDE}/using-cfn-protect-stacks.html`,
    steps: [
      { create: two(), with: { terminationProtection: true } },
      { update: resources({ A: lustre() }) },
    ],
    ends: 'UPDATE_COMPLETE',
  },
  {
    behavior: 'resources are retained where a deletion has failed, and not before',
    source: `${API}/API_DeleteStack.html`,
    steps: [{ create: only() }, { delete: { retain: ['Scratch'] } }],
    ends: 'specify which resources to retain only when the stack is in the DELETE_FAILED state.',
  },
  {
    behavior: 'a stack policy denies a replacement, and the stack is rolled back',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: only(), with: { policy: deny('Update:Replace') } },
      { update: only('StorageType: SSD') },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    says: 'Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [LogicalResourceId/Scratch]',
  },
  {
    behavior: 'a stack policy that denies a replacement allows a change in place',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: only(), with: { policy: deny('Update:Replace') } },
      { update: only('StorageCapacity: 1200') },
    ],
    ends: 'UPDATE_COMPLETE',
  },
  {
    behavior: 'a stack policy denies the deletion of a resource before anything has begun',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: two(), with: { policy: deny('Update:Delete', '"Resource": "LogicalResourceId/B*"') } }, // oxfmt-ignore
      { update: resources({ A: lustre('StorageCapacity: 1200') }) },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    tells: ['B UPDATE_FAILED'],
    says: 'does not allow [Update:Delete] for resource [LogicalResourceId/B]',
  },
  {
    behavior: 'a stack policy denies what it does not allow',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: only() },
      { policy: `{ "Statement": ${allow.replace('Update:*', 'Update:Delete')} }` },
      { update: only('StorageCapacity: 1200') },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    says: 'Action denied by stack policy: No statement allows [Update:Modify]',
  },
  {
    behavior: 'a stack policy may name types, with a wild card in StringLike only',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: only(), with: { policy: deny('Update:*', '"Resource": "*", "Condition": { "StringLike": { "ResourceType": ["Pangea::*"] } }') } }, // oxfmt-ignore
      { update: only('StorageCapacity: 1200') },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    says: 'Statement [#2] does not allow [Update:Modify]',
  },
  {
    behavior: 'a policy given for one update stands in for that of the stack, during it alone',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [
      { create: only(), with: { policy: deny('Update:*') } },
      { update: only('StorageCapacity: 1200'), with: { policyDuringUpdate: `{ "Statement": [${allow}] }` } }, // oxfmt-ignore
      { update: only('StorageCapacity: 2400') },
    ],
    ends: 'UPDATE_ROLLBACK_COMPLETE',
  },
  {
    behavior: 'a stack policy does not keep a stack from its deletion',
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [{ create: only(), with: { policy: deny('Update:*') } }, { delete: {} }],
    ends: 'DELETE_COMPLETE',
  },
  ...[
    '{',
    '[]',
    '{ "Statement": [{}] }',
    deny('Update:All'),
    deny('Update:*', '"Resource": "Scratch"'),
    deny('Update:*', '"Resource": "*", "NotResource": "*"'),
    deny('Update:*', '"Resource": "*", "Condition": {}'),
    deny('Update:*', '"Resource": "*", "When": 1'),
  ].map((policy): Row => ({
    // oxfmt-ignore
    behavior: `${policy} is no stack policy`,
    source: `${GUIDE}/protect-stack-resources.html`,
    steps: [{ create: only(), with: { policy } }],
    ends: 'Error validating stack policy: ',
  })),
  {
    behavior: 'a template with IAM resources needs CAPABILITY_IAM',
    source: `${GUIDE}/control-access-with-iam.html#using-iam-capabilities`,
    steps: [{ create: role() }],
    ends: 'Requires capabilities : [CAPABILITY_IAM]',
  },
  {
    behavior: 'IAM resources with names need CAPABILITY_NAMED_IAM',
    source: `${GUIDE}/control-access-with-iam.html#using-iam-capabilities`,
    steps: [{ create: role('RoleName: a'), with: { capabilities: ['CAPABILITY_IAM'] } }],
    ends: 'Requires capabilities : [CAPABILITY_NAMED_IAM]',
  },
  {
    behavior: 'CAPABILITY_NAMED_IAM is enough for IAM resources without names',
    source: `${GUIDE}/control-access-with-iam.html#using-iam-capabilities`,
    steps: [{ create: role(), with: { capabilities: ['CAPABILITY_NAMED_IAM'] } }],
    ends: 'CREATE_COMPLETE',
  },
  {
    behavior: 'a rule that does not hold refuses the parameters, in its own words',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: rule('!Contains [[a, b], !Ref P]'), with: given('c') }],
    ends: 'Not that.',
  },
  {
    behavior: 'a rule is held against the parameters of an update as well',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [
      { create: rule('!Contains [[a, b], !Ref P]'), with: given('a') },
      { update: rule('!Contains [[a, b], !Ref P]'), with: given('c') },
    ],
    ends: 'Not that.',
  },
  {
    behavior: 'a rule whose condition does not hold is passed over',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: rule('!Equals [!Ref P, a]', 'RuleCondition: !Equals [!Ref P, b],'), with: given('c') }], // oxfmt-ignore
    ends: 'CREATE_COMPLETE',
  },
  {
    behavior: 'rules take rule-specific functions only',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: rule('!Join [a, [b]]'), with: given('a') }],
    ends: 'Template error: Encountered unsupported function: Fn::Join',
  },
  ...[
    ['AWS::Region', 'us-east-1'],
    ['AWS::AccountId', "'123456789012'"],
    ['AWS::Partition', 'aws'],
    ['AWS::StackName', 'demo'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ].flatMap(([name = '', value = '']): Row[] => [
    {
      behavior: `a rule compares a parameter with ${name}`,
      source: `${GUIDE}/pseudo-parameter-reference.html`,
      steps: [
        { create: rule(`!Equals [!Ref P, !Ref ${name}]`), with: given(value.replaceAll("'", '')) },
      ],
      ends: 'CREATE_COMPLETE',
    },
    {
      behavior: `a rule refuses a parameter that is not ${name}`,
      source: `${GUIDE}/pseudo-parameter-reference.html`,
      steps: [{ create: rule(`!Equals [!Ref P, !Ref ${name}]`), with: given('another') }],
      ends: 'Not that.',
    },
    {
      behavior: `a rule has values that contain ${name}`,
      source: `${GUIDE}/pseudo-parameter-reference.html`,
      steps: [
        { create: rule(`{ 'Fn::Contains': [[${value}, b], !Ref ${name}] }`), with: given('c') },
      ],
      ends: 'CREATE_COMPLETE',
    },
  ]),
  ...[
    ['a,b', 'CREATE_COMPLETE'],
    ['a,c', 'Not that.'],
  ].map(([value = '', ends = '']): Row => ({
    behavior: `a rule checks each item of the list ${value}`,
    source: `${GUIDE}/intrinsic-function-reference-rules.html`,
    steps: [
      {
        create: `${only()}Parameters: { P: { Type: CommaDelimitedList } }
Rules: { R: { Assertions: [{ Assert: { 'Fn::EachMemberIn': [!Ref P, [a, b]] }, AssertDescription: Not that. }] } }`,
        with: given(value),
      },
    ],
    ends,
  })),
  {
    behavior: 'rules refer to parameters only',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: rule('!Equals [!Ref Scratch, a]'), with: given('a') }],
    ends: 'Unresolved dependencies [Scratch]. Cannot reference resources in the Rules block',
  },
  {
    behavior: 'a rule comes to true or false',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: rule('!Ref P'), with: given('a') }],
    ends: 'Rules can only be rule-specific intrinsic functions',
  },
  {
    behavior: 'a rule has assertions',
    source: `${GUIDE}/rules-section-structure.html`,
    steps: [{ create: parameter('Type: String', 'Rules: { R: { Assertions: [] } }'), with: given('a') }], // oxfmt-ignore
    ends: 'Every Rules member must contain a list of Assertions',
  },
  {
    behavior: 'parameters without default need a value',
    source: `${GUIDE}/parameters-section-structure.html`,
    steps: [{ create: parameter('Type: String') }],
    ends: 'Parameters: [P] must have values',
  },
  {
    behavior: 'a value that breaks a constraint is told in the words of ConstraintDescription',
    source: `${GUIDE}/parameters-section-structure.html`,
    steps: [{ create: parameter("Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters"), with: given('1') }], // oxfmt-ignore
    ends: 'Parameter P failed to satisfy constraint: letters',
  },
  {
    behavior: 'a change of a create-only property replaces: new first, old last, in the cleanup',
    source: `${GUIDE}/using-cfn-updating-stacks-update-behaviors.html`,
    steps: [{ create: only() }, { update: only('StorageType: SSD') }],
    ends: 'UPDATE_COMPLETE',
    tells: ['Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_COMPLETE', 'Scratch DELETE_IN_PROGRESS', 'Scratch DELETE_COMPLETE'], // oxfmt-ignore
  },
  {
    behavior: 'UpdateReplacePolicy Retain keeps the old one',
    source: `${REFERENCE}/aws-attribute-updatereplacepolicy.html`,
    steps: [
      { create: only('', 'UpdateReplacePolicy: Retain,') },
      { update: only('StorageType: SSD', 'UpdateReplacePolicy: Retain,') },
    ],
    ends: 'UPDATE_COMPLETE',
    tells: ['Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_COMPLETE', 'Scratch DELETE_SKIPPED'], // oxfmt-ignore
  },
  {
    behavior: 'UpdateReplacePolicy Snapshot is Delete where there are no snapshots',
    source: `${REFERENCE}/aws-attribute-updatereplacepolicy.html`,
    steps: [
      { create: only('', 'UpdateReplacePolicy: Snapshot,') },
      { update: only('StorageType: SSD', 'UpdateReplacePolicy: Snapshot,') },
    ],
    ends: 'UPDATE_COMPLETE',
    tells: ['Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_COMPLETE', 'Scratch DELETE_IN_PROGRESS', 'Scratch DELETE_COMPLETE'], // oxfmt-ignore
  },
  {
    behavior: 'DeletionPolicy Snapshot is refused where there are no snapshots',
    source: `${REFERENCE}/aws-attribute-deletionpolicy.html`,
    steps: [{ create: only('', 'DeletionPolicy: Snapshot,') }],
    ends: 'does not support deletion policy Snapshot',
  },
  {
    behavior: 'DeletionPolicy RetainExceptOnCreate deletes what a failed creation has made',
    source: `${REFERENCE}/aws-attribute-deletionpolicy.html`,
    script: answering({ 'CREATE B': [refused] }),
    steps: [{ create: resources({ A: lustre('', 'DeletionPolicy: RetainExceptOnCreate,'), B: lustre('', 'DependsOn: A,') }) }], // oxfmt-ignore
    ends: 'ROLLBACK_COMPLETE',
    tells: ['A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_IN_PROGRESS', 'B CREATE_FAILED', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE'], // oxfmt-ignore
  },
  {
    behavior: 'DeletionPolicy RetainExceptOnCreate keeps what its stack is deleted around',
    source: `${REFERENCE}/aws-attribute-deletionpolicy.html`,
    steps: [{ create: only('', 'DeletionPolicy: RetainExceptOnCreate,') }, { delete: {} }],
    ends: 'DELETE_COMPLETE',
    tells: ['Scratch DELETE_SKIPPED'],
  },
  {
    behavior: 'DeletionPolicy decides about a resource that the template has no more',
    source: `${REFERENCE}/aws-attribute-deletionpolicy.html`,
    steps: [
      { create: resources({ A: lustre('', 'DeletionPolicy: Retain,'), B: lustre() }) },
      { update: resources({ B: lustre() }) },
    ],
    ends: 'UPDATE_COMPLETE',
    tells: ['A DELETE_SKIPPED'],
  },
  {
    behavior: 'DependsOn is the order of creation, and the reverse that of deletion',
    source: `${REFERENCE}/aws-attribute-dependson.html`,
    steps: [{ create: resources({ B: lustre('', 'DependsOn: A,'), A: lustre() }) }, { delete: {} }],
    ends: 'DELETE_COMPLETE',
    tells: ['B DELETE_IN_PROGRESS', 'B DELETE_COMPLETE', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE'], // oxfmt-ignore
  },
  {
    behavior: 'an update without a change is refused',
    source: `${GUIDE}/troubleshooting.html#troubleshooting-errors-no-updates-to-perform`,
    steps: [{ create: only() }, { update: only() }],
    ends: 'No updates are to be performed.',
  },
  {
    behavior: 'an update of the stack tags reaches the resources',
    source: `${GUIDE}/cfn-console-add-tags.html`,
    steps: [{ create: only() }, { update: only(), with: { tags: { Team: 'a' } } }],
    ends: 'UPDATE_COMPLETE',
    tells: ['Scratch UPDATE_IN_PROGRESS', 'Scratch UPDATE_COMPLETE'],
  },
  {
    behavior: 'a replacement is not possible without rollback',
    source: `${GUIDE}/stack-failure-options.html#stack-failure-options-conditions`,
    steps: [{ create: only() }, { update: only('StorageType: SSD'), with: { disableRollback: true } }], // oxfmt-ignore
    ends: 'UPDATE_FAILED',
    says: 'Replacement type updates not supported on stack with disable-rollback.',
  },
  ...['NetworkFailure', 'ResourceConflict', 'ServiceInternalError', 'Throttling'].map(
    (code): Row => ({
      // oxfmt-ignore
      behavior: `${code} is retriable`,
      source: `${CLI}/resource-type-test-contract-errors.html`,
      script: answering({ 'CREATE Scratch': [failure(code)] }),
      steps: [{ create: only() }],
      ends: 'CREATE_COMPLETE',
    }),
  ),
  {
    behavior: 'InternalFailure is terminal',
    source: `${CLI}/resource-type-test-contract-errors.html`,
    script: answering({ 'CREATE Scratch': [failure('InternalFailure')] }),
    steps: [{ create: only() }],
    ends: 'ROLLBACK_COMPLETE',
  },
  {
    behavior: 'an output is text, of a parameter with NoEcho too',
    source: `${GUIDE}/parameters-section-structure.html`,
    steps: [{ create: parameter('Type: String, NoEcho: true', 'Outputs: { Out: { Value: !Ref P } }'), with: given('secret') }], // oxfmt-ignore
    ends: 'CREATE_COMPLETE',
    outputs: { Out: 'secret' },
  },
  {
    behavior: 'conditions decide what there is, and AWS::NoValue takes a property away',
    source: `${GUIDE}/conditions-section-structure.html`,
    steps: [
      {
        create: `${resources({ A: lustre('StorageCapacity: !If [Big, 2400, !Ref AWS::NoValue]'), B: lustre('', 'Condition: Big,') })}Conditions: { Big: !Equals [a, b] }`,
      },
    ],
    ends: 'CREATE_COMPLETE',
    tells: ['A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE'],
  },
];
