/** Compares templates, a Terraform plan, or the file systems of an account: what happens to each file system. */
import { posix } from 'node:path';
import { describeFileSystem } from '../fsx/description';
import { defined, isObject } from '../lustre/json';
import { diffTemplates, type Diff, type DiffOptions } from '../review/diff/diff';
import { diffLive, type Existing } from '../review/diff/live';
import { diffTerraform } from '../review/diff/terraform';
import { NoTemplate, Unreadable } from '../template/source-tree';
import { Template } from '../template/template';
import { UsageError, type Options, type Run } from './options/arguments';
import { github, human, json, type DiffFormat } from './formats/diff-formats';
import { failOn } from './options/fail-on';
import {
  exists,
  failureOf,
  nameOf,
  readJsonText,
  readText,
  refuseUndeclaredParameters,
  reportFailures,
  reportSkipped,
  templateText,
  type Failure,
} from './files/files';
import { Commit } from './files/git';
import { filesMatching, isPattern, namesMatching } from './files/glob';
import { markdown } from './formats/diff-markdown';
import {
  deploymentOf,
  formatOf,
  parametersIn,
  pricingOf,
  unknownRegion,
} from './options/option-values';
import { writeStderr, writeStdout } from './files/streams';

/** The largest plan or description of an account. Both may be larger than a template. */
const MOST_BYTES = 256_000_000;

const FORMATS = { human, markdown, json, github };

/** Reads one input and returns what happens to its file systems, or nothing for a file that is skipped. */
interface Task {
  readonly file: string;
  readonly run: () => Diff | undefined;
}

/** Prints what an update does to each file system. */
export const run: Run = async ({ positional, options }) => {
  const judge = failOn(options);
  const given = await diffOptionsOf(options);
  const diffs: Diff[] = [];
  const failures: Failure[] = [];
  let skipped = 0;
  for (const { file, run: read } of tasksOf(positional, options, given)) {
    try {
      const diff = read();
      if (diff) diffs.push(diff);
      else skipped++;
    } catch (error) {
      failures.push(error instanceof UnreadableFile ? error.failure : failureOf(error, file));
    }
  }
  if (!options.has('terraform'))
    refuseUndeclaredParameters(diffs, new Map([...given.parameters, ...given.oldParameters]));
  const changes = diffs.flatMap((each) => each.changes);
  const notes = diffs.flatMap((each) => each.notes);
  const text = formatOf<DiffFormat>(options, FORMATS)({ changes, notes, failures });
  if (text !== '') writeStdout(text);
  reportSkipped(skipped);
  reportFailures(failures);
  for (const sentence of unknownRegion(given.region)) writeStderr(`note: ${sentence}`);
  if (failures.length > 0) return 2;
  const { reasons, notes: undecided } = judge(changes);
  for (const note of undecided) writeStderr(`note: ${note}`);
  for (const reason of reasons) writeStderr(`pangea-lustre: ${reason}.`);
  return reasons.length > 0 ? 1 : 0;
};

type Given = Required<Pick<DiffOptions, 'parameters' | 'oldParameters'>> & DiffOptions;

const diffOptionsOf = async (options: Options): Promise<Given> => ({
  ...deploymentOf(options),
  oldParameters: parametersIn(options, 'old-parameters'),
  cost: await pricingOf(options),
});

function tasksOf(positional: readonly string[], options: Options, given: Given): readonly Task[] {
  const modes = ['base', 'terraform', 'live'].filter((each) => options.has(each));
  const [mode, another] = modes;
  if (another !== undefined)
    throw new UsageError(`--${mode ?? ''} and --${another} cannot be used together: specify one.`);
  if (options.has('file-system') && mode !== 'live')
    throw new UsageError(
      '--file-system matches file systems of --live with resources: specify --live.',
    );
  const value = mode === undefined ? '' : (options.one(mode) ?? '');
  switch (mode) {
    case 'terraform':
      return [terraformTask(positional, value, given)];
    case 'live':
      return [liveTask(positional, value, options, given)];
    case 'base':
      return baseTasks(positional, value, given);
    default:
      return [pairTask(positional, given)];
  }
}

function terraformTask(positional: readonly string[], file: string, given: Given): Task {
  const [word] = positional;
  if (word !== undefined)
    throw new UsageError(`--terraform takes one plan and no template: remove ${word}.`);
  const name = nameOf(file);
  const run = () => diffTerraform(readJsonText(file, MOST_BYTES), { ...given, file: name });
  return { file: name, run };
}

/** Thrown for a file that cannot be read and is not the one that names the task. */
class UnreadableFile extends Error {
  constructor(
    readonly failure: Failure,
    cause: unknown,
  ) {
    super(failure.message, { cause });
  }
}

/** @throws UnreadableFile */
function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableFile(failureOf(error, file), error);
  }
}

const templateOf = (file: string, name = nameOf(file)): Template =>
  reading(name, () => Template.read(name, readText(file)));

function pairTask(positional: readonly string[], given: Given): Task {
  const [before, after, another] = positional;
  if (before === undefined || after === undefined || another !== undefined) {
    throw new UsageError(
      'Specify two templates, the old and the new; or --base REF and the files, --terraform PLAN, or --live FILE and the template.',
    );
  }
  if (before === '-' && after === '-')
    throw new UsageError('Only one of the two templates can be standard input.');
  const file = nameOf(after);
  return {
    file,
    run: () => diffTemplates(templateOf(before), templateOf(after), { ...given, file }),
  };
}

/** One task for each file that exists in git or in the working folder. */
function baseTasks(words: readonly string[], ref: string, given: Given): readonly Task[] {
  if (words.length === 0 || words.includes('-'))
    throw new UsageError("--base compares files: specify them, such as 'templates/**/*.yaml'.");
  const commit = new Commit(ref);
  const patterns = words.filter((word) => isPattern(word) && !exists(word));
  const now = patterns.flatMap((word) => filesMatching(word).map((file) => posix.normalize(file)));
  const before = patterns.flatMap((word) => namesMatching(word, commit.names()));
  const named = words
    .filter((word) => !patterns.includes(word))
    .map((file) => posix.normalize(file));
  const files = new Set([...named, ...now, ...before]);
  if (files.size === 0)
    throw new UsageError(`No file matches ${words.join(' ')}, now or at ${ref}.`);
  return [...files].sort().map((file) => ({
    file,
    run: () => {
      const unlessSkipped = named.includes(file) ? always : ifTemplate;
      const old = commit.read(file);
      const name = `${ref}:${file}`;
      const before =
        old && unlessSkipped(() => reading(name, () => Template.read(name, templateText(old))));
      const isGone = old !== undefined && !exists(file);
      // A template that is one no longer is not skipped: its file systems would go unnoticed.
      const read = before ? always : unlessSkipped;
      const after = isGone ? undefined : read(() => templateOf(file));
      return before || after ? diffTemplates(before, after, { ...given, file }) : undefined;
    },
  }));
}

const always = <T>(read: () => T): T => read();

/** What is read, or undefined for a file that is no CloudFormation template. */
function ifTemplate<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFile && error.cause instanceof NoTemplate) return undefined;
    throw error;
  }
}

function liveTask(
  positional: readonly string[],
  source: string,
  options: Options,
  given: Given,
): Task {
  const [file, another] = positional;
  if (file === undefined || another !== undefined)
    throw new UsageError('--live compares with one template: specify it.');
  if (file === '-' && source === '-')
    throw new UsageError('Only one of --live and the template can be standard input.');
  const fileSystemIds = new Map((options.get('file-system') ?? []).map(assignment));
  const name = nameOf(file);
  return {
    file: name,
    run: () => {
      const existing = reading(nameOf(source), () => existingIn(readJsonText(source, MOST_BYTES)));
      const text = reading(name, () => readText(file));
      return diffLive(existing, text, { ...given, file: name, fileSystemIds });
    },
  };
}

function assignment(word: string): [string, string] {
  const [, logicalId, id] = /^([A-Za-z0-9]+)=(fs-[0-9a-f]+)$/.exec(word) ?? [];
  if (logicalId === undefined || id === undefined)
    throw new UsageError(`--file-system ${word} is not known: use LogicalId=fs-0123456789abcdef0.`);
  return [logicalId, id];
}

type Described = Parameters<typeof describeFileSystem>[0];

/** The Lustre file systems in the output of `aws fsx describe-file-systems`. @throws Unreadable */
function existingIn(text: string): readonly Existing[] {
  const described = fileSystemsIn(text);
  return described
    .filter(({ FileSystemType }) => FileSystemType === 'LUSTRE')
    .map((each) => {
      const tag = (key: string) => each.Tags?.find(({ Key }) => Key === key)?.Value;
      return {
        id: each.FileSystemId ?? '',
        ...defined({
          logicalId: tag('aws:cloudformation:logical-id'),
          stackName: tag('aws:cloudformation:stack-name'),
        }),
        properties: describeFileSystem(each).properties,
      };
    });
}

function fileSystemsIn(text: string): readonly Described[] {
  const hint = 'use the output of `aws fsx describe-file-systems --output json`';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Unreadable(`this is not JSON: ${hint}`);
  }
  const list = Array.isArray(content)
    ? (content as unknown[])
    : (content as { FileSystems?: unknown } | null)?.FileSystems;
  if (!Array.isArray(list)) throw new Unreadable(`this has no FileSystems: ${hint}`);
  if (!list.every(isDescribed))
    throw new Unreadable(`this has FileSystems of another form than FSx describes: ${hint}`);
  return list;
}

function isDescribed(value: unknown): value is Described {
  if (!isObject(value)) return false;
  const { FileSystemType, FileSystemId, LustreConfiguration, Tags } = value;
  if (FileSystemType !== 'LUSTRE') return true;
  const tags = Tags ?? [];
  const isTagged =
    Array.isArray(tags) && tags.every((tag) => isObject(tag) && typeof tag.Key === 'string');
  return typeof FileSystemId === 'string' && isObject(LustreConfiguration ?? {}) && isTagged;
}
