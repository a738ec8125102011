import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson, pathOf } from '../../http';
import type { Account } from '../state/account';
import type { Clock } from '../state/clock';
import { FsxError } from '../errors';
import type { Fault, FaultControl } from './faults';
import type { FileSystems } from './inspection';
import type { Links } from './links';
import { overview } from './overview';
import { checkMembers, isShallow, type Subject } from '../api/members';
import { parseBody, readBody } from '../api/protocol';
import type { RequestLog } from '../api/request-log';
import type { Environment } from '../state/environment';

/**
 * The control API under `/_local/`: what tests and users can do to the local FSx, but nobody can do to the real one. Requests
 * and responses are JSON.
 */
export interface Controlled {
  account: Account;
  clock: Clock;
  faults: FaultControl;
  fileSystems: FileSystems;
  links: Links;
  requests: RequestLog;
  setWorld: (change: Partial<Environment>) => Environment;
  advance: (milliseconds: number) => void;
}

export const CONTROL_PREFIX = '/_local';

export async function control(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = parseBody(await readBody(request)) as Record<string, unknown>;
    if (!isShallow(body)) throw new RangeError('The request body is nested too deeply.');
    const names = pathOf(request).slice(CONTROL_PREFIX.length).split('/').filter(Boolean);
    reply(response, 200, route(controlled, request.method ?? 'GET', names, body));
  } catch (error) {
    if (response.socket === null || response.socket.destroyed) return;
    reply(response, statusOf(error), { error: (error as Error).message });
  }
}

function statusOf(error: unknown): number {
  if (error instanceof FsxError) return error.status;
  return error instanceof RangeError ? 400 : 500;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  answerJson(response, { status, body }, true);
}

type Body = Record<string, unknown>;
type Route = (controlled: Controlled, id: string, body: Body) => unknown;

const done = { done: true };

const SUBJECT: Subject = {
  wrong: 'Not a change of the clock',
  unknown: 'Not a change of the clock: it cannot have',
};
const CLOCK = { advance: { must: 'a number of milliseconds', holds: Number.isFinite } };

/** `*` stands for an ID. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET ': ({ account, clock, faults, fileSystems, requests }) => ({
    region: account.region,
    accountId: account.accountId,
    now: new Date(clock.now()).toISOString(),
    fileSystems: fileSystems.size,
    faults: faults.list().length,
    requests: requests.counts(),
    routes: Object.keys(ROUTES),
  }),
  'GET overview': ({ account }) => overview(account),
  'GET clock': ({ clock }) => ({ now: clock.now() }),
  'POST clock': (controlled, _, body) => {
    checkMembers(SUBJECT, CLOCK, body, ['advance']);
    controlled.advance(body.advance as number);
    return { now: controlled.clock.now() };
  },
  'GET faults': ({ faults }) => faults.list(),
  'POST faults': ({ faults }, _, body) => ({ id: faults.add(body as unknown as Fault) }),
  'DELETE faults': ({ faults }) => {
    faults.clear();
    return done;
  },
  'DELETE faults/*': ({ faults }, id) => ({ removed: faults.remove(id) }),
  'GET requests': ({ requests }) => ({ counts: requests.counts(), requests: requests.all() }),
  'DELETE requests': ({ requests }) => {
    requests.reset();
    return done;
  },
  'GET world': ({ account }) => account.state.world,
  'POST world': ({ setWorld }, _, body) => setWorld(body),
  'GET file-systems': ({ fileSystems }) => fileSystems.all(),
  'GET file-systems/*': ({ fileSystems }, id) => {
    const found = fileSystems.get(id);
    if (!found) throw new RangeError(`There is no Lustre file system ${id}.`);
    return found;
  },
  'POST file-systems/*': ({ fileSystems }, id, body) => {
    fileSystems.change(id, body);
    return fileSystems.get(id);
  },
  'DELETE file-systems/*': ({ fileSystems }, id) => {
    fileSystems.remove(id);
    return done;
  },
  'POST file-systems/*/tasks': ({ fileSystems }, id) => {
    fileSystems.startTask(id);
    return fileSystems.get(id);
  },
  'DELETE file-systems/*/tasks': ({ fileSystems }, id) => {
    fileSystems.stopTask(id);
    return fileSystems.get(id);
  },
  'POST file-systems/*/associations': ({ fileSystems }, id) => {
    fileSystems.addAssociation(id);
    return fileSystems.get(id);
  },
  'DELETE file-systems/*/associations': ({ fileSystems }, id) => {
    fileSystems.removeAssociation(id);
    return fileSystems.get(id);
  },
  'GET associations': ({ links }) => links.associations(),
  'POST associations/*': ({ links }, id, body) => links.changeAssociation(id, body),
  'GET tasks': ({ links }) => links.tasks(),
};

function route(controlled: Controlled, method: string, names: string[], body: Body): unknown {
  const id = names[1] ?? '';
  const pattern = names.map((name, index) => (index === 1 ? '*' : name)).join('/');
  const found = ROUTES[`${method} ${pattern}`];
  if (!found) {
    const known = Object.keys(ROUTES).map((name) => name.replace(' ', ` ${CONTROL_PREFIX}/`));
    const wanted = `${method} ${CONTROL_PREFIX}/${names.join('/')}`;
    throw new RangeError(`No such control: ${wanted}. There are: ${known.join(', ')}`);
  }
  return found(controlled, id, body);
}
