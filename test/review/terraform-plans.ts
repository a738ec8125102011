/** Plans of Terraform, as `terraform show -json` writes them. */
type Json = Readonly<Record<string, unknown>>;

/** A persistent file system, by the names of the AWS provider. */
export const PLANNED = {
  deployment_type: 'PERSISTENT_2',
  storage_type: 'SSD',
  storage_capacity: 2400,
  per_unit_storage_throughput: 125,
  subnet_ids: ['subnet-0123456789abcdef0'],
  file_system_type_version: '2.15',
  skip_final_backup: true,
  metadata_configuration: [{ mode: 'USER_PROVISIONED', iops: 6000 }],
  tags: null,
  dns_name: 'fs-1.fsx.us-east-1.amazonaws.com',
};

export const ADDRESS = 'module.a.aws_fsx_lustre_file_system.this[0]';

/** A change of the file system; `beside` stands beside its `change`. */
export const entry = (change: unknown, beside: Json = {}): Json => ({
  address: ADDRESS,
  mode: 'managed',
  type: 'aws_fsx_lustre_file_system',
  change,
  ...beside,
});

export const planOf = (...resource_changes: readonly unknown[]): string =>
  JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes });

/** The file system, and another resource that is of no interest. `more` stands in its change, `beside` beside it. */
export const plan = (
  actions: unknown,
  before: Json | null,
  after: Json | null,
  more: Json = {},
  beside: Json = {},
): string =>
  planOf(
    { address: 'aws_instance.other', mode: 'managed', type: 'aws_instance', change: { actions: ['delete'] } }, // oxfmt-ignore
    entry({ actions, before, after, ...more }, beside),
  );

/** The plan with the configuration of the file system, as Terraform adds it. */
export const configured = (text: string, expressions: Json): string =>
  JSON.stringify({
    ...(JSON.parse(text) as Json),
    configuration: {
      root_module: {
        resources: [{ address: 'aws_fsx_lustre_file_system.this', expressions: {} }],
        module_calls: {
          a: {
            module: { resources: [{ address: 'aws_fsx_lustre_file_system.this', expressions }] },
          },
        },
      },
    },
  });

/** What the provider marks in every plan that creates a file system: all that FSx may choose. */
export const CHOSEN_BY_FSX: Json = Object.fromEntries(
  [
    'arn',
    'auto_import_policy',
    'automatic_backup_retention_days',
    'daily_automatic_backup_start_time',
    'efa_enabled',
    'export_path',
    'file_system_type_version',
    'id',
    'imported_file_chunk_size',
    'kms_key_id',
    'log_configuration',
    'metadata_configuration',
    'weekly_maintenance_start_time',
  ].map((attribute) => [attribute, true]),
);
