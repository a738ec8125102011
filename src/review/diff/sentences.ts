/** What happens to the data, in a sentence: the first that a reader sees of a verdict. */
import type { Fate } from './data';

/** The same in CloudFormation and in Terraform. */
export const SENTENCES = {
  none: 'The data stays: nothing changes.',
  create: 'No data is touched: a new, empty file system is created.',
  restore: 'No data is touched: a new file system is created from a backup.',
  inPlace: 'The data stays: the file system is changed in place.',
  nothingToDo: 'The data stays: FSx has nothing to change.',
  refused: 'The data stays: the change is refused, and the file system remains as it is.',
  creationRefused: 'No data is touched: the creation is refused.',
  undecided:
    'The data stays: what is not known yet decides whether the change is made in place or refused.',
  mayBeReplaced:
    'DATA MAY BE LOST: what is not known yet decides whether the file system is deleted with all its data and replaced by an empty one.',
  mayBeReplacedSafely:
    'The data stays: what is not known yet decides whether a new, empty file system takes the place of the old one, which is not lost.',
} as const;

/** Of a file system that is deleted. */
export const DELETED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data.',
  'in a backup':
    'The data stays in a backup only: a final backup is made, and the file system is deleted.',
  kept: 'The data stays: the file system is kept outside the stack, and is still billed.',
};

/** Of a file system that is replaced. */
export const REPLACED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data, and a new, empty one takes its place.',
  'in a backup':
    'The data stays in a backup only: a new, empty file system takes its place, a final backup is made, and the old one is deleted.',
  kept: 'The data stays in the old file system, which is kept outside the stack and is still billed: clients get a new, empty one.',
};

/** The same where the new file system is restored from a backup. */
export const RESTORED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data, and one that is restored from a backup takes its place.',
  'in a backup':
    'The data stays in a backup only: a file system that is restored from another backup takes its place, a final backup is made, and the old one is deleted.',
  kept: 'The data stays in the old file system, which is kept outside the stack and is still billed: clients get one that is restored from a backup.',
};
