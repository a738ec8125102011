import { isDeepStrictEqual } from 'node:util';
import { type Account, LiveError, until } from './account';
import type { Cleanup } from './cleanup';
import { TYPE_NAME } from '../../src/lustre/properties';
import type { Dependency } from './dependency';
import { type Deployment, importTemplate, LOGICAL_ID, smallest, template } from './templates';

export interface LiveRunOptions {
  subnet: string;
  deployment: Deployment;
  /** What the file system is connected with. */
  dependencies: readonly Dependency[];
  /** The tag `Name` of the file system, which is nobody else's. */
  name: string;
  stacks: readonly [first: string, second: string];
  say: (line: string) => void;
  /** Waits between two looks. */
  pause: (seconds: number) => Promise<void>;
}

type Step = readonly [what: string, step: () => Promise<void>];

/** What else happens to the file system, of which the template must notice. */
const MAINTENANCE = '1:03:00';
const OTHER_MAINTENANCE = '2:04:30';

/** The lifecycle of one file system in an account, step by step. What it leaves, {@link Cleanup} removes. */
export class LiveRun {
  #id = '';

  constructor(
    private readonly account: Account,
    private readonly cleanup: Cleanup,
    private readonly options: LiveRunOptions,
  ) {}

  async run(): Promise<void> {
    // Before they are there, so that whoever loses the terminal can still find them.
    this.options.say(`The stacks: ${this.options.stacks.join(', then ')}`);
    const steps = this.#steps();
    for (const [index, [what, step]] of steps.entries()) {
      this.options.say(`${index + 1}/${steps.length} ${what}`);
      await step();
    }
  }

  #steps(): Step[] {
    if (this.options.dependencies.length === 0) return [...this.#lifecycle, this.#proof];
    return [
      ['Preparing the resources that the file system uses', () => this.#connect()],
      ...this.#lifecycle,
      ['Removing what was made for it', () => this.cleanup.disconnect()],
      this.#proof,
    ];
  }

  readonly #lifecycle: readonly Step[] = [
    ['Creating a stack with the file system: about ten minutes', () => this.#create()],
    ['Reading it through Cloud Control', () => this.#read({ Run: 'first' })],
    ['Updating its tags', () => this.#update()],
    ['Detecting drift, of which there must be none', () => this.#drift('IN_SYNC')],
    ['Changing it outside the stack, and detecting the drift', () => this.#changeBehind()],
    ['Deleting the stack, and keeping the file system', () => this.#release()],
    ['Importing it into another stack', () => this.#adopt()],
    ['Deleting it with its stack: about five minutes', () => this.#delete()],
  ];
  readonly #proof: Step = ['Looking for what is left', () => this.cleanup.prove()];

  async #connect(): Promise<void> {
    for (const dependency of this.options.dependencies) await dependency.create(this.account);
  }

  async #create(): Promise<void> {
    const [StackName] = this.options.stacks;
    await this.account.aws.call('cloudformation', 'create-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('first')),
    });
    await this.account.wait('stack-create-complete', StackName);
    const outputs = await this.account.outputs(StackName);
    const { FileSystemId = '', MountCommand = '', MonthlyCost = '' } = outputs;
    this.options.say(`    ${FileSystemId}: ${MountCommand}, ${MonthlyCost} USD a month`);
    check(/^fs-[0-9a-f]+$/.test(FileSystemId), 'the stack has no FileSystemId');
    check(/^\d+\.\d\d$/.test(MonthlyCost), `the output MonthlyCost reads ${MonthlyCost}`);
    this.#id = FileSystemId;
    this.cleanup.note(FileSystemId);
  }

  async #read(tags: Record<string, string>): Promise<void> {
    const { ResourceDescription } = (await this.account.aws.call('cloudcontrol', 'get-resource', {
      TypeName: TYPE_NAME,
      Identifier: this.#id,
    })) as { ResourceDescription: { Properties: string } };
    const model = JSON.parse(ResourceDescription.Properties) as {
      StorageCapacity: number;
      Tags?: { Key: string; Value: string }[];
    };
    check(model.StorageCapacity === 1200, `StorageCapacity reads ${model.StorageCapacity}`);
    for (const dependency of this.options.dependencies)
      check(
        dependency.isShownBy(model),
        `it does not read back ${JSON.stringify(dependency.properties())}: ${ResourceDescription.Properties}`,
      );
    const found = Object.fromEntries((model.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    check(
      isDeepStrictEqual({ ...found, ...tags }, found),
      `the tags read ${JSON.stringify(found)}, not ${JSON.stringify(tags)}`,
    );
  }

  async #update(): Promise<void> {
    const [StackName] = this.options.stacks;
    await this.account.aws.call('cloudformation', 'update-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('second')),
    });
    await this.account.wait('stack-update-complete', StackName);
    await this.#read({ Run: 'second' });
  }

  async #changeBehind(): Promise<void> {
    await this.#setMaintenance(OTHER_MAINTENANCE);
    await this.#drift('DRIFTED');
    await this.#setMaintenance(MAINTENANCE);
    await this.#drift('IN_SYNC');
  }

  async #setMaintenance(WeeklyMaintenanceStartTime: string): Promise<void> {
    await this.account.aws.call('fsx', 'update-file-system', {
      FileSystemId: this.#id,
      LustreConfiguration: { WeeklyMaintenanceStartTime },
    });
    const isSet = async () => {
      const { LustreConfiguration } = (await this.account.fileSystem(this.#id)) ?? {};
      return LustreConfiguration?.WeeklyMaintenanceStartTime === WeeklyMaintenanceStartTime;
    };
    const what = `the maintenance window ${WeeklyMaintenanceStartTime}`;
    await until(isSet, { pause: this.options.pause, seconds: 10, attempts: 60, what });
  }

  async #drift(expected: 'IN_SYNC' | 'DRIFTED'): Promise<void> {
    const [StackName] = this.options.stacks;
    const { StackDriftDetectionId } = (await this.account.aws.call(
      'cloudformation',
      'detect-stack-drift',
      {
        StackName,
      },
    )) as { StackDriftDetectionId: string };
    const isDetected = async () => {
      const found = (await this.account.aws.call(
        'cloudformation',
        'describe-stack-drift-detection-status',
        { StackDriftDetectionId },
      )) as { DetectionStatus: string; StackDriftStatus: string };
      if (found.DetectionStatus === 'DETECTION_IN_PROGRESS') return false;
      check(
        found.DetectionStatus === 'DETECTION_COMPLETE' && found.StackDriftStatus === expected,
        `drift is ${found.StackDriftStatus} (${found.DetectionStatus}), not ${expected}`,
      );
      return true;
    };
    const { pause } = this.options;
    await until(isDetected, { pause, seconds: 5, attempts: 120, what: 'the detection of drift' });
  }

  async #release(): Promise<void> {
    const [StackName] = this.options.stacks;
    // CloudFormation does not update a deletion policy unless something else changes.
    await this.account.aws.call('cloudformation', 'update-stack', {
      StackName,
      TemplateBody: JSON.stringify(this.#template('third', 'Retain')),
    });
    await this.account.wait('stack-update-complete', StackName);
    await this.account.deleteStack(StackName);
    const survivor = await this.account.fileSystem(this.#id);
    check(survivor !== undefined, 'the file system did not survive its stack');
  }

  async #adopt(): Promise<void> {
    const [, StackName] = this.options.stacks;
    const ChangeSetName = 'import';
    await this.account.aws.call('cloudformation', 'create-change-set', {
      StackName,
      ChangeSetName,
      ChangeSetType: 'IMPORT',
      TemplateBody: JSON.stringify(importTemplate(this.#template('third'))),
      ResourcesToImport: [
        {
          ResourceType: TYPE_NAME,
          LogicalResourceId: LOGICAL_ID,
          ResourceIdentifier: { FileSystemId: this.#id },
        },
      ],
    });
    await this.account.wait('change-set-create-complete', StackName, { ChangeSetName });
    await this.account.aws.call('cloudformation', 'execute-change-set', {
      StackName,
      ChangeSetName,
    });
    await this.account.wait('stack-import-complete', StackName);
    await this.#read({ Run: 'third' });
  }

  async #delete(): Promise<void> {
    await this.account.deleteStack(this.options.stacks[1]);
  }

  #template(run: string, deletionPolicy?: 'Retain') {
    const { deployment, name, subnet, dependencies } = this.options;
    const properties = Object.assign(
      smallest(deployment),
      ...dependencies.map((one) => one.properties()),
    ) as Record<string, unknown>;
    const tags = { Name: name, Run: run };
    return template({ subnet, maintenance: MAINTENANCE, tags, properties }, deletionPolicy);
  }
}

function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new LiveError(otherwise);
}
