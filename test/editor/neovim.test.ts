/** The language server in Neovim, where that is installed: what is found when a template is opened, a repair, and what is saved. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND, folder, pangea, WRONG } from '../cli/command';

const isInstalled = spawnSync('nvim', ['--version']).error === undefined;

// Skipped tests are told: nothing passes that has not run.
const where = isInstalled ? test : test.skip;

where(
  'Neovim shows what is found, applies a repair and saves what check finds nothing in (skipped without nvim)',
  () => {
    const made = folder({ 'template.yaml': WRONG });
    const [file, told] = [join(made, 'template.yaml'), join(made, 'told.json')];
    expect(pangea(['check', file]).code).toBe(1);
    const { status, stderr } = spawnSync(
      'nvim',
      ['--headless', '--clean', '-S', join(__dirname, 'neovim.lua')],
      {
        encoding: 'utf8',
        timeout: 50_000,
        env: { ...process.env, HOME: made, XDG_STATE_HOME: made, XDG_CACHE_HOME: made, XDG_DATA_HOME: made, PANGEA_FILE: file, PANGEA_TOLD: told, PANGEA_NODE: process.execPath, PANGEA_COMMAND: COMMAND, PANGEA_ACTION: 'Change to 7200' }, // oxfmt-ignore
      },
    );
    expect({ status, errors: /Error.*/.exec(stderr)?.[0] }).toEqual({
      status: 0,
      errors: undefined,
    });
    expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual({
      opened: [{ line: 4, column: 6, code: 'storage-capacity', severity: 1 }],
      repaired: [],
    });
    expect(readFileSync(file, 'utf8')).toBe(WRONG.replace('5000', '7200'));
    expect(pangea(['check', file]).code).toBe(0);
  },
);
