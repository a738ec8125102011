// Writes the built function into deploy/hook.yaml.
import { readFile, writeFile } from 'node:fs/promises';
import { withCode } from './hook-code.mjs';

const template = await readFile('deploy/hook.yaml', 'utf8');
await writeFile(
  'deploy/hook.yaml',
  withCode(template, await readFile('build/hook/index.js', 'utf8')),
);
