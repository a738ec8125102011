/** The documents that are written from src/lustre, whole or in part. */
import { clientsDocument } from './clients-doc';
import { withPart } from './markdown';
import { rulesDocument } from './rules-doc';
import { regoPolicy } from '../src/rego/rego';
import { interruptionsPart } from './updates-doc';

export interface GeneratedDocument {
  readonly path: string;
  /** Its text, from the text that it has now. */
  readonly write: (now: string) => string;
}

export const DOCUMENTS: readonly GeneratedDocument[] = [
  { path: 'manual/rules.md', write: rulesDocument },
  { path: 'manual/clients.md', write: clientsDocument },
  { path: 'pangea-lustre.rego', write: regoPolicy },
  {
    path: 'manual/updates.md',
    write: (now) => withPart(now, 'interruptions', interruptionsPart()),
  },
];
