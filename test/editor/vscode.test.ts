/** The extension for VS Code: packed, unpacked, and started with a stub of the module that only VS Code has. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { unzipSync } from 'fflate';
import { extensionPackage, MOST_BYTES } from '../../scripts/vscode-package';
import { extensionSources } from '../../scripts/vscode-sources';
import { SECTION, settingsFrom } from '../../src/editor/settings';
import { ROOT, WRONG } from '../cli/command';
import { Editor } from './client';

const SOURCES = extensionSources((path) => readFileSync(join(ROOT, path)));
const packed = extensionPackage(SOURCES);

/** The extension as VS Code has it on the disk. */
function unpacked(): string {
  const made = mkdtempSync(join(tmpdir(), 'pangea-lustre-vscode-'));
  for (const [path, bytes] of Object.entries(unzipSync(packed))) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), bytes);
  }
  return made;
}

const text = (made: string, path: string): string => readFileSync(join(made, path), 'utf8');

interface Described {
  main: string;
  version: string;
  activationEvents: string[];
  contributes: { configuration: { properties: Record<string, unknown> } };
}

test('is under 1 MB, the same bytes each time, and refused above', () => {
  expect(packed.length).toBeLessThan(MOST_BYTES);
  expect(Buffer.from(extensionPackage(SOURCES)).equals(Buffer.from(packed))).toBe(true);
  const noise = randomBytes(2_000_000);
  const files = { ...SOURCES.files, 'server/lsp.js': noise };
  expect(() => extensionPackage({ ...SOURCES, files })).toThrow('at most 1000000 are allowed');
});

test('has the manifest that VS Code reads, each asset of it, and a setting for each of ours', () => {
  const made = unpacked();
  const manifest = text(made, 'extension.vsixmanifest');
  const assets = [...manifest.matchAll(/Path="([^"]+)"/g)].map(([, path = '']) => path);
  expect(assets.length).toBeGreaterThan(1);
  for (const path of assets) expect(text(made, path)).not.toBe('');
  const { main, version, contributes } = JSON.parse(
    text(made, 'extension/package.json'),
  ) as Described;
  expect(text(made, join('extension', main))).not.toBe('');
  expect(manifest).toContain(`Version="${version}"`);
  const { problems } = settingsFrom({ [SECTION]: { none: 1 } }, undefined);
  const names = /use (.*)\./.exec(problems.join())?.[1]?.split(', ') ?? [];
  expect(Object.keys(contributes.configuration.properties).toSorted()).toEqual(
    names.map((name) => `${SECTION}.${name}`).toSorted(),
  );
  for (const ending of ['js', 'json', 'md', 'txt', 'vsixmanifest'])
    expect(text(made, '[Content_Types].xml')).toContain(`Extension=".${ending}"`);
});

test('its entry loads, and starts the server that lies beside it', async () => {
  const made = unpacked();
  const entry = join(made, 'extension', 'extension.js');
  // Whatever is asked of VS Code is a class, with members of the same kind.
  const script = `
    const { _load } = require('node:module');
    const stub = new Proxy(class {}, {
      get: (target, name) =>
        typeof name === 'symbol' || name === 'prototype' ? target[name] : name === 'version' ? '1.91.0' : stub,
    });
    require('node:module')._load = (name, ...rest) => (name === 'vscode' ? stub : _load(name, ...rest));
    process.stdout.write(Object.keys(require(${JSON.stringify(entry)})).sort().join());`;
  const loaded = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ out: loaded.stdout, err: loaded.stderr }).toEqual({
    out: 'activate,deactivate',
    err: '',
  });
  const server = join(made, 'extension', 'server', 'pangea-lustre.js');
  // As vscode-languageclient starts it.
  const command = [server, 'lsp', '--stdio', `--clientProcessId=${process.pid}`];
  const editor = await Editor.start({ command });
  expect(editor.initialized.serverInfo?.name).toBe('pangea-lustre');
  await editor.open('file:///a.yaml', WRONG);
  expect(await editor.diagnostics('file:///a.yaml')).toHaveLength(1);
  expect(await editor.stop()).toBe(0);
});

test('nothing in it tells anybody anything', () => {
  const made = unpacked();
  for (const path of ['extension/extension.js', 'extension/server/lsp.js'])
    expect(text(made, path)).not.toMatch(/createTelemetryLogger|applicationinsights|fetch\(|https?\.request\(/); // oxfmt-ignore
});
