/** `npm run recordings`: writes the pictures of `check` and `make demo`, from runs of what was just built. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pictureOf, RECORDINGS } from './recording/pictures';

const ROOT = resolve(__dirname, '../..');

async function main(): Promise<void> {
  for (const recording of RECORDINGS)
    writeFileSync(resolve(ROOT, recording.picture), await pictureOf(recording, ROOT));
}

void main();
