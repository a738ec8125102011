import type { ActiveFault } from '../admin/faults';
import type { Overview, Progress, Seen, SeenAction, SeenFileSystem } from '../admin/overview';
import type { Backup, DataRepositoryAssociation, DataRepositoryTask } from '../types';
import { html, NOTHING, type Markup } from './html';

/** The sections of the page, from an overview. */

const MINUTE = 60_000;
const STEPS: readonly [string, number][] = [
  ['1 minute', MINUTE],
  ['10 minutes', 10 * MINUTE],
  ['1 hour', 60 * MINUTE],
  ['6 hours', 360 * MINUTE],
  ['1 day', 1440 * MINUTE],
];

/** A button that submits one form. */
const button = (label: string, fields: Readonly<Record<string, string | number>>): Markup =>
  html`<form method="post" action="/_local/page">
    ${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}<button>${label}</button>
  </form>`;

export const clockSection = (now: number): Markup =>
  html`<section aria-labelledby="clock">
    <h2 id="clock">Clock</h2>
    <div class="row">
      <p><time datetime="${moment(now)}">${moment(now)}</time></p>
      <div>Advance by ${STEPS.map(([label, advance]) => html`${button(label, { advance })} `)}</div>
    </div>
  </section>`;

export const faultsSection = (faults: readonly ActiveFault[]): Markup =>
  html`<section aria-labelledby="faults">
    <h2 id="faults">Faults</h2>
    ${
      faults.length === 0
        ? html`<p class="soft">None. <code>POST /_local/faults</code> adds one.</p>`
        : table(
            'Faults of requests',
            ['Fault', 'Operations', 'Times', 'Hits', 'Change'],
            faults.map((fault) => [
              html`<code>${fault.fault}</code> ${fault.message ?? fault.code ?? ''}`,
              html`${[fault.operation ?? 'all'].flat().join(', ')}`,
              html`${fault.times ?? 1}`,
              html`${fault.hits}`,
              button('Remove', { fault: fault.id }),
            ]),
          )
    }
  </section>`;

/** The most items of each kind on the page. `/_local/overview` has all. */
const MOST_SHOWN = 100;

export const fileSystemsSection = ({ fileSystems, now }: Overview): Markup =>
  html`<section aria-labelledby="file-systems">
    <h2 id="file-systems">File systems <span class="soft">${fileSystems.length}</span></h2>
    ${fileSystems.length === 0 ? html`<p class="soft">None yet.</p>` : NOTHING}
    ${fileSystems.slice(0, MOST_SHOWN).map((each) => fileSystem(each, now))}
    ${more(fileSystems.length)}
  </section>`;

const more = (count: number): Markup =>
  count > MOST_SHOWN
    ? html`<p class="soft">
        The newest ${MOST_SHOWN} are shown; <a href="/_local/overview">/_local/overview</a> has all
        ${count}.
      </p>`
    : NOTHING;

function fileSystem(seen: SeenFileSystem, now: number): Markup {
  const { description, progress, actions, associations, tasks } = seen;
  const { LustreConfiguration: lustre = {}, FailureDetails: failure } = description;
  const name = description.Tags.find(({ Key: key }) => key === 'Name')?.Value;
  const facts = [
    description.FileSystemType === 'LUSTRE' ? lustre.DeploymentType : description.FileSystemType,
    description.StorageType,
    description.StorageCapacity === undefined ? undefined : `${description.StorageCapacity} GiB`,
    lustre.PerUnitStorageThroughput === undefined
      ? undefined
      : `${lustre.PerUnitStorageThroughput} MB/s per TiB`,
    lustre.ThroughputCapacity === undefined ? undefined : `${lustre.ThroughputCapacity} MB/s`,
    description.FileSystemTypeVersion === undefined
      ? undefined
      : `Lustre ${description.FileSystemTypeVersion}`,
    lustre.DataRepositoryConfiguration?.ImportPath,
  ];
  return html`<article aria-labelledby="${description.FileSystemId}">
    <div class="row">
      <h3 id="${description.FileSystemId}">${description.FileSystemId}</h3>
      <p>${state(description.Lifecycle ?? 'no state')} ${bar(progress, now)}</p>
    </div>
    <p>
      ${name === undefined ? NOTHING : html`<strong>${name}</strong> · `}${facts.filter((fact) => fact !== undefined).join(' · ')}
    </p>
    ${failure === undefined ? NOTHING : html`<p>${failure.Message}</p>`}
    ${actions.length === 0 ? NOTHING : actionsTable(actions, now)}
    ${associations.length === 0 ? NOTHING : associationsTable(associations, now)}
    ${tasks.length === 0 ? NOTHING : tasksTable(tasks, now)}
  </article>`;
}

const actionsTable = (actions: readonly SeenAction[], now: number): Markup =>
  table(
    'Administrative actions',
    ['Action', 'State', 'Requested', 'Target'],
    actions
      .slice(0, MOST_SHOWN)
      .map((action) => [
        html`<code>${action.type}</code>`,
        html`${state(action.status)} ${bar(action.progress, now)}`,
        html`${moment(action.requestedAt)}`,
        html`<code>${action.target ?? ''}</code> ${action.failure ?? ''}`,
      ]),
  );

const associationsTable = (
  associations: readonly Seen<DataRepositoryAssociation>[],
  now: number,
): Markup =>
  table(
    'Data repository associations',
    ['Association', 'State', 'Paths', 'Import', 'Export'],
    associations.map(({ description, progress }) => [
      html`<code>${description.AssociationId}</code>`,
      html`${state(description.Lifecycle)} ${bar(progress, now)}
      ${description.FailureDetails?.Message ?? ''}`,
      html`<code>${description.FileSystemPath}</code> ↔
        <code>${description.DataRepositoryPath}</code>`,
      html`${(description.S3?.AutoImportPolicy?.Events ?? []).join(', ')}`,
      html`${(description.S3?.AutoExportPolicy?.Events ?? []).join(', ')}`,
    ]),
  );

const tasksTable = (tasks: readonly Seen<DataRepositoryTask>[], now: number): Markup =>
  table(
    'Data repository tasks',
    ['Task', 'Type', 'State', 'Files', 'Paths'],
    tasks
      .slice(0, MOST_SHOWN)
      .map(({ description, progress }) => [
        html`<code>${description.TaskId}</code>`,
        html`<code>${description.Type}</code>`,
        html`${state(description.Lifecycle)} ${bar(progress, now)}
        ${description.FailureDetails?.Message ?? ''}`,
        html`${description.Status ? `${description.Status.SucceededCount} of ${description.Status.TotalCount}` : ''}`,
        html`<code>${(description.Paths ?? []).join(' ')}</code>`,
      ]),
  );

export const backupsSection = ({ backups, now }: Overview): Markup =>
  html`<section aria-labelledby="backups">
    <h2 id="backups">Backups <span class="soft">${backups.length}</span></h2>
    ${backups.length === 0 ? html`<p class="soft">None yet.</p>` : backupsTable(backups, now)}
    ${more(backups.length)}
  </section>`;

const backupsTable = (backups: readonly Seen<Backup>[], now: number): Markup =>
  table(
    'Newest first',
    ['Backup', 'State', 'Of', 'Type', 'Requested'],
    backups
      .slice(0, MOST_SHOWN)
      .map(({ description, progress }) => [
        html`<code>${description.BackupId}</code>`,
        html`${state(description.Lifecycle)} ${bar(progress, now)}`,
        html`<code
          >${description.SourceBackupId ?? description.FileSystem.FileSystemId ?? ''}</code
        >`,
        html`${description.Type}`,
        html`${moment(description.CreationTime * 1000)}`,
      ]),
  );

/** The number of requests for each operation. */
export const requestsSection = (counts: Readonly<Record<string, number | undefined>>): Markup =>
  html`<section aria-labelledby="requests">
    <h2 id="requests">Requests</h2>
    <p class="soft">
      ${
        Object.entries(counts)
          .map(([operation, count]) => `${operation} ${count ?? 0}`)
          .join(' · ') || 'None yet.'
      }
    </p>
  </section>`;

function table(caption: string, heads: readonly string[], rows: readonly Markup[][]): Markup {
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

const GOOD = ['AVAILABLE', 'COMPLETED', 'SUCCEEDED', 'UPDATED_OPTIMIZING'];
const BAD = ['FAILED', 'MISCONFIGURED', 'MISCONFIGURED_UNAVAILABLE'];

const state = (name: string): Markup =>
  html`<span class="state ${GOOD.includes(name) ? 'good' : BAD.includes(name) ? 'bad' : 'busy'}"
    >${name}</span
  >`;

const bar = (progress: Progress | undefined, now: number): Markup =>
  progress === undefined
    ? NOTHING
    : html`<progress max="100" value="${progress.percent}" aria-label="progress">
          ${progress.percent} %
        </progress>
        <span class="soft">${progress.percent} %, ${duration(progress.endsAt - now)} left</span>`;

const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const UNITS: readonly [string, number][] = [
  ['d', 1440 * MINUTE],
  ['h', 60 * MINUTE],
  ['min', MINUTE],
  ['s', 1000],
];

/** The largest unit and the next one, such as `1 h 12 min`. */
function duration(milliseconds: number): string {
  const first = UNITS.findIndex(([, size]) => milliseconds >= size);
  if (first < 0) return 'less than 1 s';
  let rest = milliseconds;
  return UNITS.slice(first, first + 2)
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : `${count} ${unit}`;
    })
    .join(' ');
}
