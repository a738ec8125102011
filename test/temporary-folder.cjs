const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// Windows reads TEMP.
const VARIABLE = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';

/** The folder of this run, and the value of the variable before it. */
let made;
let before;

/** Gives the run one folder for temporary files, its own and those of the CDK: a test need not remove what it leaves there. */
const make = () => {
  before = process.env[VARIABLE];
  made = mkdtempSync(join(tmpdir(), 'pangea-lustre-tests-'));
  process.env[VARIABLE] = made;
};

/** Removes the folder that was made, and never another one. */
const remove = () => {
  if (made === undefined) return;
  rmSync(made, { recursive: true, force: true });
  made = undefined;
  if (before === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = before;
};

module.exports = { make, remove };
