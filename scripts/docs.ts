/** `npm run docs`: writes the documents that come from src/lustre. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENTS } from './documents';

for (const { path, write } of DOCUMENTS)
  writeFileSync(path, write(existsSync(path) ? readFileSync(path, 'utf8') : ''));
