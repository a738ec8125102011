/** What is found and estimated, word by word: choices, names, quotas, references, groups, links, placeholders, silenced rules. */
import { check } from '../../src/review/check';
import { estimate } from '../../src/review/estimate';
import type { ReviewOptions } from '../../src/review/file-systems';
import { resources } from './yaml';

const OPTIONS = { region: 'us-east-1', date: '2026-11-26' };
const SUBNET = 'SubnetIds: [subnet-01234567]';

const named = (name: string, type: string, properties: string, ...more: string[]): string[] => [
  `  ${name}:`,
  `    Type: ${type}`,
  ...more.map((line) => `    ${line}`),
  `    Properties: {${properties}}`,
];
const ours = (properties: string, ...more: string[]): string[] =>
  named('Fs', 'Pangea::FSx::LustreFileSystem', `${SUBNET}, ${properties}`, ...more);
const native = (properties: string, ...more: string[]): string[] =>
  named('Fs', 'AWS::FSx::FileSystem', `FileSystemType: LUSTRE, ${SUBNET}, ${properties}`, ...more);
const CONDITIONS = [
  'Parameters:',
  '  Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}',
  '  Size: {Type: Number, Default: 1200}',
  '  Any: {Type: String}',
  'Conditions:',
  '  IsProd: !Equals [!Ref Stage, prod]',
  '  IsTest: !Equals [!Ref Stage, test]',
  '  IsLarge: !Not [!Equals [!Ref Size, 1200]]',
  '  IsAny: !Equals [!Ref Any, x]',
];
const staged = (...lines: string[]): string => [...CONDITIONS, resources(...lines)].join('\n');
const chosen = (parameters: string, ...lines: string[]): string =>
  `Parameters: {${parameters}}\n${resources(...lines)}`;

type Cases = Readonly<Record<string, readonly [text: string, options?: Partial<ReviewOptions>]>>;

const CHOICES: Cases = {
  'that FSx refuses': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000, 2400, 7000]}', ...ours('StorageCapacity: !Ref Size'))],
  'that is empty': [chosen("Kind: {Type: String, Default: LZ4, AllowedValues: [LZ4, '', lz4]}", ...ours('StorageCapacity: 1200, DataCompressionType: !Ref Kind'))],
  'that is given': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000]}', ...ours('StorageCapacity: !Ref Size')), { parameters: new Map([['Size', '1200']]) }],
  'that is no text': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, {A: 5000}]}', ...ours('StorageCapacity: !Ref Size'))],
  'that is no list': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: 5000}', ...ours('StorageCapacity: !Ref Size'))],
  'without a default': [chosen('Size: {Type: Number, AllowedValues: [1200, 5000]}', ...ours('StorageCapacity: !Ref Size'))],
  'that another choice makes right': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 3600]}, Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2]}', ...ours('StorageCapacity: !Ref Size, DeploymentType: !Ref Kind'))],
  'that no other choice makes right': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 3500]}, Kind: {Type: String, Default: SCRATCH_2, AllowedValues: [SCRATCH_1, SCRATCH_2]}', ...ours('StorageCapacity: !Ref Size, DeploymentType: !Ref Kind'))],
  'where another thing is wrong as well': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000]}', ...ours('StorageCapacity: !Ref Size, DataCompressionType: lz4'))],
  'where the same is wrong by default': [chosen('Size: {Type: Number, Default: 5000, AllowedValues: [5000, 7000]}', ...ours('StorageCapacity: !Ref Size'))],
  'that warns only': [chosen("Days: {Type: Number, Default: 0, AllowedValues: [0, 7]}", ...ours('StorageCapacity: 1200, AutomaticBackupRetentionDays: !Ref Days')), { region: 'us-east-1', date: '2028-11-26' }],
  'of the second of two': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 3600]}', ...named('A', 'Pangea::FSx::LustreFileSystem', `${SUBNET}, StorageCapacity: !Ref Size, DeploymentType: SCRATCH_1`), ...named('B', 'Pangea::FSx::LustreFileSystem', `${SUBNET}, StorageCapacity: !Ref Size`))],
  'of a native one': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000]}', ...native('StorageCapacity: !Ref Size'))],
  'of a branch': [staged(...ours('StorageCapacity: !If [IsProd, 5000, !If [IsTest, 7000, 1200]]'))],
  'that a condition reads': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000]}', ...ours('StorageCapacity: !Ref Size')).replace('Resources', 'Conditions: {C: !Equals [!Ref Size, 5000]}\nResources')],
  'that a condition of it reads': [chosen('Size: {Type: Number, Default: 1200, AllowedValues: [1200, 5000]}', ...ours('StorageCapacity: !If [C, !Ref Size, 1200]')).replace('Resources', 'Conditions: {C: !Equals [!Ref Size, 5000]}\nResources')],
  'in a text': [chosen('Kind: {Type: String, Default: 2, AllowedValues: [2, 3]}', ...ours('StorageCapacity: 1200, DeploymentType: !Sub "SCRATCH_${Kind}"'))],
}; // oxfmt-ignore

const DEPLOYMENTS: Cases = {
  'what is not known': [staged(...ours('StorageCapacity: !Ref Any, DeploymentType: !ImportValue x, Tags: [{Key: a, Value: !GetAtt Other.Arn}]'))],
  'properties that are not known': [resources('  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: {Fn::Transform: {Name: X}}}')],
  'properties that are a list': [resources('  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: [a]}')],
  'properties that are a text': [resources('  Fs: {Type: Pangea::FSx::LustreFileSystem, Properties: x}')],
  'a configuration that is a text': [resources(...native('StorageCapacity: 1200, LustreConfiguration: x'))],
  'a configuration that is a list': [resources(...native('StorageCapacity: 1200, LustreConfiguration: [a]'))],
  'a configuration that is empty': [resources(...native('StorageCapacity: 1200, LustreConfiguration: '))],
  'a type that is not known': [chosen('Kind: {Type: String}', ...named('Fs', 'AWS::FSx::FileSystem', 'FileSystemType: !Ref Kind, StorageCapacity: 5'))],
  'a type that is chosen': [staged(...named('Fs', 'AWS::FSx::FileSystem', `FileSystemType: !If [IsProd, LUSTRE, WINDOWS], ${SUBNET}, StorageCapacity: 5`))],
  'a type that is another': [resources(...named('Fs', 'AWS::FSx::FileSystem', 'FileSystemType: ONTAP, StorageCapacity: 5'))],
  'native ones that are left alone': [resources(...native('StorageCapacity: 5')), { native: false }],
  'no region': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200')), { region: undefined, date: undefined } as never],
  'a region that lacks it': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200')), { region: 'me-south-1' }],
  'a region that may have it by now': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200')), { region: 'me-south-1', date: '2028-11-26' }],
  'a region in the ARN of a key': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200, KmsKeyId: "arn:aws:kms:me-south-1:123456789012:key/12345678-1234-1234-1234-123456789012"')), { region: undefined } as never],
  'a region in the ARN of a log group': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200, LogConfiguration: {Level: WARN_ONLY, Destination: "arn:aws:logs:me-south-1:123456789012:log-group:/aws/fsx/a"}')), { region: undefined } as never],
  'a region in no ARN': [resources(...ours('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200, Tags: [{Key: a, Value: "arn:aws:kms:me-south-1:123456789012:key/a"}]')), { region: undefined } as never],
  'capacities that are left to FSx': [resources(...ours('StorageCapacity: 5000')), { deferToFsx: true }],
  'further limits': [resources(...native('StorageCapacity: 1200, LustreConfiguration: {DeploymentType: SCRATCH_2}')), { limits: () => [{ kind: 'contradiction', property: 'DeploymentType', rule: 'guardrail-allowed-deployment-types', message: 'not here', severity: 'warning', repairs: [{ DeploymentType: 'PERSISTENT_2', StorageType: undefined }] }] }],
  'a condition that never holds': [staged(...ours('StorageCapacity: 5', 'Condition: Never')).replace('Conditions:', 'Conditions:\n  Never: !Equals [a, b]')],
  'a condition that does not hold by default': [staged(...ours('StorageCapacity: !Ref Size, KmsKeyId: alias/x', 'Condition: IsProd'))],
  'a condition, and other defaults': [staged(...ours('StorageCapacity: !If [IsLarge, 5000, 7000]', 'Condition: IsProd'))],
  'a combination that needs two': [staged(...ours('StorageCapacity: !If [IsProd, !If [IsLarge, 5000, 1200], 1200]'))],
  'a combination that needs three': [staged(...ours('StorageCapacity: !If [IsProd, !If [IsLarge, !If [IsAny, 5000, 1200], 1200], 1200]'))],
  'branches of one cost': [staged(...ours('StorageCapacity: 1200, Tags: [{Key: a, Value: !If [IsAny, b, c]}, {Key: d, Value: e}]'))],
  'too many branches': [[
    `Parameters: {${Array.from({ length: 9 }, (_, at) => `P${at}: {Type: String}`).join(', ')}}`,
    `Conditions: {${Array.from({ length: 9 }, (_, at) => `C${at}: !Equals [!Ref P${at}, x]`).join(', ')}}`,
    resources(...ours(`StorageCapacity: !If [C0, 2400, 1200], Tags: [${Array.from({ length: 9 }, (_, at) => `{Key: k${at}, Value: !If [C${at}, a, b]}`).join(', ')}]`)),
  ].join('\n')],
  'both branches': [staged(...ours('StorageCapacity: !If [IsProd, 5000, 5000]'))],
  'branches with different mistakes': [staged(...ours('StorageCapacity: !If [IsProd, 5000, 7000]'))],
  'what is missing for two reasons': [staged(...ours('StorageCapacity: !If [IsProd, 6000, 1200], DeploymentType: !If [IsProd, PERSISTENT_1, PERSISTENT_2], StorageType: !If [IsProd, HDD, SSD]'))],
  'what is missing in one branch': [staged(...ours('StorageCapacity: 1200, DeploymentType: !If [IsProd, PERSISTENT_2, SCRATCH_2]'))],
  'a mistake that is known in one branch only': [staged(...ours('StorageCapacity: !If [IsProd, 1200, 2400], DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: !If [IsProd, 300, !Ref Any]'))],
  'what mappings give': ['Mappings: {M: {dev: {A: 1200}, test: {A: 5000}, prod: {A: 7200}}}\n' + staged(...ours('StorageCapacity: !FindInMap [M, !Ref Stage, A]'))],
  'what mappings of regions give': ['Mappings: {M: {us-east-1: {A: 5000}, eu-west-1: {A: 1200}}}\n' + resources(...ours('StorageCapacity: !FindInMap [M, !Ref AWS::Region, A]')), { region: undefined } as never],
  'where the value is': [chosen('Size: {Type: Number, Default: 5000}', ...ours('StorageCapacity: !Ref Size'))],
  'where the value of a list is': [chosen("Groups: {Type: CommaDelimitedList, Default: 'a,b'}", ...ours('StorageCapacity: 1200, SecurityGroupIds: !Ref Groups'))],
  'a loop': [`Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A, B]', "    - 'Fs${N}': {Type: Pangea::FSx::LustreFileSystem, Properties: {SubnetIds: [subnet-01234567], StorageCapacity: 5000}}")}`],
  'macros': [`Transform: [Mine]\nFn::Transform: {Name: X}\n${resources(...ours('StorageCapacity: 5000'), "  'Fn::Transform': {Name: Y}")}`],
}; // oxfmt-ignore

const LISTS = Array.from({ length: 70 }, (_, at) => `colour_${at}: x`).join(', ');
const NAMES: Cases = {
  'of other tools': [resources(...ours('storage_capacity: 1200, DeploymentTyp: SCRATCH_2, file_system_type: LUSTRE, Capacity: 5, Throughput: 5'))],
  'of other tools, of a native one': [resources(...native('storage_capacity: 1200, DeploymentTyp: SCRATCH_2, LustreConfiguration: {deployment_type: SCRATCH_2, StorageCapcity: 5, NewThing: 1, lower: 2, RootSquashConfiguration: {RootSquash: "1:1"}, MetadataConfiguration: {Mode: AUTOMATIC, NewMember: 1, new_member: 2}}'))],
  'that AWS may have': [resources(...native('StorageCapacity: 1200, NewThing: 1, X: 2, A1: 3, lower: 4, With_Underscore: 5, OntapConfiguration: {}, LustreConfiguration: {}'))],
  'of members': [resources(...ours('StorageCapacity: 1200, MetadataConfiguration: {Mode: AUTOMATIC, iops: 5, Other: 1}, Tags: [{Key: a, Value: b, Other: 1, value: 2}]'))],
  'of members, of a native one': [resources(...native('StorageCapacity: 1200, Tags: [{Key: a, Value: b, NewMember: 1, new: 2}], LustreConfiguration: {MetadataConfiguration: {Mode: AUTOMATIC, NewMember: 1, iops: 2}}'))],
  'that are many': [resources(...ours(`StorageCapacity: 1200, ${LISTS}`))],
  'that are many, of a native one': [resources(...native(`StorageCapacity: 1200, LustreConfiguration: {${LISTS}}, ${LISTS}`))],
  'of what is there': [resources(...native('StorageCapacity: 1200, storage_capacity: 5, LustreConfiguration: {deployment_type: SCRATCH_2, DeploymentType: SCRATCH_2, KmsKeyId: x, EfaEnabled: false}'))],
  'of what is not there': [resources(...native('StorageCapacity: 1200, EfaEnabled: false, ThroughputCapacity: 5, SkipFinalBackup: true, DNSName: x, LustreConfiguration: {FileSystemId: x, MountName: y, BackupId: z}'))],
  'of JavaScript': [resources(...ours('StorageCapacity: 1200, toString: 1, constructor: 2, __proto__: 3'))],
  'null': [resources(...ours('StorageCapacity: , DeploymentType: null, Tags: [{Key: , Value: x}, ], SecurityGroupIds: [~]'))],
  'null, of a native one': [resources(...native('StorageCapacity: 1200, LustreConfiguration: {DeploymentType: , MetadataConfiguration: {Mode: }}'))],
  'of attributes': [`${resources(...ours('StorageCapacity: 1200'))}Outputs:\n  A: {Value: !GetAtt Fs.DnsName}\n  B: {Value: !GetAtt [Fs, MountNam]}\n  C: {Value: !Sub 'x \${Fs.FileSystemid} \${Fs.DNSName} \${!Fs.Nope}'}\n  D: {Value: !GetAtt Fs.EstimatedMonthlyCostBreakdown.Storage}\n  E: {Value: !GetAtt Fs.Colour}\n  F: {Value: !GetAtt Fs.LustreMountName}\n  G: {Value: !Sub ['\${Fs.Nope}\${Own.Nope}', {Own.Nope: x}]}\n  H: {Value: !GetAtt Other.Nope}\n`],
  'of attributes, of a native one': [`${resources(...native('StorageCapacity: 1200'))}Outputs:\n  A: {Value: !GetAtt Fs.MountName}\n  B: {Value: !GetAtt Fs.FileSystemId}\n  C: {Value: !GetAtt Fs.MountCommand}\n  D: {Value: !GetAtt Fs.RootVolumeId}\n  E: {Value: !GetAtt Fs.toString}\n  F: {Value: !GetAtt Fs.LustreMountNam}\n  G: {Value: !GetAtt Fs}\n  H: {Value: !GetAtt .Id}\n`],
  'of attributes in resources': [resources(...ours('StorageCapacity: 1200'), ...named('Other', 'AWS::SNS::Topic', 'TopicName: !GetAtt Fs.Nope, DisplayName: !Sub "a ${Fs.DNSName} ${ Fs.Nope }"'))],
}; // oxfmt-ignore

const refer = (properties: string, sections = ''): string => `${sections}${resources(...ours(`StorageCapacity: 1200, ${properties}`), ...named('Key', 'AWS::KMS::Key', 'KeyPolicy: {}'))}`; // oxfmt-ignore
const REFERENCES: Cases = {
  'that are there': [refer('KmsKeyId: !Ref Key, Tags: [{Key: a, Value: !Ref AWS::StackName}, {Key: b, Value: !GetAtt Key.Arn}, {Key: c, Value: !Sub "${Key} ${Key.Arn} ${AWS::Region}"}]')],
  'that are not there': [refer('KmsKeyId: !Ref Keyy, Tags: [{Key: a, Value: !Ref Nothing}, {Key: b, Value: !GetAtt Kay.Arn}, {Key: c, Value: !Sub "${Keey} ${Kez.Arn} ${!Literal} ${Own}"}, {Key: d, Value: !Sub ["${Own} ${Other}", {Own: !Ref Nope}]}]')],
  'to a parameter by an attribute': [refer('KmsKeyId: !GetAtt Param.Arn', 'Parameters: {Param: {Type: String}}\n')],
  'to a parameter': [refer('KmsKeyId: !Ref Parm', 'Parameters: {Param: {Type: String}}\n')],
  'to what AWS has': [refer('KmsKeyId: !Ref AWS::Nope, Tags: [{Key: a, Value: !GetAtt AWS::Nope.Arn}]')],
  'where a macro may add names': [refer('KmsKeyId: !Ref Nope', 'Transform: Mine\n')],
  'where a macro of AWS adds no names': [refer('KmsKeyId: !Ref Nope', 'Transform: AWS::LanguageExtensions\n')],
  'where a macro of AWS in a list adds no names': [refer('KmsKeyId: !Ref Nope', 'Transform: [AWS::LanguageExtensions]\n')],
  'where several macros may add names': [refer('KmsKeyId: !Ref Nope', 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n')],
  'where a macro with parameters may add names': [refer('KmsKeyId: !Ref Nope', 'Transform: {Name: AWS::Include}\n')],
  'where a function may add names': [refer('KmsKeyId: !Ref Nope', 'Fn::Transform: {Name: X}\n')],
  'of no file system': [resources(...named('A', 'AWS::SNS::Topic', 'TopicName: !Ref Nope'))],
  'without properties': [resources('  Fs: {Type: Pangea::FSx::LustreFileSystem}')],
  'in a loop': [`Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A, B]', "    - 'Fs${N}': {Type: Pangea::FSx::LustreFileSystem, Properties: {SubnetIds: [subnet-01234567], StorageCapacity: 1200, KmsKeyId: !Ref Nope, Tags: [{Key: a, Value: !Ref N}, {Key: b, Value: !Sub '${N} ${Nope}'}]}}")}`],
  'in a text that is written in another way': [refer('KmsKeyId: !Sub "${N\\x6fpe} ${Nope}"')],
  'at the beginning of a text': [refer('Tags: [{Key: a, Value: "x"}]').replace('"x"', '!Sub "${Nope} x"'), {}],
  'at the beginning of a text without quotes': [resources('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`, '      StorageCapacity: 1200', '      KmsKeyId: !Sub ${Nope} x')],
  'in a text, twice': [refer('KmsKeyId: !Sub "${Nope} ${Key} ${Nope} ${Key.Arn} ${No.Arn}"')],
}; // oxfmt-ignore

const grouped = (rules: string, more: readonly string[] = [], groups = '[!Ref Group]'): string =>
  resources(...ours(`StorageCapacity: 1200, SecurityGroupIds: ${groups}`), ...named('Group', 'AWS::EC2::SecurityGroup', `GroupDescription: x${rules}`), ...more); // oxfmt-ignore
const ingress = (...rules: string[]): string => `, SecurityGroupIngress: [${rules.map((rule) => `{${rule}}`).join(', ')}]`; // oxfmt-ignore
const egress = (...rules: string[]): string => `, SecurityGroupEgress: [${rules.map((rule) => `{${rule}}`).join(', ')}]`; // oxfmt-ignore
const ports = (from: number, to: number, protocol = 'tcp'): string => `IpProtocol: ${protocol}, FromPort: ${from}, ToPort: ${to}`; // oxfmt-ignore
const ALL = [ports(988, 988), ports(1018, 1023)];
const GROUPS: Cases = {
  'without rules': [grouped('')],
  'with all that it needs': [grouped(ingress(...ALL))],
  'with all by its number': [grouped(ingress(ports(988, 1023, '6')))],
  'with all traffic': [grouped(ingress("IpProtocol: '-1'"))],
  'with a protocol that is no TCP': [grouped(ingress(ports(988, 1023, 'udp')))],
  'with no protocol': [grouped(ingress('FromPort: 5, ToPort: 5'))],
  'with a port that is not known': [grouped(ingress('IpProtocol: tcp, FromPort: !Ref Group, ToPort: 988'))],
  'with a port that is missing': [grouped(ingress('IpProtocol: tcp, ToPort: 5'))],
  'with port 988 alone': [grouped(ingress(ports(988, 988)))],
  'with the other ports alone': [grouped(ingress(ports(1018, 1023)))],
  'with too few ports below': [grouped(ingress(ports(988, 988), ports(1019, 1023)))],
  'with too few ports above': [grouped(ingress(ports(988, 988), ports(1018, 1022)))],
  'with a gap': [grouped(ingress(ports(988, 988), ports(1018, 1019), ports(1022, 1023)))],
  'with two gaps': [grouped(ingress(ports(988, 988), ports(1019, 1021), ports(1023, 1023)))],
  'with outbound rules that are enough': [grouped(ingress(...ALL) + egress(...ALL))],
  'with outbound rules that are too few': [grouped(ingress(...ALL) + egress(ports(443, 443)))],
  'with outbound rules of one port': [grouped(ingress(...ALL) + egress(ports(988, 988)))],
  'with no outbound rules in a list': [grouped(`${ingress(...ALL)}, SecurityGroupEgress: []`)],
  'closed both ways': [grouped(ingress(ports(22, 22)) + egress(ports(22, 22)))],
  'with a rule that is no list': [grouped(`, SecurityGroupIngress: {${ports(988, 1023)}}`)],
  'with rules that are left out': [grouped(', SecurityGroupIngress: !Ref AWS::NoValue')],
  'with rules that are not known': [grouped(', SecurityGroupIngress: !Ref Group')],
  'with rules of their own': [grouped('', [...named('In', 'AWS::EC2::SecurityGroupIngress', `GroupId: !Ref Group, ${ports(988, 988)}`), ...named('In2', 'AWS::EC2::SecurityGroupIngress', `GroupId: !GetAtt Group.GroupId, ${ports(1018, 1023)}`)])],
  'with rules of another group': [grouped('', named('In', 'AWS::EC2::SecurityGroupIngress', `GroupId: sg-01234567, ${ports(988, 1023)}`))],
  'with an outbound rule of its own': [grouped(ingress(...ALL), named('Out', 'AWS::EC2::SecurityGroupEgress', `GroupId: !Ref Group, ${ports(443, 443)}`))],
  'with a rule between two groups': [grouped('', [...named('Peer', 'AWS::EC2::SecurityGroup', 'GroupDescription: y'), ...named('In', 'AWS::EC2::SecurityGroupIngress', `GroupId: !Ref Group, SourceSecurityGroupId: !Ref Peer, ${ports(988, 1023)}`)])],
  'with a rule without properties': [grouped('', ['  In: {Type: AWS::EC2::SecurityGroupIngress, GroupId: !Ref Group}'])],
  'two, of which one is open': [grouped(ingress(ports(22, 22)), named('Open', 'AWS::EC2::SecurityGroup', `GroupDescription: y${ingress(...ALL)}`), '[!Ref Group, !GetAtt Open.GroupId]')],
  'two that are closed': [grouped(ingress(ports(22, 22)), named('Shut', 'AWS::EC2::SecurityGroup', 'GroupDescription: y'), '[!Ref Group, !Ref Shut]')],
  'one beside one that is elsewhere': [grouped('', [], '[!Ref Group, sg-01234567]')],
  'one beside one that a function gives': [grouped('', [], '[!Ref Group, !Sub "${Group}${Group}"]')],
  'one by a text': [grouped('', [], '[!Sub "${Group}"]')],
  'none': [grouped('', [], '[]')],
  'that are no list': [grouped('', [], '!Ref Group')],
  'of a file system that is not created': [`Conditions: {Off: !Equals [a, b]}\n${grouped('').replace('    Type: Pangea', '    Condition: Off\n    Type: Pangea')}`],
  'of no file system': [resources(...named('Group', 'AWS::EC2::SecurityGroup', 'GroupDescription: x'))],
}; // oxfmt-ignore

const link = (name: string, path: string | undefined, more = '', ...above: string[]): string[] => named(name, 'AWS::FSx::DataRepositoryAssociation', `FileSystemId: !Ref Fs, ${path === undefined ? '' : `FileSystemPath: ${path}, `}DataRepositoryPath: s3://bucket/${name}${more}`, ...above); // oxfmt-ignore
const linked = (properties: string, ...links: string[]): string =>
  resources(...ours(`StorageCapacity: 1200${properties}`), ...links);
const LINKS: Cases = {
  'that are sound': [linked('', ...link('A', '/a'), ...link('B', '/ab'), ...link('C', '/b/c'))],
  'that are one': [linked('', ...link('A', '/a'), ...link('B', '/a'))],
  'inside each other': [linked('', ...link('A', '/a/b'), ...link('B', '/a'), ...link('C', '/a/b/c/'))],
  'inside the whole': [linked('', ...link('A', '/'), ...link('B', '/a'))],
  'without a path': [linked('', ...link('A', undefined), ...link('B', '/a'))],
  'with a path that is not known': [linked('', ...link('A', '!Ref Fs'), ...link('B', '/a'))],
  'eight': [linked('', ...Array.from({ length: 8 }, (_, at) => link(`L${at}`, `/a${at}`)).flat())],
  'ten': [linked('', ...Array.from({ length: 10 }, (_, at) => link(`L${at}`, `/a${at}`)).flat())],
  'of SCRATCH_1': [linked(', DeploymentType: SCRATCH_1', ...link('A', '/a'))],
  'of INTELLIGENT_TIERING': [resources(...ours('DeploymentType: PERSISTENT_2, StorageType: INTELLIGENT_TIERING, ThroughputCapacity: 4000, MetadataConfiguration: {Mode: USER_PROVISIONED, Iops: 6000}, DataReadCacheConfiguration: {SizingMode: NO_CACHE}'), ...link('A', '/a'))],
  'of Lustre 2.10': [linked(", FileSystemTypeVersion: '2.10'", ...link('A', '/a'))],
  'of Lustre 2.12': [linked(", FileSystemTypeVersion: '2.12'", ...link('A', '/a'))],
  'of a type that is not known': [chosen('Kind: {Type: String}', ...ours('StorageCapacity: 1200, DeploymentType: !Ref Kind'), ...link('A', '/a'))],
  'of a native one': [resources(...native('StorageCapacity: 1200, LustreConfiguration: {DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 50, AutomaticBackupRetentionDays: 1}'), ...link('A', '/a'))],
  'of a native one of a type that is not known': [chosen('Kind: {Type: String}', ...native('StorageCapacity: 1200, LustreConfiguration: {DeploymentType: !Ref Kind}'), ...link('A', '/a'))],
  'of a native one of an old version': [resources(...native('StorageCapacity: 1200'), ...link('A', '/a'))],
  'with an import path': [linked(', ImportPath: s3://bucket', ...link('A', '/a'))],
  'with backups': [linked(', DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, AutomaticBackupRetentionDays: 1', ...link('A', '/a'))],
  'with no backups': [linked(', DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, AutomaticBackupRetentionDays: 0, SkipFinalBackup: true', ...link('A', '/a'))],
  'with a final backup': [linked(', DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, SkipFinalBackup: false', ...link('A', '/a'))],
  'with backups that are not known': [chosen('Days: {Type: Number}', ...ours('StorageCapacity: 1200, DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, AutomaticBackupRetentionDays: !Ref Days'), ...link('A', '/a'))],
  'by a text': [linked(', DeploymentType: SCRATCH_1', ...named('A', 'AWS::FSx::DataRepositoryAssociation', "FileSystemId: !Sub '${Fs}', FileSystemPath: /a"))],
  'of another': [linked(', DeploymentType: SCRATCH_1', ...named('A', 'AWS::FSx::DataRepositoryAssociation', 'FileSystemId: fs-01234567, FileSystemPath: /a'), ...named('B', 'AWS::FSx::DataRepositoryAssociation', 'FileSystemPath: /a'), '  C: {Type: AWS::FSx::DataRepositoryAssociation}')],
  'under a condition': [staged(...ours('StorageCapacity: 1200, DeploymentType: SCRATCH_1'), ...link('A', '/a', '', 'Condition: IsProd'))],
  'of a file system under a condition': [staged(...ours('StorageCapacity: 1200, DeploymentType: SCRATCH_1', 'Condition: IsProd'), ...link('A', '/a'))],
  'in one branch': [staged(...ours('StorageCapacity: 1200, DeploymentType: !If [IsProd, SCRATCH_1, SCRATCH_2]'), ...link('A', '/a'), ...link('B', '/b'))],
  'of no resources': ['Resources: {}'],
}; // oxfmt-ignore

const restored = (backed: string, more: string, reference = '!GetAtt Backup.BackupId', backup = 'FileSystemId: !Ref Old'): string =>
  staged(...named('Old', 'Pangea::FSx::LustreFileSystem', `${SUBNET}, ${backed}`), ...named('Backup', 'AWS::FSx::Backup', backup), ...named('Fs', 'Pangea::FSx::LustreFileSystem', `${SUBNET}, BackupId: ${reference}${more}`)); // oxfmt-ignore
const PERSISTENT =
  'DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: 1200';
const BACKUPS: Cases = {
  'of the same': [restored(PERSISTENT, `, ${PERSISTENT}`)],
  'of another': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1, PerUnitStorageThroughput: 50, StorageCapacity: 2400')],
  'of another capacity': [restored(PERSISTENT, ', StorageCapacity: 2400')],
  'of another version': [restored(PERSISTENT, ", FileSystemTypeVersion: '2.12'")],
  'by a reference': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Ref Backup')],
  'by a text': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Sub "${Backup.BackupId}"')],
  'by another attribute': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!GetAtt Backup.ResourceARN')],
  'of what is elsewhere': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', 'backup-01234567')],
  'of a file system that is elsewhere': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Ref Backup', 'FileSystemId: fs-01234567')],
  'of no file system': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Ref Backup', 'Tags: []')],
  'of a volume': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Ref Backup', 'FileSystemId: !Ref Backup')],
  'of what is no backup': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1', '!Ref Backup').replace('AWS::FSx::Backup', 'AWS::FSx::Volume')],
  'of a native one': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1, StorageCapacity: 2400').replace('Pangea::FSx::LustreFileSystem', 'AWS::FSx::FileSystem').replace('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125', 'FileSystemType: LUSTRE, LustreConfiguration: {DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125}')],
  'of one with what is not known': [restored('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: !Ref Size', ', DeploymentType: PERSISTENT_1, StorageCapacity: 2400, StorageType: HDD').replace('Size: {Type: Number, Default: 1200}', 'Size: {Type: Number}')],
  'of one with what is malformed': [restored('DeploymentType: PERSISTENT_2, PerUnitStorageThroughput: 125, StorageCapacity: much', ', StorageCapacity: 2400, DeploymentType: PERSISTENT_1, StorageType: HDD')],
  'of one that is restored': [restored('BackupId: backup-01234567', ', StorageCapacity: 2400, DeploymentType: PERSISTENT_1')],
  'of one that is not created': [restored(PERSISTENT, ', DeploymentType: PERSISTENT_1').replace('    Properties: {SubnetIds: [subnet-01234567], DeploymentType: PERSISTENT_2', '    Condition: IsProd\n    Properties: {SubnetIds: [subnet-01234567], DeploymentType: PERSISTENT_2')],
}; // oxfmt-ignore

const byDefault = (Default: string, property = 'KmsKeyId', type = 'String', use = '!Ref P'): string =>
  chosen(
    `P: {Type: ${type}, Default: ${Default}}`,
    ...named('Fs', 'Pangea::FSx::LustreFileSystem', [
      ...(property === 'SubnetIds' ? [] : [SUBNET]),
      ...(property === 'StorageCapacity' ? [] : ['StorageCapacity: 1200']),
      `${property}: ${use}`,
    ].join(', ')),
  ); // oxfmt-ignore
const PLACEHOLDERS: Cases = {
  'nothing': [byDefault("''")],
  'a space': [byDefault("' '")],
  'no value': [byDefault("'AWS::NoValue'")],
  'words': [byDefault('your-key')],
  'brackets': [byDefault("'<key>'")],
  'x': [byDefault("'xxx'"), {}],
  'two x': [byDefault("'xx'", 'SubnetIds', 'String', '[!Ref P]')],
  'a change': [byDefault("'change-me'", 'ImportPath')],
  'a change in one word': [byDefault("'CHANGEME'", 'ImportPath')],
  'dots': [byDefault("'...'", 'ImportPath')],
  'a bucket': [byDefault('bucket/data', 'ImportPath')],
  'a bucket with an x': [byDefault('box', 'ImportPath')],
  'a bucket with two x': [byDefault('xx-bucket', 'ImportPath')],
  'a bucket with three x': [byDefault('xxx-bucket', 'ImportPath')],
  'a bucket with a dot': [byDefault('my.bucket', 'ImportPath')],
  'a bucket with dots': [byDefault('bucket...', 'ImportPath')],
  'a bucket that is yours': [byDefault('your-bucket', 'ImportPath')],
  'a bucket to replace': [byDefault('replace-this', 'ImportPath')],
  'a bucket of an example': [byDefault('example-bucket', 'ImportPath')],
  'a bucket in brackets': [byDefault("'<bucket>'", 'ImportPath')],
  'an example': [byDefault("'subnet-example'", 'SubnetIds', 'String', '[!Ref P]')],
  'a mistake': [byDefault("'subnet_01234567'", 'SubnetIds', 'String', '[!Ref P]')],
  'a name': [byDefault("'my-subnet'", 'SubnetIds', 'String', '[!Ref P]')],
  'an id': [byDefault("'subnet-89abcdef'", 'SubnetIds', 'String', '[!Ref P]')],
  'an empty list': [byDefault("''", 'SecurityGroupIds', 'CommaDelimitedList')],
  'a list with nothing in it': [byDefault("'sg-01234567,'", 'SecurityGroupIds', 'CommaDelimitedList')],
  'a list with a placeholder': [byDefault("'sg-xxxx'", 'SecurityGroupIds', 'CommaDelimitedList')],
  'a number': [byDefault('0', 'StorageCapacity', 'Number')],
  'a word that is no placeholder': [byDefault('todo', 'DataCompressionType')],
  'a member': [chosen("P: {Type: String, Default: ''}", ...ours('StorageCapacity: 1200, LogConfiguration: {Level: WARN_ONLY, Destination: !Ref P}'))],
  'a member of a native one': [chosen("P: {Type: String, Default: ''}, Q: {Type: String, Default: todo}", ...native('StorageCapacity: 1200, LustreConfiguration: {DeploymentType: !Ref P, ImportPath: !Ref Q}'))],
  'a tag': [chosen("P: {Type: String, Default: ''}", ...ours('StorageCapacity: 1200, Tags: [{Key: a, Value: !Ref P}, {Key: !Ref P, Value: b}]'))],
  'a name that is none': [chosen("P: {Type: String, Default: ''}", ...ours('StorageCapacity: 1200, Colour: !Ref P, Tags: {A: !Ref P}'))],
  'what is given': [byDefault("''"), { parameters: new Map([['P', '']]) }],
  'what is written': [resources(...ours("StorageCapacity: 1200, KmsKeyId: '', ImportPath: todo"))],
}; // oxfmt-ignore

const silenced = (comment: string, property = 'StorageCapacity: 5000'): string =>
  `Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties:\n      ${SUBNET}\n      ${comment}\n      ${property}\n`; // oxfmt-ignore
const inMetadata = (ignore: string): string => resources(...ours('StorageCapacity: 5000, DataCompressionType: lz4', `Metadata: {PangeaLustre: {Ignore: ${ignore}}}`)); // oxfmt-ignore
const SILENCED: Cases = {
  'a rule': [silenced('# pangea-lustre: ignore storage-capacity')],
  'rules': [silenced('# pangea-lustre: ignore storage-capacity , format,one-subnet')],
  'with a reason': [silenced('# pangea-lustre: ignore storage-capacity -- as before')],
  'with a reason in brackets': [silenced('# pangea-lustre: ignore storage-capacity (as before)')],
  'with a reason after a colon': [silenced('#pangea-lustre:ignore storage-capacity: as before')],
  'with a reason after a semicolon': [silenced('#   pangea-lustre:   ignore   storage-capacity; as before   ')],
  'with words': [silenced('# pangea-lustre: ignore storage-capacity as before')],
  'with nothing': [silenced('# pangea-lustre:')],
  'with no rule': [silenced('# pangea-lustre: ignore')],
  'with another verb': [silenced('# pangea-lustre: allow storage-capacity')],
  'a rule that does not exist': [silenced('# pangea-lustre: ignore storage-capacty')],
  'a rule that nothing is like': [silenced('# pangea-lustre: ignore quux')],
  'a rule in vain': [silenced('# pangea-lustre: ignore format')],
  'behind words': [silenced('# see # pangea-lustre: ignore storage-capacity')],
  'above a comment': [silenced('# pangea-lustre: ignore storage-capacity\n      # why\n\t# and')],
  'above an empty line': [silenced('# pangea-lustre: ignore storage-capacity\n')],
  'on the line': [silenced('', 'StorageCapacity: 5000 # pangea-lustre: ignore storage-capacity')],
  'on a line of two': [silenced('', 'Tags: [{Key: a, Value: b}] # pangea-lustre: ignore storage-capacity\n      StorageCapacity: 5000')],
  'on the logical id': [silenced('', 'StorageCapacity: 5000').replace('  Fs:', '  Fs: # pangea-lustre: ignore storage-capacity')],
  'on the properties': [silenced('', 'StorageCapacity: 5000').replace('Properties:', 'Properties: # pangea-lustre: ignore storage-capacity')],
  'on the type': [silenced('', 'StorageCapacity: 5000').replace('FileSystem\n', 'FileSystem # pangea-lustre: ignore storage-capacity\n')],
  'before everything': [`# pangea-lustre: ignore storage-capacity\n${silenced('')}`],
  'after everything': [`${silenced('')}# pangea-lustre: ignore storage-capacity\n`],
  'on a branch': [staged('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`, '      StorageCapacity: !If', '        - IsProd', '        - 5000 # pangea-lustre: ignore storage-capacity', '        - 7000')],
  'on a branch of properties': [staged('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', '      Fn::If:', '        - IsProd', `        - {${SUBNET}, StorageCapacity: 5000} # pangea-lustre: ignore storage-capacity`, `        - {${SUBNET}, StorageCapacity: 7000}`)],
  'on an item': [resources('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`, '      StorageCapacity: 1200', '      Tags:', '        - {Key: a, Value: b}', '        # pangea-lustre: ignore tag-unique', '        - Key: a', '          Value: c')],
  'on a list': [resources('  Fs:', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`, '      StorageCapacity: 1200', '      # pangea-lustre: ignore tag-unique', '      Tags:', '        - {Key: a, Value: b}', '        - {Key: a, Value: c}')],
  'on what is missing': [resources('  Fs:', '    # pangea-lustre: ignore required', '    Type: Pangea::FSx::LustreFileSystem', '    Properties:', `      ${SUBNET}`)],
  'in an output': [`${resources(...ours('StorageCapacity: 1200'))}Outputs:\n  A: {Value: !GetAtt Fs.Nope} # pangea-lustre: ignore unknown-attribute\n`],
  'in metadata': [inMetadata('[storage-capacity, format, one-subnet]')],
  'in metadata, one': [inMetadata('storage-capacity')],
  'in metadata, what is none': [inMetadata('[storage-capacty, {A: b}]')],
  'in metadata, nothing': [inMetadata('')],
  'in metadata of a loop': [`Transform: AWS::LanguageExtensions\n${resources("  'Fn::ForEach::Each':", '    - N', '    - [A, B]', "    - 'Fs${N}': {Type: Pangea::FSx::LustreFileSystem, Metadata: {PangeaLustre: {Ignore: [storage-capacity, format]}}, Properties: {SubnetIds: [subnet-01234567], StorageCapacity: 5000}}")}`],
  'in metadata of another': [resources(...ours('StorageCapacity: 5000'), ...named('Other', 'AWS::SNS::Topic', '', 'Metadata: {PangeaLustre: {Ignore: [storage-capacity]}}'))],
  'in a text': [silenced('', "StorageCapacity: 5000\n      Tags: [{Key: a, Value: '# pangea-lustre: ignore storage-capacity'}]")],
}; // oxfmt-ignore

const many = (count: number, entry: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `  ${entry(at)}`).join('\n');
const OF_255 = 'N'.repeat(255);
const OURS = resources(...ours('StorageCapacity: 1200'));
const topics = (count: number, last = ''): string => `${OURS}${many(count - 1, (at) => `T${at}: {Type: AWS::SNS::Topic}`)}\n${last}`; // oxfmt-ignore
const QUOTAS: Cases = {
  '500 resources': [topics(500)],
  '501 resources': [topics(501)],
  '501 resources of a macro': [`Transform: Mine\n${topics(501)}`],
  '501 resources of a macro of AWS': [`Transform: [AWS::LanguageExtensions]\n${topics(501)}`],
  '501 resources of a macro in a list': [`Transform: [AWS::LanguageExtensions, Mine]\n${topics(501)}`],
  '501 resources of a function': [`Fn::Transform: {Name: X}\n${topics(501)}`],
  '501 resources of a function in a section': [`${topics(501)}Outputs: {Fn::Transform: {Name: X}}\n`],
  'a file system that is the 501st': [`Resources:\n${many(500, (at) => `T${at}: {Type: AWS::SNS::Topic}`)}\n${ours('StorageCapacity: 5').join('\n')}\n`],
  '200 parameters': [`Parameters:\n${many(200, (at) => `P${at}: {Type: String, Default: a}`)}\n${OURS}`],
  '201 parameters': [`Parameters:\n${many(201, (at) => `P${at}: {Type: String, Default: a}`)}\n${OURS}`],
  'a 201st parameter that is too long': [`Parameters:\n${many(200, (at) => `P${at}: {Type: String, Default: a}`)}\n  Last: {Type: String, Default: '${'a'.repeat(4097)}'}\n${OURS}`],
  'a 201st mapping that is too long': [`Mappings:\n${many(200, (at) => `M${at}: {A: {B: c}}`)}\n  Last:\n${many(201, (at) => `  A${at}: {B: c}`)}\n${OURS}`],
  '200 outputs': [`${OURS}Outputs:\n${many(200, (at) => `O${at}: {Value: a}`)}\n`],
  '201 outputs': [`${OURS}Outputs:\n${many(201, (at) => `O${at}: {Value: a}`)}\n`],
  '200 mappings': [`Mappings:\n${many(200, (at) => `M${at}: {A: {B: c}}`)}\n${OURS}`],
  '201 mappings': [`Mappings:\n${many(201, (at) => `M${at}: {A: {B: c}}`)}\n${OURS}`],
  '200 attributes': [`Mappings:\n  M:\n${many(200, (at) => `  A${at}: {B: c}`)}\n${OURS}`],
  '201 attributes': [`Mappings:\n  M:\n${many(201, (at) => `  A${at}: {B: c}`)}\n${OURS}`],
  'names of 255 characters': [`Parameters: {P${OF_255.slice(1)}: {Type: String, Default: a}}\nMappings: {M${OF_255.slice(1)}: {A${OF_255.slice(1)}: {B: c}}}\n${OURS.replace('Fs:', `${OF_255}:`)}Outputs: {O${OF_255.slice(1)}: {Value: a}}\n`],
  'names of 256 characters': [`Parameters: {P${OF_255}: {Type: String, Default: a}}\nMappings: {M${OF_255}: {A${OF_255}: {B: c}}}\n${OURS}  T${OF_255}: {Type: AWS::SNS::Topic}\nOutputs: {O${OF_255}: {Value: a}}\n`],
  'a file system with a name of 256 characters': [OURS.replace('Fs:', `${OF_255}N:`).replace('1200', '5')],
  'names of 255 characters outside the first plane': [`Mappings: {${'😀'.repeat(255)}: {A: {B: c}}}\n${OURS}`],
  'a parameter of 4096 bytes': [`Parameters: {P: {Type: String, Default: '${'ä'.repeat(2048)}'}}\n${OURS}`],
  'a parameter of 4097 bytes': [`Parameters: {P: {Type: String, Default: '${'ä'.repeat(2048)}a'}}\n${OURS}`],
  'a parameter that is given 4097 bytes': [`Parameters:\n  P: {Type: String, Default: a}\n${OURS}`, { parameters: new Map([['P', 'a'.repeat(4097)]]) }],
  'a parameter of 4097 bytes that is given less': [`Parameters:\n  P: {Type: String, Default: '${'a'.repeat(4097)}'}\n${OURS}`, { parameters: new Map([['P', 'a']]) }],
  'a parameter that is nothing': [`Parameters: {P: x}\n${OURS}`],
  'a description of 1024 bytes': [`Description: '${'ä'.repeat(512)}'\n${OURS}`],
  'a description of 1025 bytes': [`Description: '${'ä'.repeat(512)}a'\n${OURS}`],
  'a mapping that is nothing': [`Mappings: {M: x}\n${OURS}`],
}; // oxfmt-ignore

/** A text as long as it is, with the names of 255 characters and more cut. */
const short = (text: string): string =>
  text.replace(
    /([A-ZÄ😀])\1{40,}/gu,
    (run, letter: string) => `${letter}×${Array.from(run).length}`,
  );

function told(text: string, options: Partial<ReviewOptions> = {}): unknown {
  const reviewed = { ...OPTIONS, ...options };
  const { findings, notes, fileSystems, notCreated, parameterNames } = check(text, reviewed);
  const { rows, total } = estimate(text, { ...OPTIONS, ...options, ...OPTIONS });
  return [
    ...findings.map(
      ({ line, column, endLine, endColumn, severity, rule, logicalId, property, when, message, repairs }) =>
        short(`${line}:${column}-${endLine}:${endColumn} ${severity} ${rule} ${logicalId}.${property}${when === undefined ? '' : ` (${when})`}: ${message}${repairs.length > 0 ? ` | ${JSON.stringify(repairs)}` : ''}`),
    ),
    ...notes.map(({ line, column, logicalId, message, always }) => short(`note ${line}:${column} ${logicalId}${always ? ' always' : ''}: ${message}`)),
    ...rows.map(({ logicalId, when, estimate: { properties, waiting, throughput, cost }, violations }) =>
      short(`${logicalId}${when === undefined ? '' : ` (${when})`}: ${throughput?.baseline ?? '-'} MB/s, ${cost?.monthly ?? '-'} USD${waiting.length > 0 ? `, waiting for ${waiting.join()}` : ''}${violations.length > 0 ? `, ${violations.length} violations` : ''}; ${Object.keys(properties).join()}`),
    ),
    `${fileSystems} file systems, ${notCreated} not created, ${parameterNames.length} parameters, ${total.usd} USD${total.when === '' ? '' : ` (${total.when})`}${total.exact ? '' : ' at most'}`,
  ]; // oxfmt-ignore
}

describe.each([
  ['choices', CHOICES],
  ['deployments', DEPLOYMENTS],
  ['names', NAMES],
  ['references', REFERENCES],
  ['security groups', GROUPS],
  ['links to S3', LINKS],
  ['backups', BACKUPS],
  ['placeholders', PLACEHOLDERS],
  ['silenced', SILENCED],
  ['quotas', QUOTAS],
])('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (_, [text, options]) => {
    expect(told(text, options)).toMatchSnapshot();
  });
});

test.each([
  [1_000_000, []],
  [1_000_001, ['warning template-size']],
  [1_048_576, ['warning template-size']],
  [1_048_577, ['error template-size']],
])('a template of %i bytes', (bytes, found) => {
  const text = `${OURS}#`;
  const { findings } = check(text + 'x'.repeat(bytes - text.length));
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(found);
});

test('a discount is part of the estimate, and of the total', () => {
  const { rows, total } = estimate(OURS, { ...OPTIONS, discountPercent: 50 });
  expect([rows[0]?.estimate.cost?.monthly, total.usd]).toEqual([84, 84]);
});

test('newer prices are those of the estimate', () => {
  const price = { usd: 1, source: 'price-list', confidence: 'high' } as const;
  const book = { currency: 'USD', regions: { 'us-east-1': { 'SCRATCH_2 SSD': price } } } as const;
  expect(estimate(OURS, { ...OPTIONS, book }).total.usd).toBe(1200);
});
