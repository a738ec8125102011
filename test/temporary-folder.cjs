const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { TMPDIR: BEFORE } = process.env;

/** Gives the run one folder for temporary files, its own and those of the CDK: a test need not remove what it leaves there. */
const make = () => {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'pangea-lustre-tests-'));
};

const remove = () => {
  rmSync(tmpdir(), { recursive: true });
  if (BEFORE === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = BEFORE;
};

module.exports = { make, remove };
