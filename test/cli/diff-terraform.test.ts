/** `pangea-lustre diff --terraform`: what the AWS provider sends differs from what a template says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../src/review/diff/change';
import { CHOSEN_BY_FSX, configured, entry, plan, planOf, PLANNED } from '../review/terraform-plans';
import { folder, pangea, type Ran } from './command';

type Json = Readonly<Record<string, unknown>>;

const terraform = (input: string, ...words: readonly string[]): Ran =>
  pangea(['diff', '--terraform', '-', ...words], { input });

const changesIn = (input: string): readonly Change[] =>
  JSON.parse(terraform(input, '--format', 'json').out) as Change[];

/** The verdict, and the properties that are its reasons and that its steps change: `in-place LOST | Tags | Tags`. */
const brief = ({ change, dataLoss, reasons, steps }: Change): string =>
  [
    `${change}${dataLoss ? ' LOST' : ''}`,
    reasons.map(({ property }) => property).join(' '),
    steps.flatMap(({ properties }) => Object.keys(properties)).join(' '),
  ].join(' | ');

const briefs = (input: string): readonly string[] => changesIn(input).map(brief);

const messagesOf = (input: string): string =>
  changesIn(input)
    .flatMap(({ reasons }) => reasons.map(({ message }) => message))
    .join('\n');

const SCRATCH = { ...PLANNED, deployment_type: 'SCRATCH_2', storage_capacity: 1200, per_unit_storage_throughput: 0, metadata_configuration: [] }; // oxfmt-ignore
const TIERING = {
  ...PLANNED,
  storage_type: 'INTELLIGENT_TIERING',
  storage_capacity: 0,
  per_unit_storage_throughput: 0,
  throughput_capacity: 4000,
  data_read_cache_configuration: [{ sizing_mode: 'USER_PROVISIONED', size: 320 }],
};
const REPLACE = ['delete', 'create'];

describe('an update sends only what changes', () => {
  const update = (before: Json, after: Json): string => plan(['update'], before, { ...before, ...after }); // oxfmt-ignore

  test.each<[name: string, input: string, said: string]>([
    ['a final backup of a scratch file system is not asked for now', update(SCRATCH, { skip_final_backup: false }), 'in-place | SkipFinalBackup | '],
    ['tags of a final backup that is skipped', update(PLANNED, { final_backup_tags: { a: 'b' } }), 'in-place | FinalBackupTags | '],
    ['no automatic backups any more, with the window that FSx chose', update(
      { ...PLANNED, automatic_backup_retention_days: 7, daily_automatic_backup_start_time: '05:00' },
      { automatic_backup_retention_days: 0 }), 'in-place |  | AutomaticBackupRetentionDays'],
    ['no tier any more is a tier of 0', update(PLANNED, { per_unit_storage_throughput: null }), 'refused | PerUnitStorageThroughput | '],
    ['no throughput any more is a throughput of 0', update(TIERING, { throughput_capacity: null }), 'refused | ThroughputCapacity | '],
    ['no root squash any more is no request', update({ ...PLANNED, root_squash_configuration: [{ root_squash: '1:1' }] }, { root_squash_configuration: [] }), 'in-place | RootSquashConfiguration | '],
    ['no read cache any more is no request', update(TIERING, { data_read_cache_configuration: [] }), 'in-place | DataReadCacheConfiguration | '],
    ['the default tags of the provider', update({ ...PLANNED, tags_all: {} }, { tags_all: { team: 'x' } }), 'in-place | Tags | Tags'],
  ])('%s', (_, input, said) => {
    expect(briefs(input)).toEqual([said]);
  }); // oxfmt-ignore

  test('a final backup that is no longer made is told', () => {
    const said = messagesOf(update({ ...PLANNED, skip_final_backup: false }, { skip_final_backup: true })); // oxfmt-ignore
    expect(said).toBe('After this change, a deletion makes no final backup.');
  });

  test('a read cache that stays is still paid for', () => {
    const { monthlyCost } = changesIn(update(TIERING, { data_read_cache_configuration: [] }))[0] ?? ({} as Change); // oxfmt-ignore
    expect(monthlyCost.after).toBe(monthlyCost.before);
  });

  test('default tags are not shown, because the provider marks no secret among them', () => {
    const input = update({ ...PLANNED, tags_all: {} }, { tags_all: { team: 'CANARY' } });
    for (const format of ['human', 'markdown', 'json', 'github'])
      expect(terraform(input, '--format', format).out).not.toContain('CANARY');
  });
});

describe('a creation sends no instructions for the deletion', () => {
  test('of a scratch file system', () => {
    const created = { ...SCRATCH, skip_final_backup: false, final_backup_tags: { a: 'b' } };
    expect(briefs(plan(['create'], null, created))).toEqual(['create |  | ']);
  });
});

describe('a variable without a value is not written', () => {
  const FROM_VARIABLE = { references: ['var.x'] };
  const EXPRESSIONS = { export_path: FROM_VARIABLE, file_system_type_version: FROM_VARIABLE };
  const created = plan(['create'], null, { ...PLANNED, file_system_type_version: null }, { after_unknown: CHOSEN_BY_FSX }); // oxfmt-ignore
  /** The plan, with what the root module gives to the variables of the module. */
  const withInputs = (inputs: Json, expressions: Json = EXPRESSIONS): string => {
    const { configuration, ...rest } = JSON.parse(configured(created, expressions)) as { configuration: { root_module: { module_calls: { a: Json } } } }; // oxfmt-ignore
    const { root_module: root } = configuration;
    const call = { ...root.module_calls.a, expressions: inputs };
    return JSON.stringify({ ...rest, configuration: { root_module: { ...root, module_calls: { a: call } } } }); // oxfmt-ignore
  };

  test.each<[name: string, inputs: Json, said: string]>([
    ['left to its default', {}, 'create |  | '],
    ['given as a variable of the root module', { x: { references: ['var.y'] } }, 'create |  | '],
    ['given as null', { x: {} }, 'create |  | '],
    // Nobody knows whether it is null.
    ['given as a local value', { x: { references: ['local.y'] } }, 'create |  | '],
    ['given by a resource that may be there', { x: { references: ['aws_s3_bucket.b[0].id', 'aws_s3_bucket.b[0]', 'aws_s3_bucket.b'] } }, 'create |  | '],
  ])('%s', (_, inputs, said) => {
    expect(briefs(withInputs(inputs))).toEqual([said]);
  }); // oxfmt-ignore

  test('a resource that is there gives a value', () => {
    const of = (...references: readonly string[]): string =>
      withInputs({}, { export_path: { references } });
    expect(briefs(of('aws_s3_bucket.b.id', 'aws_s3_bucket.b'))).toEqual([
      'refused | ExportPath | ',
    ]);
    expect(briefs(of('aws_s3_bucket.b[0].id'))).toEqual(['create |  | ']);
    expect(briefs(of('module.b_c.id'))).toEqual(['create |  | ']);
    expect(briefs(of('data.aws_s3_bucket.b.id'))).toEqual(['create |  | ']);
  });

  test('a version that only the apply knows leaves the cost known', () => {
    const [change] = changesIn(withInputs({}));
    expect(change?.monthlyCost.after).toBe(513);
  });
});

test('the IOPS that FSx chooses in a dynamic block leave the cost known', () => {
  const created = { ...PLANNED, metadata_configuration: [{ mode: 'AUTOMATIC' }] };
  const marks = { after_unknown: { metadata_configuration: [{ iops: true }] } };
  const [change] = changesIn(plan(['create'], null, created, marks));
  expect(change?.monthlyCost.after).toBe(348);
});

describe('a replacement says what to do instead', () => {
  const replacing = (attribute: string, before: Json, after: Json, more: Json = {}): string =>
    messagesOf(
      plan(REPLACE, { ...PLANNED, ...before }, { ...PLANNED, ...after }, { replace_paths: [[attribute]], ...more }), // oxfmt-ignore
    );

  test.each<[name: string, said: string, says: string]>([
    ['smaller', replacing('storage_capacity', { storage_capacity: 4800 }, {}), 'FSx cannot make this change on an existing file system: keep the old value.'],
    ['larger SCRATCH_1', replacing('storage_capacity', { ...SCRATCH, deployment_type: 'SCRATCH_1' }, { ...SCRATCH, deployment_type: 'SCRATCH_1', storage_capacity: 2400 }), 'FSx cannot make this change on an existing file system: keep the old value.'],
    ['an upgrade', replacing('file_system_type_version', { file_system_type_version: '2.12' }, {}), 'FSx makes this change in place, but this version of the provider does not: use a newer version'],
    ['a value that is known after the apply', replacing('storage_capacity', {}, { storage_capacity: null }, { after_unknown: { storage_capacity: true } }), 'Terraform does not know the new value before the apply, and plans a replacement even if the value stays the same.'],
  ])('%s', (_, said, says) => {
    expect(said).toContain(says);
  }); // oxfmt-ignore
});

test('a replacement is not sure to be refused by a table that grows', () => {
  const faster = { ...PLANNED, deployment_type: 'PERSISTENT_1', per_unit_storage_throughput: 4000, metadata_configuration: [] }; // oxfmt-ignore
  const replaced = (after: Json): readonly string[] =>
    briefs(plan(['create', 'delete'], PLANNED, after, { replace_paths: [['deployment_type']] }));
  expect(replaced(faster)).toEqual([
    'unknown LOST | PerUnitStorageThroughput DeploymentType prevent_destroy | ',
  ]);
  // Here it is.
  expect(replaced({ ...faster, export_path: 's3://bucket' })).toEqual([
    'refused | PerUnitStorageThroughput ExportPath | ',
  ]);
});

test('a file system that is linked to S3 has no final backup', () => {
  const linked = { ...PLANNED, deployment_type: 'PERSISTENT_1', per_unit_storage_throughput: 50, metadata_configuration: [], import_path: 's3://bucket', skip_final_backup: false }; // oxfmt-ignore
  expect(briefs(plan(['delete'], linked, null))).toEqual(['delete LOST | prevent_destroy | ']);
});

test('a deposed file system is named as such', () => {
  const [kept, deposed] = changesIn(
    planOf(
      entry({ actions: ['no-op'], before: PLANNED, after: PLANNED }),
      entry({ actions: ['delete'], before: PLANNED, after: null }, { deposed: 'abcdef12' }),
    ),
  );
  expect(deposed?.logicalId).toBe(`${kept?.logicalId ?? ''} (deposed abcdef12)`);
  expect(deposed && brief(deposed)).toBe('delete LOST | deposed | ');
});

describe('the files of a data repository association', () => {
  const association = (
    actions: readonly string[],
    isDeleted: boolean,
    id: string | null = 'fs-1',
  ): Json => ({
    address: 'aws_fsx_data_repository_association.d',
    mode: 'managed',
    type: 'aws_fsx_data_repository_association',
    change: {
      actions,
      before: { file_system_id: id, file_system_path: '/data', delete_data_in_filesystem: isDeleted }, // oxfmt-ignore
      after: null,
    },
  });
  const FS = { ...PLANNED, id: 'fs-1' };
  const fileSystem = (actions: readonly string[], after: Json | null = FS, before: Json | null = FS): Json => entry({ actions, before, after }); // oxfmt-ignore

  test.each<[name: string, input: string, said: readonly string[]]>([
    ['are deleted with it', planOf(fileSystem(['no-op']), association(['delete'], true)), ['in-place LOST | delete_data_in_filesystem | ']],
    ['are deleted with one that is replaced', planOf(fileSystem(['no-op']), association(REPLACE, true)), ['in-place LOST | delete_data_in_filesystem | ']],
    ['are deleted during another change', planOf(fileSystem(['update'], { ...FS, storage_capacity: 4800 }), association(['delete'], true)), ['in-place LOST | delete_data_in_filesystem | StorageCapacity']],
    ['are not in the final backup', planOf(fileSystem(['delete'], null, { ...FS, skip_final_backup: false }), association(['delete'], true)), ['delete LOST | delete_data_in_filesystem skip_final_backup | ']],
    ['are deleted from a file system that Terraform forgets', planOf(fileSystem(['forget'], null), association(['delete'], true)), ['delete LOST | delete_data_in_filesystem lifecycle | ']],
    ['of a file system that another configuration has', planOf(association(['delete'], true, 'fs-2')), ['in-place LOST | delete_data_in_filesystem | ']],
    ['are of no file system that is created', planOf(fileSystem(['create'], FS, null), association(['delete'], true, null)), ['create |  | ', 'in-place LOST | delete_data_in_filesystem | ']],
    ['of a file system that is deleted too', planOf(fileSystem(['delete'], null), association(['delete'], true)), ['delete LOST | prevent_destroy | ']],
    ['stay without it', planOf(fileSystem(['no-op']), association(['delete'], false)), ['none |  | ']],
    ['stay while it stays', planOf(fileSystem(['no-op']), association(['update'], true)), ['none |  | ']],
  ])('%s', (_, input, said) => {
    expect(briefs(input)).toEqual(said);
  }); // oxfmt-ignore

  test('count for --fail-on and in every format', () => {
    const input = planOf(fileSystem(['no-op']), association(['delete'], true));
    expect(terraform(input, '--fail-on', 'data-loss').code).toBe(1);
    expect(terraform(input, '--format', 'github').out).toMatch(/^::error/);
    expect(terraform(input, '--format', 'markdown').out).toContain(
      '**updated in place: DATA LOST**',
    );
  });
});

describe('a plan that is not whole', () => {
  const withMore = (more: Json): string =>
    JSON.stringify({ ...(JSON.parse(plan(['no-op'], PLANNED, PLANNED)) as Json), ...more });

  test.each<[name: string, more: Json, says: RegExp]>([
    ['of a run that failed', { errored: true, complete: false }, /is the plan of a run that failed/],
    ['with targets', { errored: false, complete: false }, /is not complete/],
    ['with deferred changes', { complete: true, deferred_changes: [{ reason: 'provider_config_unknown', resource_change: entry({ actions: ['create'] }) }] }, /Terraform defers what it does to module\.a\.aws_fsx_lustre_file_system\.this\[0\]/],
  ])('%s is told', (_, more, says) => {
    expect(terraform(withMore(more)).out.replaceAll(/\s+/g, ' ')).toMatch(says);
  }); // oxfmt-ignore

  test('one that is whole has no note', () => {
    expect(terraform(withMore({ errored: false, complete: true })).out).not.toContain('Note:');
  });
});

test('another major version of the format is refused', () => {
  const input = plan(['no-op'], PLANNED, PLANNED).replace('"1.2"', '"2.0"');
  const { code, err } = terraform(input);
  expect({ code, err: err.trim() }).toEqual({
    code: 2,
    err: 'pangea-lustre: stdin: this Terraform plan has the format version 2.0, and only 0 and 1 are known here: use a newer version of pangea-lustre.',
  });
});

test('a comment is not longer than it may be, with thousands of file systems of unknown cost', () => {
  const created = { actions: ['create'], before: null, after: { ...PLANNED, storage_capacity: null }, after_unknown: { storage_capacity: true } }; // oxfmt-ignore
  const entries = Array.from({ length: 2000 }, (_, index) => entry(created, { address: `aws_fsx_lustre_file_system.number_${index}` })); // oxfmt-ignore
  const { out } = terraform(planOf(...entries), '--format', 'markdown');
  expect(out.length).toBeLessThanOrEqual(65_536);
});

describe('a plan that PowerShell has written', () => {
  const input = plan(['no-op'], PLANNED, PLANNED);
  const little = Buffer.from(`\uFEFF${input}`, 'utf16le');

  test.each<[name: string, bytes: Buffer]>([
    ['in UTF-16', little],
    ['in UTF-16, the other way round', Buffer.from(little).swap16()],
    ['in UTF-8 with a mark', Buffer.from(`\uFEFF${input}`)],
  ])('%s', (_, bytes) => {
    const cwd = folder({});
    writeFileSync(join(cwd, 'plan.json'), bytes);
    const { code, out } = pangea(['diff', '--terraform', 'plan.json'], { cwd });
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('nothing changes') as string }); // oxfmt-ignore
  });
});
