/** Opens the planner in a browser. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type Run } from './options/arguments';
import { writeStderr, writeStdout } from './files/streams';
import { visibleLines } from './formats/visible-text';

/** Relative to the folder of the command, in a clone and in the package. */
const PAGE = join(__dirname, '..', 'planner', 'index.html');

/** Prints the path of the planner, and opens it in a browser. */
export const run: Run = async ({ positional: [word], options }) => {
  if (word !== undefined) throw new UsageError(`planner does not take a file: remove ${word}.`);
  if (!existsSync(PAGE))
    throw new UsageError(`There is no ${PAGE}: build it with \`make planner\`.`);
  writeStdout(visibleLines([PAGE]));
  if (options.has('print')) return 0;
  if (!(await isOpened(PAGE)))
    writeStderr('No browser could be opened. Open this file in a browser.');
  return 0;
};

/** The command that opens a file with the user's default program; undefined without a display. */
function opener(): readonly [command: string, ...words: string[]] | undefined {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['explorer.exe'];
    default:
      return DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME ? ['xdg-open'] : undefined;
  }
}

/** Milliseconds after which a process that is still running is the browser. */
const LONGEST_START = 3000;

/** Whether a browser was started with the file. It continues independently. */
function isOpened(file: string): Promise<boolean> {
  const [command, ...words] = opener() ?? [];
  if (command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command, [...words, file], { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      clearTimeout(timer);
      resolve(false);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      // https://github.com/microsoft/WSL/issues/6565: the explorer ends with 1 although it has opened the file.
      resolve(code === 0 || process.platform === 'win32');
    });
    // If no browser was running, the child process may be the browser itself.
    const timer = setTimeout(() => {
      child.unref();
      resolve(true);
    }, LONGEST_START);
  });
}
