/** The plugin, as the CDK runs it while an app is synthesized. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  App,
  CfnDeletionPolicy,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  NestedStack,
  Stack,
  Stage,
  Validations,
  type IPolicyValidationContext,
  type StackProps,
} from 'aws-cdk-lib/core';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem, LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';
import { PangeaLustreValidator, type PangeaLustreValidatorProps } from '../../src/cdk';

const folder = mkdtempSync(join(tmpdir(), 'pangea-cdk-'));

const subnetIds = ['subnet-0a1b2c3d4e5f60718'];
const native = (capacity: number) => ({
  fileSystemType: 'LUSTRE',
  fileSystemTypeVersion: '2.15',
  storageCapacity: capacity,
  subnetIds,
  lustreConfiguration: { deploymentType: 'SCRATCH_2' },
});
const ours = (StorageCapacity: number) => ({
  type: 'Pangea::FSx::LustreFileSystem',
  properties: { StorageCapacity, SubnetIds: subnetIds },
});
const TEMPLATE = JSON.stringify({
  Resources: {
    Included: {
      Type: 'AWS::FSx::FileSystem',
      Properties: {
        FileSystemType: 'LUSTRE',
        StorageCapacity: 5000,
        SubnetIds: subnetIds,
        LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
      },
    },
  },
});

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly severity: string;
  readonly ruleMetadata?: Readonly<Record<string, string>>;
  readonly acknowledgedAt?: string;
  readonly violatingConstructs: readonly {
    readonly constructPath: string;
    readonly cloudFormationResource?: {
      readonly logicalId: string;
      readonly propertyPaths?: string[];
    };
  }[];
}

interface Synthesized {
  /** What the CDK throws; undefined where the synthesis succeeds. */
  readonly failure: string | undefined;
  readonly violations: readonly Violation[];
  readonly suppressed: readonly Violation[];
}

type Build = (app: App) => void;

/** Synthesizes an app with the plugin alone, and reads the report that the CDK writes. */
function synthesize(build: Build, props: PangeaLustreValidatorProps = {}): Synthesized {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')), builtinCloudFormationValidation: false, analyticsReporting: false }); // oxfmt-ignore
  Validations.of(app).addPlugins(new PangeaLustreValidator(props));
  build(app);
  let failure: string | undefined;
  const { error } = console;
  console.error = () => undefined;
  try {
    app.synth();
  } catch (thrown) {
    failure = (thrown as Error).message;
  } finally {
    console.error = error;
  }
  const reports = reportsIn(app.outdir).filter(({ pluginName }) => pluginName === 'pangea-lustre');
  return {
    failure,
    violations: reports.flatMap(({ violations }) => violations),
    suppressed: reports.flatMap(({ suppressedViolations = [] }) => suppressedViolations),
  };
}

interface Report {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

function reportsIn(outdir: string): readonly Report[] {
  try {
    const text = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
    return (JSON.parse(text) as { pluginReports: Report[] }).pluginReports;
  } catch {
    return [];
  }
}

/** `path rule` of each violation. */
const found = ({ violations }: Synthesized): string[] =>
  violations
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    )
    .sort();

/** One stack with what is built in it. */
const inStack =
  (build: (stack: Stack) => void, props: StackProps = {}): Build =>
  (app) => {
    build(new Stack(app, 'Stack', props));
  };

class Nested extends NestedStack {
  constructor(scope: Construct, id: string, build: (stack: Stack) => void) {
    super(scope, id);
    build(this);
  }
}

function constructOfTheCdk(stack: Stack): void {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a'] });
  new LustreFileSystem(stack, 'Fs', {
    vpc,
    vpcSubnet: Subnet.fromSubnetId(stack, 'Subnet', 'subnet-0a1b2c3d4e5f60718'),
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d4e5f60718'),
    storageCapacityGiB: 1200,
    // The CDK's own construct does not miss the throughput.
    lustreConfiguration: { deploymentType: LustreDeploymentType.PERSISTENT_2 },
  });
} // oxfmt-ignore

function includedText(stack: Stack): void {
  const templateFile = join(folder, 'included.json');
  writeFileSync(templateFile, TEMPLATE);
  new CfnInclude(stack, 'Include', { templateFile });
}

test.each<[string, Build, string[]]>([
  [
    'an L1 construct',
    inStack((stack) => new CfnFileSystem(stack, 'Fs', native(5000))),
    ['Stack/Fs storage-capacity'],
  ],
  ['an L2 construct', inStack(constructOfTheCdk), ['Stack/Fs/Resource required']],
  ['an included template', inStack(includedText), ['Stack/Include/Included storage-capacity']],
  [
    'this type',
    inStack((stack) => new CfnResource(stack, 'Fs', ours(5000))),
    ['Stack/Fs storage-capacity'],
  ],
  [
    'a nested stack, and one that is nested in it',
    inStack((stack) => {
      new Nested(stack, 'Outer', (outer) => {
        new CfnFileSystem(outer, 'Fs', native(5000));
        new Nested(outer, 'Inner', (inner) => new CfnFileSystem(inner, 'Fs', native(5000)));
      });
    }),
    ['Stack/Outer/Fs storage-capacity', 'Stack/Outer/Inner/Fs storage-capacity'],
  ],
  [
    'stages, and stages in them',
    (app) => {
      for (const stage of [new Stage(app, 'Test'), new Stage(new Stage(app, 'Prod'), 'Europe')])
        new CfnFileSystem(new Stack(stage, 'Data'), 'Fs', native(5000));
    },
    ['Prod/Europe/Data/Fs storage-capacity', 'Test/Data/Fs storage-capacity'],
  ],
  [
    'what refers to it',
    inStack((stack) => {
      const fs = new CfnResource(stack, 'Fs', ours(4800));
      new CfnOutput(stack, 'Id', { value: Fn.getAtt(fs.logicalId, 'Nope').toString() });
    }),
    ['Stack/Fs unknown-attribute'],
  ],
  [
    'a template whose description is too long, which is of the stack',
    inStack((stack) => {
      stack.templateOptions.description = 'long '.repeat(300);
      new CfnFileSystem(stack, 'Fs', native(4800));
    }),
    ['Stack template-size'],
  ],
  [
    'what a parameter decides',
    inStack((stack) => {
      const { valueAsString } = new CfnParameter(stack, 'Kind', { allowedValues: ['SCRATCH_1', 'SCRATCH_2'] });
      const properties = native(5000);
      new CfnFileSystem(stack, 'Fs', { ...properties, lustreConfiguration: { deploymentType: valueAsString } });
    }), // oxfmt-ignore
    ['Stack/Fs storage-capacity'],
  ],
])('finds what is wrong in %s', (_, build, expected) => {
  const synthesized = synthesize(build);
  expect(found(synthesized)).toEqual(expected);
  expect(synthesized.failure).toContain(expected[0]?.split(' ')[1]);
});

test('tells what is wrong as the command line does, with the place, the fix and the page', () => {
  const build = inStack((stack) => new CfnFileSystem(stack, 'Fs', native(5000)));
  const { failure, violations } = synthesize(build);
  expect(violations).toMatchObject([
    {
      ruleName: 'storage-capacity',
      description:
        'StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
      suggestedFix: 'StorageCapacity: 4800, or StorageCapacity: 7200',
      severity: 'error',
      ruleMetadata: {
        documentation:
          'https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem/blob/main/manual/rules.md#storage-capacity',
      },
      violatingConstructs: [
        {
          constructPath: 'Stack/Fs',
          cloudFormationResource: {
            logicalId: 'Fs',
            propertyPaths: ['Properties.StorageCapacity'],
          },
        },
      ],
    },
  ]);
  expect(failure).toContain("Acknowledge with 'pangea-lustre::storage-capacity'");
  expect(failure).not.toMatch(/\n\s+at /);
});

/** The place that the CDK reports for the only finding of a rule. */
const placeOf = (rule: string, build: Build): unknown => {
  const [only] = synthesize(build).violations.filter(({ ruleName }) => ruleName === rule);
  return only?.violatingConstructs[0]?.cloudFormationResource?.propertyPaths;
};

test('places the finding about an attribute of a resource beside its properties', () => {
  const build = inStack((stack) => {
    const fileSystem = new CfnFileSystem(stack, 'Fs', native(4800));
    fileSystem.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;
  });
  expect(placeOf('resource-attribute', build)).toEqual(['DeletionPolicy']);
});

test('finds nothing where nothing is wrong, and takes no warning for a failure', () => {
  const right = inStack((stack) => new CfnFileSystem(stack, 'Fs', native(4800)));
  expect(synthesize(right)).toEqual({ failure: undefined, violations: [], suppressed: [] });
  const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const doubtful = synthesize(
    inStack((stack) => new CfnFileSystem(stack, 'Fs', { ...native(4800), kmsKeyId })),
  );
  expect(doubtful).toMatchObject({ failure: undefined, violations: [{ severity: 'warning' }] });
});

test('what is acknowledged in a construct, or above it, is no violation there, and one elsewhere', () => {
  const acknowledgment = { id: 'pangea-lustre::storage-capacity', reason: 'a new step' };
  const build =
    (acknowledging: (app: App, one: Stack) => Construct): Build =>
    (app) => {
      const [one, other] = [new Stack(app, 'One'), new Stack(app, 'Other')];
      for (const stack of [one, other]) new CfnFileSystem(stack, 'Fs', native(5000));
      Validations.of(acknowledging(app, one)).acknowledge(acknowledgment);
    };
  const inOne = synthesize(build((_, one) => one));
  expect(found(inOne)).toEqual(['Other/Fs storage-capacity']);
  expect(inOne.suppressed).toMatchObject([{ acknowledgedAt: 'One' }]);
  expect(inOne.failure).toBeDefined();
  const everywhere = synthesize(build((app) => app));
  expect([everywhere.failure, found(everywhere)]).toEqual([undefined, []]);
});

test('the metadata of a resource silences a rule too, and is told where it does so in vain', () => {
  const build = (capacity: number) =>
    inStack((stack) => {
      const resource = new CfnFileSystem(stack, 'Fs', native(capacity));
      resource.addMetadata('PangeaLustre', { Ignore: ['storage-capacity'] });
    });
  expect(synthesize(build(5000))).toMatchObject({ failure: undefined, violations: [] });
  const vain = synthesize(build(4800));
  expect(vain.failure).toBeUndefined();
  expect(vain.violations).toMatchObject([
    { severity: 'info', violatingConstructs: [{ constructPath: 'Stack/Fs' }] },
  ]);
});

describe('regions', () => {
  const stacksIn = (regions: readonly (string | undefined)[]): Build =>
    (app) => {
      for (const region of regions) {
        const stack = new Stack(app, region ?? 'Anywhere', region === undefined ? {} : { env: { region } });
        new CfnFileSystem(stack, 'Fs', native(4800));
        new Nested(stack, 'Nested', (nested) => new CfnFileSystem(nested, 'Fs', native(4800)));
      }
    }; // oxfmt-ignore
  const lacking = (name: string) => [`${name}/Fs region`, `${name}/Nested/Fs region`];

  test('each stack is held to its own, and its nested stacks to that', () => {
    expect(found(synthesize(stacksIn(['eu-west-1', 'ap-east-2', undefined])))).toEqual(
      lacking('ap-east-2'),
    );
  });

  test('the option is for stacks without one', () => {
    const synthesized = synthesize(stacksIn(['eu-west-1', undefined]), { region: 'ap-east-2' });
    expect(found(synthesized)).toEqual(lacking('Anywhere'));
  });
});

test('with native: false, AWS::FSx::FileSystem is not looked at', () => {
  const build = inStack((stack) => {
    new CfnFileSystem(stack, 'Native', native(5000));
    new CfnResource(stack, 'Ours', ours(5000));
  });
  expect(found(synthesize(build, { native: false }))).toEqual(['Stack/Ours storage-capacity']);
});

test('the limits of the account are held, and the tables of numbers are left to FSx where it says so', () => {
  const build = inStack((stack) => {
    new CfnResource(stack, 'Large', ours(9600));
    new CfnResource(stack, 'Odd', ours(5000));
  });
  expect(found(synthesize(build, { configuration: { Guardrails: { MaxStorageCapacity: 7200 } } }))).toEqual([
    'Stack/Large guardrail-max-storage-capacity',
    'Stack/Odd storage-capacity',
  ]); // oxfmt-ignore
  const deferred = synthesize(build, { configuration: { Validation: 'DEFER_TO_FSX' } });
  expect(found(deferred)).toEqual([]);
});

test.each<[unknown, string]>([
  [{ region: 'eu-wets-1' }, 'eu-wets-1 is not a region: did you mean eu-west-1?'],
  [
    { configuration: { Guardrail: {} } },
    'configuration is not a type configuration: Guardrail is not a property of this type: did you mean Guardrails?',
  ],
  [{ configuration: 'strict' }, 'configuration is not a type configuration: '],
])('%j is refused in a sentence', (props, message) => {
  const make = () => new PangeaLustreValidator(props as PangeaLustreValidatorProps);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(message);
});

describe('without an app', () => {
  const contextOf = (text: string): IPolicyValidationContext => {
    const templatePath = join(mkdtempSync(join(folder, 'template-')), 'Stack.template.json');
    writeFileSync(templatePath, text);
    const stack = { stackConstructPath: 'Stack', templatePath, accountId: undefined, region: undefined };
    return { templatePaths: [templatePath], stackTemplates: [stack], appConstruct: new App() };
  }; // oxfmt-ignore
  const validate = (text: string) => new PangeaLustreValidator().validate(contextOf(text));

  test('a template that cannot be read is an error of the stack, and the others are checked', () => {
    const context = contextOf('"::FSx::');
    const other = contextOf(TEMPLATE);
    const stackTemplates = [...context.stackTemplates, ...other.stackTemplates];
    const { success, violations } = new PangeaLustreValidator().validate({ ...context, stackTemplates }); // oxfmt-ignore
    expect(success).toBe(false);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['unreadable', 'storage-capacity']);
    expect(violations[0]?.description).toMatch(/^This template could not be checked: \S.*\.$/);
  });

  test('a template is not checked while the CDK has yet to look up values of the app', () => {
    const context = contextOf(TEMPLATE);
    const [templatePath = ''] = context.templatePaths;
    const check = (missing: unknown) => {
      writeFileSync(join(dirname(templatePath), 'manifest.json'), JSON.stringify({ missing }));
      return new PangeaLustreValidator().validate(context);
    };
    const { success, violations } = check([{ key: 'vpc-provider', provider: 'vpc-provider' }]);
    expect(success).toBe(true);
    expect(violations).toEqual([
      expect.objectContaining({
        severity: 'info',
        description: expect.stringMatching(/^Not checked yet: the CDK first looks up/) as string,
      }),
    ]);
    expect(check([]).success).toBe(false);
    expect(check(undefined).success).toBe(false);
  });

  test('a template without a resource of FSx is not even read', () => {
    expect(validate('this is no template')).toEqual({ success: true, violations: [] });
  });
});

test.each<[unknown, string]>([
  [null, 'PangeaLustreValidator takes an object with native, configuration and region, or nothing.'],
  [{ nativ: false }, 'PangeaLustreValidator has no option nativ: use native, configuration and region.'],
  [{ native: 'no' }, 'native no is not valid: use true or false.'],
  [{ region: 'mars' }, 'mars is not a region: use one such as eu-west-1.'],
])('the options %p are refused at the line of the app', (props, message) => {
  let error: unknown;
  try {
    new PangeaLustreValidator(props as object);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ message });
  expect((error as Error).stack).not.toMatch(/src\/cdk|cdk\.js/);
}); // oxfmt-ignore
