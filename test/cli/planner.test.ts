/** `pangea-lustre planner`. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pangea, ROOT } from './command';

describe('the planner', () => {
  const page = join(ROOT, 'build', 'planner', 'index.html');

  test('is printed as a path, which there is', () => {
    expect(pangea(['planner', '--print'])).toEqual({ code: 0, out: `${page}\n`, err: '' });
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('says so if no browser can be opened', () => {
    const { code, out, err } = pangea(['planner'], { env: { PATH: '/nowhere', DISPLAY: ':0' } });
    expect({ code, out }).toEqual({ code: 0, out: `${page}\n` });
    if (process.platform === 'linux') expect(err).toContain('No browser could be opened.');
  });

  // https://github.com/microsoft/WSL/issues/6565
  test('believes the explorer of Windows, which ends with 1 whatever it has opened', () => {
    const at = folder({
      'explorer.exe': '#!/bin/sh\nexit 1\n',
      'windows.cjs': "Object.defineProperty(process, 'platform', { value: 'win32' });",
    });
    chmodSync(join(at, 'explorer.exe'), 0o755);
    const env = { PATH: at, NODE_OPTIONS: `--require ${join(at, 'windows.cjs')}` };
    if (process.platform === 'linux')
      expect(pangea(['planner'], { env })).toEqual({ code: 0, out: `${page}\n`, err: '' });
  });
});
