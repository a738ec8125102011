/** What happens to the data, as a sentence. It is the first sentence of a verdict. */
import type { Fate } from './data';

/** Sentences for CloudFormation and Terraform alike. */
export const SENTENCES = {
  none: 'The data stays: nothing changes.',
  create: 'No data is touched: a new, empty file system is created.',
  restore: 'No data is touched: a new file system is created from a backup.',
  inPlace: 'The data stays: the file system is updated in place.',
  nothingToDo: 'The data stays: FSx has nothing to change.',
  refused: 'The data stays: the change is refused, and the file system remains as it is.',
  creationRefused: 'No data is touched: the creation is refused.',
  undecided:
    'The data stays: a value that is not known yet determines whether the change is made in place or refused.',
  undocumented:
    'The data stays: AWS does not document whether the change is made in place, refused or without effect.',
} as const;

/** For a file system that may be replaced, which a value decides that is not known before the deployment. */
export const MAY_BE_REPLACED: Readonly<Record<Fate, string>> = {
  lost: 'DATA MAY BE LOST: a value that is not known yet determines whether the file system is deleted with all its data and replaced by an empty one.',
  'in a backup':
    'The data stays, perhaps in a backup only: a value that is not known yet determines whether a final backup is created, and the file system is deleted and replaced by a new, empty one.',
  kept: 'The data stays: a value that is not known yet determines whether a new, empty file system replaces the old one, which is kept.',
};

/** For a file system that is deleted. */
export const DELETED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data.',
  'in a backup':
    'The data stays in a backup only: a final backup is created, and the file system is deleted.',
  kept: 'The data stays: the file system is retained, and is still billed.',
};

/** For a file system that is replaced. */
export const REPLACED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data, and a new, empty one takes its place.',
  'in a backup':
    'The data stays in a backup only: a new, empty file system takes its place, a final backup is created, and the old one is deleted.',
  kept: 'The data stays in the old file system, which is retained and still billed: clients get a new, empty one.',
};

/** For a file system that is replaced by one that is restored from a backup. */
export const RESTORED: Readonly<Record<Fate, string>> = {
  lost: 'DATA LOST: the file system is deleted with all its data, and one that is restored from a backup takes its place.',
  'in a backup':
    'The data stays in a backup only: a file system that is restored from another backup takes its place, a final backup is created, and the old one is deleted.',
  kept: 'The data stays in the old file system, which is retained and still billed: clients get one that is restored from a backup.',
};
