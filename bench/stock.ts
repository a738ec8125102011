import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** What the TypeScript plugin's project template depends on, with the one class-transformer that works. */
const DEPENDENCIES = [
  '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib@1.0.6',
  'aws-sdk@2.1692.0',
  'class-transformer@0.5.1',
];

/**
 * Builds in a folder what the stock scaffold deploys for this type: compiled files beside node_modules.
 * @returns the path of its handlers, or undefined when npm has no registry to install from.
 */
export function installStock(folder: string): string | undefined {
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  try {
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...DEPENDENCIES], {
      cwd: folder,
      stdio: 'ignore',
      timeout: 300_000,
    });
  } catch {
    return undefined;
  }
  mkdirSync(join(folder, 'dist'));
  for (const [source, target] of [
    ['bench/stock-handlers.ts', 'handlers.js'],
    ['src/models.ts', 'models.js'],
  ] as const)
    writeFileSync(join(folder, 'dist', target), compiled(source));
  return join(folder, 'dist', 'handlers.js');
}

function compiled(path: string): string {
  const { code } = transformSync(readFileSync(path, 'utf8').replace('../src/models', './models'), {
    loader: 'ts',
    format: 'cjs',
    target: 'node20',
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false },
    },
  });
  return code;
}

/** Bytes of all files in a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, { name, parentPath }) => bytes + statSync(join(parentPath, name)).size, 0);
}
