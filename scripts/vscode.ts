/** `npm run vscode`: packs the extension for VS Code, with the server that it starts, into build/. */
import { readFileSync, writeFileSync } from 'node:fs';
import { extensionPackage } from './vscode-package';
import { extensionSources } from './vscode-sources';

const sources = extensionSources((path) => readFileSync(path));
const file = `build/pangea-lustre-${sources.version}.vsix`;
const packed = extensionPackage(sources);
writeFileSync(file, packed);
process.stdout.write(`${file}, ${packed.length} bytes\n`);
