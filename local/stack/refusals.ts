/**
 * CloudFormation refuses a template, its parameters, or an operation on a stack: the ValidationError of its API, or the
 * reason in a stack event. The message is CloudFormation's.
 */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  /** The position in the template, if it is known. CloudFormation does not return it. */
  readonly place: string | undefined;

  constructor(message: string, place?: string) {
    super(message);
    this.place = place;
  }

  /** The same refusal with a position, unless it already has one. */
  at(place: string | undefined): ValidationError {
    return new ValidationError(this.message, this.place ?? place);
  }
}

/** Thrown for features of CloudFormation that the local one does not have, so that nothing is skipped silently. */
export class NotModeled extends Error {
  override readonly name = 'NotModeled';

  constructor(what: string) {
    super(`The local CloudFormation does not carry out ${what}.`);
  }
}

const listed = (names: Iterable<string>): string => `[${[...names].join(', ')}]`;

/**
 * CloudFormation's messages. Recorded messages are from these sources:
 *
 * - functions: https://github.com/aws-cloudformation/cfn-lint/blob/main/test/fixtures/templates/integration/getatt-types.yaml
 * - stacks: https://github.com/localstack/localstack/tree/main/tests/aws/services/cloudformation, the *.snapshot.json
 * - guide: https://repost.aws/knowledge-center/cloudformation-template-validation
 * - parameters: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html; the
 * messages of constraints are in src/template/parameter-constraints.ts
 * - reports: quoted in public issues and questions
 *
 * Without a source, the message is modeled on similar ones, and only the refusal itself is documented.
 */
export const SAYS = {
  // The document. stacks, guide
  notWellFormed: (kind: 'JSON' | 'YAML', line: number, column: number) =>
    `Template format error: ${kind} not well-formed. (line ${line}, column ${column})`,
  unsupportedStructure: 'Template format error: unsupported structure.',
  noAliases: 'Template error: YAML aliases are not allowed in CloudFormation templates',
  nullValue: (pointer: string) => `[${pointer}] 'null' values are not allowed in templates`,
  unknownSections: (names: string[]) => `Invalid template property or properties ${listed(names)}`,
  formatVersion: (version: string) =>
    `Template format error: Unrecognized AWSTemplateFormatVersion ${version}. Use 2010-09-09.`,
  noResources: 'Template format error: At least one Resources member must be defined.',
  notAnObject: (section: string) =>
    `Template format error: Any ${section} member must be an object.`,
  everyMemberText: (member: string) =>
    `Template format error: Every ${member} member must be a string.`,
  everyMemberObject: (member: string) =>
    `Template format error: Every ${member} member must be an object.`,
  everyMemberList: (member: string) =>
    `Template format error: Every ${member} member must be a list.`,
  everyMemberInteger: (member: string) =>
    `Template format error: Every ${member} member must be an integer.`,
  everyMemberNumber: (member: string) =>
    `Template format error: Every ${member} member must be a number.`,
  everyMemberBoolean: (member: string) =>
    `Template format error: Every ${member} member must be a boolean.`,
  dependsOn: 'Template format error: Every DependsOn value must be a string or a list of strings.',
  nonAlphanumeric: (kind: string, name: string) =>
    `Template format error: ${kind} name ${name} is non alphanumeric.`,
  nameTooLong: (kind: string, name: string) =>
    `Template format error: ${kind} name ${name} is longer than 255 characters.`,
  sharedName: (name: string) =>
    `Template format error: Resource name ${name} is also the name of a parameter.`,
  noType: (pointer: string, section: string) =>
    `Template format error: [${pointer}] Every ${section} object must contain a Type member.`,
  unknownResourceProperty: (name: string) => `Invalid template resource property '${name}'`,
  unknownParameterProperty: (name: string) => `Invalid template parameter property '${name}'`,
  unknownOutputProperty: (name: string) => `Invalid template output property '${name}'`,
  unknownResourceTypes: (types: string[]) =>
    `Template format error: Unrecognized resource types: ${listed(types)}`,
  unknownParameterType: (type: string) =>
    `Template format error: Unrecognized parameter type: ${type}`,
  noValue: 'Template format error: Every Outputs member must contain a Value object',
  mappingDepth: 'Template format error: Every Mappings attribute must be a String or a List.',
  mappingMap: (name: string) =>
    `Template format error: Every Mappings member ${name} must be a map`,

  // Quotas. reports, stacks; https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  bodyTooLarge: (start: string) =>
    `1 validation error detected: Value '${start}...' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
  objectTooLarge: 'Template may not exceed 1000000 bytes in size.',
  tooMany: (what: string, count: number, most: number) =>
    `Template format error: Number of ${what}, ${count}, is greater than maximum allowed, ${most}`,
  parameterDescriptionTooLong: (name: string) =>
    `Template format error: Parameter '${name}' description length is greater than 4000.`,
  descriptionTooLong: "Template format error: 'Description' length is greater than 1024.",

  // Policies. reports
  unknownPolicy: (attribute: string, policy: string, resource: string) =>
    `Template format error: Unrecognized ${attribute} ${policy} for resource ${resource}`,
  noSnapshots: (type: string) =>
    `Template error: resource type ${type} does not support deletion policy Snapshot`,

  // Parameters. parameters, stacks, reports
  noParameterValues: (names: string[]) => `Parameters: ${listed(names)} must have values`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html and reports
  noPreviousValue: (name: string) =>
    `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
  unknownParameters: (names: string[]) =>
    `Parameters: ${listed(names)} do not exist in the template`,
  // reports
  notInParameterStore: (keys: string[]) =>
    `Unable to fetch parameters ${listed(keys)} from parameter store for this account.`,
  unresolvedReference: (key: string) => `Parameters: [${key}] cannot be found.`,
  doesNotExist: (name: string, value: string) =>
    `Parameter validation failed: parameter value ${value} for parameter name ${name} does not exist`,
  defaultTooLong: (name: string, value: string) =>
    `Template format error: Parameter '${name}' default value '${value}' length is greater than 4096.`,
  valueTooLong: (name: string) =>
    `Template format error: Parameter '${name}' value is longer than 4096 bytes.`,

  // If an assertion has a description, the message contains it.
  brokenRule: (name: string, description: string) =>
    description === ''
      ? `Template error: an assertion of the rule ${name} does not hold.`
      : description,
  ruleAssertions: (name: string) =>
    `Template format error: Every Rules member must contain a list of Assertions, each with an Assert: ${name}`,
  ruleFunction: (name: string) =>
    `Template format error: Rules can only be rule-specific intrinsic functions on parameters: ${name}`,
  unknownRuleProperty: (name: string) => `Invalid template rule property '${name}'`,
  unresolvedInRules: (name: string) =>
    `Template format error: Unresolved dependencies ${listed([name])}. Cannot reference resources in the Rules block of the template`,

  // References. stacks, guide, reports
  unresolved: (names: Iterable<string>, block: 'Resources' | 'Outputs') =>
    `Template format error: Unresolved resource dependencies ${listed(names)} in the ${block} block of the template`,
  unresolvedByCondition: (name: string, block: 'Resources' | 'Outputs') =>
    block === 'Resources'
      ? SAYS.unresolved([name], block)
      : `Unresolved resource dependencies [${name}] in the Outputs block of the template`,
  resourceInConditions: (names: Iterable<string>) =>
    `Template format error: Unresolved dependencies ${listed(names)}. Cannot reference resources in the Conditions block of the template`,
  undefinedResource: (name: string) =>
    `Template error: instance of Fn::GetAtt references undefined resource ${name}`,
  invalidSubAttribute: (name: string) =>
    `Template error: instance of Fn::Sub references invalid resource attribute ${name}`,
  circular: (names: string[]) => `Circular dependency between resources: ${listed(names)}`,
  unresolvedCondition: (name: string, where: string) =>
    `Template error: unresolved condition dependency ${name} in ${where}`,
  circularCondition: (name: string) =>
    `Template error: Found circular condition dependency with ${name}`,
  conditionsOnly:
    'Template format error: Conditions can only be boolean operations on parameters and other conditions',
  noAttribute: (pointer: string, type: string, attribute: string) =>
    `[Error] ${pointer}: Resource type ${type} does not support attribute {${attribute}}.`,
  attributeIsAbsent: (id: string, attribute: string) =>
    `Template error: resource ${id} has no value for attribute ${attribute} in Fn::GetAtt`,

  // Functions. functions, stacks, reports
  unknownFunction: (name: string, supported: string[]) =>
    `Template error: Encountered unsupported function: ${name} Supported functions are: ${listed(supported)}`,
  onlyInConditions: (name: string) => `Template error: ${name} cannot be partially collapsed`,
  notAlone: (name: string) => `Template error: every ${name} object must have no other member.`,
  ref: 'Template error: every Ref object must have a single String value.',
  getAtt:
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  sub: "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  subName:
    'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  subVariable: (name: string) =>
    `Template error: variable ${name} in Fn::Sub expression does not resolve to a string`,
  subContext:
    'Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string',
  join: 'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  split:
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  select:
    'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
  selectIndex: (index: number) =>
    `Template error: Fn::Select cannot select nonexistent value at index ${index}`,
  equals: 'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  if: 'Template error: every Fn::If object requires a list of 3 parameters, the condition name, the value if true and the value if false.',
  not: 'Template error: every Fn::Not object requires one boolean parameter.',
  andOr: (name: string) =>
    `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  findInMap:
    'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  cidr: 'Template error: every Fn::Cidr object requires three parameters, (1) an IP address block, (2) the number of blocks, from 1 to 256, and (3) the number of subnet bits, such that the blocks fit into the address block.',
  zones: (region: string) =>
    `Template error: Fn::GetAZs requires an empty string or the name of a region, not ${region}`,
  dependentImport:
    'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
  noMapping: (map: string, top: string, second: string) =>
    `Template error: Unable to get mapping for ${map}::${top}::${second}`,
  textOnly: (name: string) =>
    `Template error: every ${name} object must have a String-typed value.`,

  // Outputs and exports. functions, reports
  outputText: 'Template format error: Every Value member must be a string.',
  outputList:
    'Template format error: The Value field of every Outputs member must evaluate to a String and not a List.',
  exportName: (output: string) =>
    `Template format error: Output ${output} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
  // The next three, and the length of a default: https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudformation
  dependentExport: (output: string) =>
    `Template format error: Output ${output} is malformed. The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.`,
  exportNameTooLong: (output: string) =>
    `Template format error: Output ${output} is malformed. The Name field of every Export member must not be longer than 256 characters.`,
  exportTooLong: (output: string, bytes: number) =>
    `Cannot export output ${output} with length ${bytes}. Max length of 1024 exceeded.`,
  exportTwice: (name: string, outputs: string[]) =>
    `Template format error: Export name ${name} is used by more than one output: ${listed(outputs)}`,
  exported: (name: string, stack: string) =>
    `Export with name ${name} is already exported by stack ${stack}.`,
  noExport: (name: string) => `No export named ${name} found.`,
  exportInUse: (name: string, stack: string, deed: 'deleted' | 'updated') =>
    `Export ${name} cannot be ${deed} as it is in use by ${stack}.`,

  // Stacks and their resources. stacks, reports
  stackName: (name: string) =>
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
  constraint: (member: string, must: string) =>
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must ${must}`,
  reservedTag: (key: string) => `Tag keys that begin with aws: are reserved: ${key}`,
  alreadyExists: (name: string) => `Stack [${name}] already exists`,
  noStack: (name: string) => `Stack with id ${name} does not exist`,
  cannotUpdate: (id: string, status: string) =>
    `Stack:${id} is in ${status} state and can not be updated.`,
  cannotContinue: (id: string, status: string) =>
    `Stack:${id} is in ${status} state and can not continue its rollback.`,
  noUpdates: 'No updates are to be performed.',
  otherType: (ids: string[]) =>
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: ${listed(ids)}`,
  failedTo: (deed: 'create' | 'update' | 'delete', ids: string[]) =>
    `The following resource(s) failed to ${deed}: ${listed(ids)}.`,
  invalidResources: (ids: string[]) => `Validation failed for following resources: ${listed(ids)}.`,
  byUser: (reason: string) => `${reason} Rollback requested by user.`,
  initiated: 'User Initiated',
  creationInitiated: 'Resource creation Initiated',
  replacement:
    'Requested update requires the creation of a new physical resource; hence creating one.',
  replacementNeedsRollback:
    'Replacement type updates not supported on stack with disable-rollback.',
  customName: (name: string) =>
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html and reports
  deniedByPolicy: (statement: number, action: string, id: string) =>
    `Action denied by stack policy: Statement [#${statement}] does not allow [${action}] for resource [LogicalResourceId/${id}]`,
  notAllowedByPolicy: (action: string, id: string) =>
    `Action denied by stack policy: No statement allows [${action}] for resource [LogicalResourceId/${id}]`,
  invalidPolicy: (why: string) => `Error validating stack policy: Invalid stack policy (${why})`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html and reports
  protectedStack: (id: string) =>
    `Stack [${id}] cannot be deleted while TerminationProtection is enabled`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
  needsCapability: (capability: string) => `Requires capabilities : ${listed([capability])}`,
  rollbackTwice: 'Either DisableRollback or OnFailure can be specified, not both.',
  deleteByUser: (reason: string) => `${reason} Delete requested by user.`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html and reports
  retainAfterFailure: (id: string) =>
    `Invalid operation on stack [${id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
  cannotRetain: (ids: string[]) =>
    `The following resource(s) cannot be retained, since they are not in the stack: ${listed(ids)}.`,
  cannotDelete: (id: string, status: string) =>
    `Stack [${id}] cannot be deleted while in status ${status}`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
  cannotRollBack: (id: string, status: string) =>
    `Stack:${id} is in ${status} state and can not be rolled back.`,
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
  cannotSkip: (ids: string[]) =>
    `The following resource(s) cannot be skipped, since their rollback has not failed: ${listed(ids)}.`,
  notDeleted: 'One or more resources could not be deleted.',
  // https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html and reports
  handler: (message: string, token: string, code: string) =>
    `Resource handler returned message: "${message}" (RequestToken: ${token}, HandlerErrorCode: ${code})`,
  // The first if all values are known from the start, the second if some come from other resources. reports
  invalidFromTheStart: (id: string, problems: string[]) =>
    `Properties validation failed for resource ${id} with message: ${listed(problems)}`,
  invalid: (id: string, problems: string[]) =>
    `Properties validation failed for resource ${id} with message:\n${problems.join('\n')}`,
};
