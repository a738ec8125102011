/**
 * `make prune REGION=...`: deregisters old versions of the type. The registry allows fifty versions of a type, and
 * `cfn submit` adds one each time. It lists the versions to remove, and asks.
 */
import { flagsOf, UsageError } from '../local/flags';
import { Aws, type Command, installedAws } from './aws';
import { askOnTerminal } from './ask';
import { TYPE_NAME as typeName } from '../src/lustre/properties';

/** Versions that are kept beside the default one, so that a deployment can be rolled back. */
const KEPT = 5;

const HELP = `Deregisters all versions of ${typeName} in a region except the default version and the newest.
It lists them and asks first.

make prune REGION=us-east-1
make prune REGION=us-east-1 KEEP=10
npm run prune -- --region REGION [--keep N]

  --region REGION  where the type is registered
  --keep N         number of newest versions to keep beside the default version (${KEPT})

Exit code: 0 success, or nothing to do; 1 refused or failed; 2 invalid options. Requires the AWS CLI.`;

export interface PruneIo {
  say: (line: string) => void;
  ask: (question: string) => Promise<string>;
  command: Command;
}

interface Version {
  VersionId: string;
  IsDefaultVersion?: boolean;
  TimeCreated?: string;
}

/**
 * Returns the exit code, as the help tells it.
 * @throws UsageError if the options are invalid; AwsError if AWS refuses: what was deregistered before was listed.
 */
export async function prune(words: readonly string[], io: PruneIo): Promise<number> {
  const options = parseOptions(words);
  if (!options) {
    io.say(HELP);
    return 0;
  }
  const { keep, region } = options;
  const aws = new Aws(region, io.command);
  const type = { Type: 'RESOURCE', TypeName: typeName };
  const { TypeVersionSummaries: versions = [] } = (await aws.call(
    'cloudformation',
    'list-type-versions',
    type,
  )) as { TypeVersionSummaries?: Version[] };
  const old = outdated(versions, keep);
  if (old.length === 0) {
    io.say(`${region} has ${versions.length} of 50 versions of ${typeName}, and none is to go.`);
    return 0;
  }
  io.say(`${region} has ${versions.length} of 50 versions of ${typeName}. To be deregistered:`);
  for (const { TimeCreated = '', VersionId } of old)
    io.say(`  ${VersionId}  ${TimeCreated}`.trimEnd());
  if ((await io.ask('Type yes to go on: ')).trim() !== 'yes') {
    io.say('Nothing was deregistered.');
    return 1;
  }
  for (const { VersionId } of old) {
    await aws.call('cloudformation', 'deregister-type', { ...type, VersionId });
    io.say(`${VersionId} is deregistered.`);
  }
  return 0;
}

/** All but the default version and the newest, the oldest first. Their ids are numbers with leading zeros. */
function outdated(versions: readonly Version[], keep: number): Version[] {
  const others = versions
    .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .toSorted((one, other) => Number(one.VersionId) - Number(other.VersionId));
  return others.slice(0, Math.max(0, others.length - keep));
}

function parseOptions(words: readonly string[]): { region: string; keep: number } | undefined {
  const { values } = flagsOf({
    args: [...words],
    options: {
      region: { type: 'string' },
      keep: { type: 'string', default: String(KEPT) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const { keep, region } = values;
  if (!region) throw new UsageError('make prune REGION=us-east-1');
  if (!/^\d{1,2}$/.test(keep))
    throw new UsageError(`--keep takes a number from 0 to 99, not ${keep}.`);
  return { region, keep: Number(keep) };
}

if (require.main === module)
  prune(process.argv.slice(2), {
    say: (line) => process.stdout.write(`${line}\n`),
    ask: askOnTerminal,
    command: installedAws,
  }).then(
    (status) => (process.exitCode = status),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = error instanceof UsageError ? 2 : 1;
    },
  );
