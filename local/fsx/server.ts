import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emptyState, type Account } from './state/account';
import { createClock } from './state/clock';
import { control, CONTROL_PREFIX, type Controlled } from './admin/control';
import { Dispatcher } from './dispatch';
import { Faults, type Fault, type FaultControl } from './admin/faults';
import { changeEnvironment, type Environment } from './state/environment';
import { inspect, type FileSystems } from './admin/inspection';
import { RateLimiter, type RateLimits } from './api/rate-limits';
import { Requests, type RequestLog } from './api/request-log';
import { seedBackups, seedOthers } from './seeds';
import { History } from './state/history';
import { StateWriter, readState } from './state/state-file';

export type { Quotas, Environment } from './state/environment';
export type { ActiveFault, Fault, FaultControl, FaultKind } from './admin/faults';
export type { Change, FileSystems, InspectedFileSystem } from './admin/inspection';
export type { LoggedRequest, RequestLog } from './api/request-log';
export type { Operation } from './api/shapes';
export type { RateLimit, RateLimits } from './api/rate-limits';

export interface LocalFsxOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** N divides all durations of the real FSx; default 1. */
  timeScale?: number;
  /** The clock stands still until it is advanced. */
  manualClock?: boolean;
  /** Where a manual clock starts, in epoch milliseconds; default now. */
  startTime?: number;
  /** Keeps the account across restarts. */
  stateFile?: string;
  region?: string;
  accountId?: string;
  rateLimits?: RateLimits;
  /** File systems of the other types beside ours; default true. */
  otherFileSystems?: boolean;
  /** A few backups to restore: backup-00000000000000001, ...2 and ...3. */
  backups?: boolean;
  /** The most descriptions on a page; default 50. */
  pageSize?: number;
  faults?: readonly Fault[];
  world?: Partial<Environment>;
  /** What ids are made from; fixed on a manual clock, so that a test always sees the same ones. */
  seed?: string;
  log?: (line: string) => void;
}

export interface LocalFsx {
  readonly url: string;
  readonly port: number;
  readonly clock: { now: () => number; advance: (milliseconds: number) => void };
  readonly faults: FaultControl;
  readonly fileSystems: FileSystems;
  readonly requests: RequestLog;
  /** What exists around FSx, and the quotas; returns the whole after the change. */
  setWorld: (change: Partial<Environment>) => Environment;
  close(): Promise<void>;
}

/** The same without a server: whoever has it carries the requests to it. */
export interface OpenedFsx extends Omit<LocalFsx, 'url' | 'port' | 'close'> {
  readonly handle: RequestListener;
  /** Writes the state file, where there is one. */
  readonly flush: () => void;
}

const HOST = '127.0.0.1';

/** Starts an FSx API on this computer. It listens on 127.0.0.1 only. */
export async function startLocalFsx(options: LocalFsxOptions = {}): Promise<LocalFsx> {
  const { handle, save, flush, ...opened } = open(options);
  const server = createServer(handle);
  server.on('clientError', (_, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  const port = await listen(server, options.port ?? 0);
  try {
    // Not before the port is ours: another server may be writing to the file.
    save();
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    ...opened,
    url: `http://${HOST}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
        flush();
      }),
  };
}

/** An FSx API inside this process, which listens nowhere. */
export function openLocalFsx(options: LocalFsxOptions = {}): OpenedFsx {
  const { save, ...opened } = open(options);
  save();
  return opened;
}

function open(options: LocalFsxOptions): OpenedFsx & { save: () => void } {
  checkOptions(options);
  const { stateFile } = options;
  const stored = stateFile === undefined ? undefined : readState(stateFile);
  const account = openAccount(options, stored);
  const { clock } = account;
  const keeper = new StateWriter(account, stateFile);
  const save = () => {
    keeper.keep();
  };
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  const requests = new Requests();
  const controlled: Controlled = {
    account,
    clock,
    faults,
    requests,
    fileSystems: inspect(account, save),
    setWorld: (change) => {
      changeEnvironment(account.state.world, change);
      save();
      return account.state.world;
    },
    advance: (milliseconds) => {
      clock.advance(milliseconds);
      save();
    },
  };
  if (options.world) changeEnvironment(account.state.world, options.world);
  const limiter = new RateLimiter(options.rateLimits ?? {}, () => clock.now());
  const edge = new Dispatcher(
    account,
    faults,
    requests,
    limiter,
    keeper,
    options.log ?? (() => undefined),
  );
  return {
    handle: (request, response) => {
      const local = request.url?.startsWith(`${CONTROL_PREFIX}/`) ?? false;
      void (local ? control(controlled, request, response) : edge.handle(request, response));
    },
    clock: { now: () => clock.now(), advance: controlled.advance },
    faults,
    fileSystems: controlled.fileSystems,
    requests,
    setWorld: controlled.setWorld,
    save,
    flush: () => {
      keeper.flush();
    },
  };
}

function checkOptions(options: LocalFsxOptions): void {
  const { port = 0, pageSize = 50, region = 'us-east-1', accountId = '123456789012' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`The port must be an integer from 0 to 65535, not ${port}`);
  }
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new RangeError(`The page size must be an integer of 1 or more, not ${pageSize}`);
  }
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) {
    throw new RangeError(`The region must look like us-east-1, not ${region}`);
  }
  if (!/^\d{12}$/.test(accountId)) {
    throw new RangeError(`The account id must have 12 digits, not ${accountId}`);
  }
}

function openAccount(options: LocalFsxOptions, stored: Account['state'] | undefined): Account {
  const manual = options.manualClock ?? false;
  const startTime = Math.max(options.startTime ?? (manual ? Date.now() : 0), stored?.clock ?? 0);
  const account: Account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '123456789012',
    pageSize: options.pageSize ?? 50,
    clock: createClock({ timeScale: options.timeScale ?? 1, manual, startTime }),
    state: stored ?? emptyState(options.seed ?? (manual ? 'local' : randomUUID())),
    history: new History(),
  };
  if (!stored && (options.otherFileSystems ?? true)) seedOthers(account);
  if (!stored && options.backups) seedBackups(account);
  return account;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use on ${HOST}; choose another with --fsx-port`;
      const { code } = error;
      reject(
        code === 'EADDRINUSE' ? Object.assign(new Error(inUse, { cause: error }), { code }) : error,
      );
    });
    server.listen(port, HOST, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
