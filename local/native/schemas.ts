import { registryType } from '../registry/type-schema';
import type { PropertiesSchema, RegistryType } from '../registry/type-schema';

const TEXT: PropertiesSchema = { type: 'string' };
/** The ID of a file system in both types. */
const FILE_SYSTEM_ID = {
  type: 'string',
  pattern: '^(fs-[0-9a-f]{8,})$',
  minLength: 11,
  maxLength: 21,
};
const TAG_TEXT = { pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' };
const EVENTS = {
  type: 'array',
  items: { type: 'string', enum: ['NEW', 'CHANGED', 'DELETED'] },
  maxItems: 3,
  uniqueItems: true,
};
const POLICY = object({ Events: EVENTS }, ['Events']);

function object(
  properties: Record<string, PropertiesSchema>,
  required: string[] = [],
): PropertiesSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

const tags = (limits: Record<string, unknown>, key = {}, value = {}): PropertiesSchema => ({
  type: 'array',
  items: object({ Key: { ...TEXT, ...key }, Value: { ...TEXT, ...value } }, ['Key', 'Value']),
  ...limits,
});

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-datarepositoryassociation.html and
 * the type's schema in https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip
 */
export const dataRepositoryAssociation: RegistryType = registryType({
  typeName: 'AWS::FSx::DataRepositoryAssociation',
  primaryIdentifier: ['/properties/AssociationId'],
  readOnlyProperties: ['/properties/AssociationId', '/properties/ResourceARN'],
  createOnlyProperties: [
    '/properties/FileSystemId',
    '/properties/FileSystemPath',
    '/properties/DataRepositoryPath',
    '/properties/BatchImportMetaDataOnCreate',
  ],
  definitions: {},
  properties: {
    AssociationId: TEXT,
    ResourceARN: TEXT,
    FileSystemId: FILE_SYSTEM_ID,
    FileSystemPath: { ...TEXT, ...pathOf(1, 4096) },
    DataRepositoryPath: { ...TEXT, ...pathOf(3, 4357) },
    BatchImportMetaDataOnCreate: { type: 'boolean' },
    ImportedFileChunkSize: { type: 'integer', minimum: 1, maximum: 512_000 },
    S3: object({ AutoImportPolicy: POLICY, AutoExportPolicy: POLICY }),
    Tags: tags(
      { minItems: 1, maxItems: 50 },
      { ...TAG_TEXT, minLength: 1, maxLength: 128 },
      { ...TAG_TEXT, maxLength: 256 },
    ),
  },
  required: ['FileSystemId', 'FileSystemPath', 'DataRepositoryPath'],
  additionalProperties: false,
});

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-backup.html. According to the AWS
 * CDK, Ref is the ARN: CfnBackup.backupRef.
 */
export const backup: RegistryType = registryType({
  typeName: 'AWS::FSx::Backup',
  primaryIdentifier: ['/properties/ResourceARN'],
  readOnlyProperties: ['ResourceARN', 'BackupId', 'CreationTime', 'Lifecycle', 'Type'].map(
    (name) => `/properties/${name}`,
  ),
  createOnlyProperties: ['/properties/FileSystemId'],
  definitions: {},
  properties: {
    ...Object.fromEntries(
      ['ResourceARN', 'BackupId', 'CreationTime', 'Lifecycle', 'Type'].map((name) => [name, TEXT]),
    ),
    FileSystemId: FILE_SYSTEM_ID,
    Tags: tags({ maxItems: 50 }),
  },
  required: ['FileSystemId'],
  additionalProperties: false,
});

/** A path may contain any characters except line breaks. */
function pathOf(minLength: number, maxLength: number): Record<string, unknown> {
  return { pattern: '^[^\\u0000\\u0085\\u2028\\u2029\\r\\n]*$', minLength, maxLength };
}
