/** Reads files of another commit with git. */
import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { Unreadable } from '../../template/source-tree';
import { UsageError } from '../options/arguments';

/** Larger than any template that CloudFormation accepts. */
const MOST_BYTES = 64 * 2 ** 20;

/** A commit of the repository in the working folder. */
export class Commit {
  readonly #id: string;

  /** @throws UsageError without git, outside of a repository, or for an unknown commit. */
  constructor(readonly ref: string) {
    if (ref.startsWith('-')) throw new UsageError(`--base ${ref} is not the name of a commit.`);
    const { status, stdout, stderr } = git(['rev-parse', '--verify', `${ref}^{commit}`]);
    if (status === 0) {
      this.#id = stdout.toString().trim();
      return;
    }
    throw new UsageError(`--base ${ref} ${whyNoCommit(ref, stderr.toString())}`);
  }

  /** The files in the working folder, by relative paths. */
  names(): string[] {
    const { status, stdout } = git(['ls-tree', '-r', '-z', '--name-only', this.#id]);
    return status === 0 ? stdout.toString().split('\0').filter(Boolean) : [];
  }

  /**
   * The bytes of a file; undefined if the commit does not have it.
   *
   * @throws Unreadable if the file is outside of the repository, or is not a file.
   */
  read(file: string): Buffer | undefined {
    const path = relative(process.cwd(), resolve(file)).replaceAll('\\', '/');
    const listed = git(['ls-tree', '-z', this.#id, '--', path]);
    if (listed.status !== 0)
      throw new Unreadable(
        'this file is outside the repository, so --base has no older version of it',
      );
    if (listed.stdout.length === 0) return undefined;
    const shown = git(['show', '--no-textconv', `${this.#id}:./${path}`, '--']);
    if (shown.status !== 0) throw new Unreadable(`git cannot show it at ${this.ref}`);
    return shown.stdout;
  }
}

function whyNoCommit(ref: string, said: string): string {
  if (said.includes('not a git repository'))
    return 'needs a git repository, but the working folder is not in one.';
  if (said.includes('Needed a single revision'))
    return `is not a commit of this repository: fetch it first, for example with git fetch origin ${ref.replace(/^origin\//, '')}.`;
  // Such as a repository of another user, for which git says what to do.
  return `cannot be used: ${said
    .replace(/^fatal: /, '')
    .trim()
    .replaceAll(/\s+/g, ' ')}`;
}

/** Runs git without a shell, so that no name can be a command. @throws UsageError if git is not installed. */
function git(words: readonly string[]): { status: number | null; stdout: Buffer; stderr: Buffer } {
  const { error, status, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', ...words], {
    maxBuffer: MOST_BYTES,
    // Its messages are compared above.
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (!error) return { status, stdout, stderr };
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  throw new UsageError(
    isMissing
      ? '--base needs git, which is not installed.'
      : `git could not be run: ${error.message}`,
  );
}
