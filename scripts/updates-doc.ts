/** The part of manual/updates.md that is written from the table of interruptions. */
import { impactWords, INTERRUPTIONS } from '../src/lustre/changes/interruptions';
import { table } from './markdown';

const GUIDE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide';

export const interruptionsPart = (): string =>
  table(
    [
      'Change of',
      'Clients',
      'How long',
      'Not again for six hours',
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
      backup ? 'where automatic backups are on' : undefined,
      pages.map((page) => `[${page}](${GUIDE}/${page}.html)`).join(', '),
    ]),
  );
