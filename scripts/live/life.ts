import { isDeepStrictEqual } from 'node:util';
import { type Aws, AwsError } from './aws';
import { importTemplate, LOGICAL_ID, template, TYPE } from './templates';

export interface LifeOptions {
  subnet: string;
  /** Begins the names of the two stacks. */
  name: string;
  say: (line: string) => void;
  /** Waits between two looks. */
  pause: (seconds: number) => Promise<void>;
}

/** Something in the account is not as it should be. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
}

/** What else happens to the file system, of which the template must notice. */
const MAINTENANCE = '1:03:00';
const OTHER_MAINTENANCE = '2:04:30';

/** The life of one file system in an account, step by step; {@link Life.clear} removes what it leaves. */
export class Life {
  #id: string | undefined;
  readonly #stacks: readonly [first: string, second: string];

  constructor(
    private readonly aws: Aws,
    private readonly options: LifeOptions,
  ) {
    this.#stacks = [options.name, `${options.name}-imported`];
  }

  async run(): Promise<void> {
    for (const [index, [what, step]] of this.#steps.entries()) {
      this.options.say(`${index + 1}/${this.#steps.length} ${what}`);
      await step();
    }
  }

  readonly #steps: readonly (readonly [string, () => Promise<void>])[] = [
    ['Creating a stack with the file system: about ten minutes', () => this.#create()],
    ['Reading it through Cloud Control', () => this.#read({ Run: 'first' })],
    ['Updating its tags', () => this.#update()],
    ['Looking for drift, where there is none', () => this.#drift('IN_SYNC')],
    ['Changing it behind the back of the stack, and looking for drift', () => this.#changeBehind()],
    ['Letting go of it: the stack is deleted, the file system stays', () => this.#release()],
    ['Importing it into another stack', () => this.#adopt()],
    ['Deleting it with its stack: about five minutes', () => this.#delete()],
    ['Looking for what is left', () => this.proveNothingLeft()],
  ];

  /** Removes whatever a life that was cut short has left, and proves it. */
  async clear(): Promise<void> {
    for (const StackName of this.#stacks) await this.#deleteStack(StackName);
    const id = this.#id;
    if (id !== undefined && (await this.#exists(id))) {
      this.options.say(`Deleting ${id}, which no stack holds`);
      await this.aws.call('fsx', 'delete-file-system', { FileSystemId: id });
      while (await this.#exists(id)) await this.options.pause(15);
    }
    await this.proveNothingLeft();
  }

  /** @throws LiveError naming what is left. */
  async proveNothingLeft(): Promise<void> {
    const left: string[] = [];
    for (const name of this.#stacks) if (await this.#stackExists(name)) left.push(`stack ${name}`);
    const id = this.#id;
    if (id !== undefined) {
      if (await this.#exists(id)) left.push(`file system ${id}`);
      const { Backups = [] } = (await this.aws.call('fsx', 'describe-backups', {
        Filters: [{ Name: 'file-system-id', Values: [id] }],
      })) as { Backups?: { BackupId: string }[] };
      left.push(...Backups.map(({ BackupId }) => `backup ${BackupId}`));
    }
    if (left.length > 0) throw new LiveError(`Left in the account, and billed: ${left.join(', ')}`);
    this.options.say('Nothing is left: no stack, no file system, no backup.');
  }

  async #create(): Promise<void> {
    const [StackName] = this.#stacks;
    await this.aws.call('cloudformation', 'create-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('first')),
    });
    await this.#until('stack-create-complete', StackName);
    const outputs = await this.#outputs(StackName);
    this.#id = outputs.FileSystemId;
    this.options.say(`    ${this.#id ?? ''}: ${outputs.MountCommand ?? ''}`);
    check(/^fs-[0-9a-f]+$/.test(this.#id ?? ''), 'the stack has no FileSystemId');
  }

  async #read(tags: Record<string, string>): Promise<void> {
    const { ResourceDescription } = (await this.aws.call('cloudcontrol', 'get-resource', {
      TypeName: TYPE,
      Identifier: this.#id ?? '',
    })) as { ResourceDescription: { Properties: string } };
    const model = JSON.parse(ResourceDescription.Properties) as {
      StorageCapacity: number;
      EstimatedMonthlyCost: number;
      Tags?: { Key: string; Value: string }[];
    };
    check(model.StorageCapacity === 1200, `StorageCapacity reads ${model.StorageCapacity}`);
    const found = Object.fromEntries((model.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    check(
      isDeepStrictEqual({ ...found, ...tags }, found),
      `the tags read ${JSON.stringify(found)}, not ${JSON.stringify(tags)}`,
    );
  }

  async #update(): Promise<void> {
    const [StackName] = this.#stacks;
    await this.aws.call('cloudformation', 'update-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('second')),
    });
    await this.#until('stack-update-complete', StackName);
    await this.#read({ Run: 'second' });
  }

  async #changeBehind(): Promise<void> {
    await this.#setMaintenance(OTHER_MAINTENANCE);
    await this.#drift('DRIFTED');
    await this.#setMaintenance(MAINTENANCE);
    await this.#drift('IN_SYNC');
  }

  async #setMaintenance(WeeklyMaintenanceStartTime: string): Promise<void> {
    await this.aws.call('fsx', 'update-file-system', {
      FileSystemId: this.#id ?? '',
      LustreConfiguration: { WeeklyMaintenanceStartTime },
    });
    const reached = async () => {
      const { FileSystems } = (await this.aws.call('fsx', 'describe-file-systems', {
        FileSystemIds: [this.#id],
      })) as { FileSystems: { LustreConfiguration: Record<string, unknown> }[] };
      const { LustreConfiguration } = FileSystems[0] ?? {};
      return LustreConfiguration?.WeeklyMaintenanceStartTime === WeeklyMaintenanceStartTime;
    };
    while (!(await reached())) await this.options.pause(10);
  }

  async #drift(expected: 'IN_SYNC' | 'DRIFTED'): Promise<void> {
    const [StackName] = this.#stacks;
    const { StackDriftDetectionId } = (await this.aws.call('cloudformation', 'detect-stack-drift', {
      StackName,
    })) as { StackDriftDetectionId: string };
    for (;;) {
      const found = (await this.aws.call(
        'cloudformation',
        'describe-stack-drift-detection-status',
        { StackDriftDetectionId },
      )) as { DetectionStatus: string; StackDriftStatus: string };
      if (found.DetectionStatus !== 'DETECTION_IN_PROGRESS') {
        check(
          found.DetectionStatus === 'DETECTION_COMPLETE' && found.StackDriftStatus === expected,
          `drift is ${found.StackDriftStatus} (${found.DetectionStatus}), not ${expected}`,
        );
        return;
      }
      await this.options.pause(5);
    }
  }

  async #release(): Promise<void> {
    const [StackName] = this.#stacks;
    // CloudFormation does not update a deletion policy unless something else changes.
    await this.aws.call('cloudformation', 'update-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('third', 'Retain')),
    });
    await this.#until('stack-update-complete', StackName);
    await this.#deleteStack(StackName);
    check(await this.#exists(this.#id ?? ''), 'the file system did not survive its stack');
  }

  async #adopt(): Promise<void> {
    const [, StackName] = this.#stacks;
    const ChangeSetName = 'import';
    await this.aws.call('cloudformation', 'create-change-set', {
      StackName,
      ChangeSetName,
      ChangeSetType: 'IMPORT',
      TemplateBody: JSON.stringify(importTemplate(this.#template('third'))),
      ResourcesToImport: [
        {
          ResourceType: TYPE,
          LogicalResourceId: LOGICAL_ID,
          ResourceIdentifier: { FileSystemId: this.#id },
        },
      ],
    });
    await this.#until('change-set-create-complete', StackName, { ChangeSetName });
    await this.aws.call('cloudformation', 'execute-change-set', { StackName, ChangeSetName });
    await this.#until('stack-import-complete', StackName);
    await this.#read({ Run: 'third' });
  }

  async #delete(): Promise<void> {
    await this.#deleteStack(this.#stacks[1]);
  }

  #template(run: string, deletionPolicy?: 'Retain') {
    const { name, subnet } = this.options;
    return template(
      { subnet, maintenance: MAINTENANCE, tags: { Name: name, Run: run } },
      deletionPolicy,
    );
  }

  async #until(state: string, StackName: string, more = {}): Promise<void> {
    await this.aws.call('cloudformation', ['wait', state], { StackName, ...more });
  }

  async #outputs(StackName: string): Promise<Record<string, string>> {
    const { Stacks } = (await this.aws.call('cloudformation', 'describe-stacks', {
      StackName,
    })) as { Stacks: { Outputs?: { OutputKey: string; OutputValue: string }[] }[] };
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
  }

  async #deleteStack(StackName: string): Promise<void> {
    if (!(await this.#stackExists(StackName))) return;
    await this.aws.call('cloudformation', 'delete-stack', { StackName });
    await this.#until('stack-delete-complete', StackName);
  }

  #stackExists(StackName: string): Promise<boolean> {
    const parameters = { StackName };
    return this.#answers('cloudformation', 'describe-stacks', parameters, 'ValidationError');
  }

  #exists(id: string): Promise<boolean> {
    return this.#answers(
      'fsx',
      'describe-file-systems',
      { FileSystemIds: [id] },
      'FileSystemNotFound',
    );
  }

  /** Whether a question is answered, or with the one error that means no. */
  async #answers(
    service: string,
    operation: string,
    parameters: Record<string, string | string[]>,
    no: string,
  ): Promise<boolean> {
    try {
      await this.aws.call(service, operation, parameters);
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === no) return false;
      throw error;
    }
  }
}

function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new LiveError(otherwise);
}
