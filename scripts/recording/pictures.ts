/** The pictures of commands in use, in manual/images. */
import { resolve } from 'node:path';
import { drawing } from './drawing';
import { record } from './record';

/** What a picture shows, and what is run: as it is typed, and from the root of the project. */
export interface Recording {
  readonly picture: string;
  readonly title: string;
  readonly typed: string;
  readonly folder: string;
  /** The end of it alone. */
  readonly isStill?: true;
  readonly program: readonly [script: string, ...args: string[]];
}

export const RECORDINGS: readonly Recording[] = [
  {
    picture: 'manual/images/check.svg',
    title:
      'pangea-lustre check: each finding with its line, the reason and the values that are valid',
    typed: 'pangea-lustre check ssd-capacity-5000.yaml scratch-with-backups.yaml',
    folder: 'examples/errors',
    isStill: true,
    program: ['build/cli/pangea-lustre.js', 'check', 'ssd-capacity-5000.yaml', 'scratch-with-backups.yaml'], // oxfmt-ignore
  },
  {
    picture: 'manual/images/demo.svg',
    title:
      'make demo: a template that is refused, then the life of a stack, without an AWS account',
    typed: 'make demo',
    folder: '.',
    program: ['build/local/demo.js'],
  },
];

/** Runs what a picture shows, and draws it. */
export async function pictureOf(recording: Recording, root: string): Promise<string> {
  const { title, typed, folder, isStill, program } = recording;
  const [script, ...args] = program;
  const shown = await record(resolve(root, script), args, resolve(root, folder));
  const end = shown.filter(({ to }) => to === undefined).map((each) => ({ ...each, from: 0 }));
  return drawing(isStill ? end : shown, { title, typed });
}
