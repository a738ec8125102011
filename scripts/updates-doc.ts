/** Writes the table in manual/updates.md of what running clients notice. */
import { impactWords, INTERRUPTIONS } from '../src/lustre/changes/interruptions';
import { table } from './markdown';

const GUIDE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide';

export const interruptionsPart = (): string =>
  table(
    [
      'Change of',
      'Clients',
      'Duration',
      'Refused for six hours afterward',
      'Erased',
      'Backup first',
      'Source',
    ],
    INTERRUPTIONS.map(({ properties, clients, duration, rest, erases, backup = false, pages }) => [
      properties.map((name) => `\`${name}\``).join(', '),
      impactWords(clients),
      duration,
      rest,
      erases,
      backup ? 'if automatic backups are on' : undefined,
      pages.map((page) => `[${page}](${GUIDE}/${page}.html)`).join(', '),
    ]),
  );
