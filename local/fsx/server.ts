import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refusalOf } from '../admission';
import { listen, localServer, type Listening } from '../http';
import { isRegion } from '../flags';
import { emptyState, type Account } from './state/account';
import { createClock } from './state/clock';
import { control, CONTROL_PREFIX, type Controlled } from './admin/control';
import { Dispatcher } from './dispatch';
import { FsxError } from './errors';
import { Faults, type Fault, type FaultControl } from './admin/faults';
import { changeEnvironment, type Environment } from './state/environment';
import { inspectLinks } from './admin/links';
import { inspect, type FileSystems } from './admin/inspection';
import { isForm, isPage, servePage } from './page/page';
import { answerError } from './api/protocol';
import { RateLimiter, type RateLimits } from './api/rate-limits';
import { Requests, type RequestLog } from './api/request-log';
import { seedBackups, seedOthers } from './seeds';
import { History } from './state/history';
import type { ReadState } from './state/saved-state';
import { StateFile, StateWriter } from './state/state-file';

export type { Environment } from './state/environment';
export type { Fault } from './admin/faults';
export type { Operation } from './api/shapes';

export interface LocalFsxOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** All durations of the real FSx are divided by this number. Default: 1. */
  timeScale?: number;
  /** Whether the clock stands still until it is advanced. */
  manualClock?: boolean;
  /** The start of a manual clock, in epoch milliseconds. Default: now. */
  startTime?: number;
  /** Keeps the account across restarts. */
  stateFile?: string;
  region?: string;
  accountId?: string;
  rateLimits?: RateLimits;
  /** Whether there are file systems of other types. Default: true. */
  otherFileSystems?: boolean;
  /** Whether there are some backups to restore: backup-00000000000000001, ...2 and ...3. */
  backups?: boolean;
  /** The most file systems on a page. Default: 50. */
  pageSize?: number;
  faults?: readonly Fault[];
  world?: Partial<Environment>;
  /** IDs are derived from it. It is fixed on a manual clock, so that tests always see the same IDs. */
  seed?: string;
  /** Names that a Host header may have in addition to those of this computer, such as `host.docker.internal`. */
  allowedHosts?: readonly string[];
  log?: (line: string) => void;
}

export interface LocalFsx {
  readonly url: string;
  readonly port: number;
  readonly clock: { now: () => number; advance: (milliseconds: number) => void };
  readonly faults: FaultControl;
  readonly fileSystems: FileSystems;
  readonly requests: RequestLog;
  /** Changes the resources around FSx and the quotas. Returns the whole environment after the change. */
  setWorld: (change: Partial<Environment>) => Environment;
  /** The work so far: the number of records that were visited, and the bytes that were written to the state file. */
  work(): { recordsVisited: number; bytesWritten: number };
  /** Handles a request without a network. */
  readonly handle: RequestListener;
  close(): Promise<void>;
}

/** Starts an FSx API on this computer. It listens on 127.0.0.1 only. */
export async function startLocalFsx(options: LocalFsxOptions = {}): Promise<LocalFsx> {
  checkOptions(options);
  // Requests that arrive before the state has been read wait for it.
  let open: (serve: Serve) => void = () => undefined;
  const opened = new Promise<Serve>((resolve) => (open = resolve));
  const server = localServer((request, response) => {
    const refused = refusalOf(request.headers, options.allowedHosts, isForm(request));
    if (refused === undefined) void opened.then((serve) => serve(request, response));
    else refuse(request, response, refused);
  });
  // The port is opened first, because the lock of the state file contains it.
  const listening = await listen(server, options.port ?? 0).catch((error: unknown) => {
    throw portError(error, options.port ?? 0);
  });
  try {
    const { stateFile } = options;
    const file =
      stateFile === undefined ? undefined : await StateFile.open(stateFile, listening.port);
    try {
      const { fsx, serve } = assemble(options, listening, file);
      open(serve);
      return fsx;
    } catch (error) {
      file?.close();
      throw error;
    }
  } catch (error) {
    await listening.close();
    throw error;
  }
}

/** A local FSx without a server: the caller passes requests to it. */
export type OpenedFsx = Omit<LocalFsx, 'url' | 'port' | 'close'>;

/** An FSx API in this process, without a port and a state file. */
export function openLocalFsx(options: Omit<LocalFsxOptions, 'port' | 'stateFile'> = {}): OpenedFsx {
  checkOptions(options);
  const nowhere = { url: '', port: 0, close: () => Promise.resolve() };
  return assemble(options, nowhere, undefined).fsx;
}

const RECORDS = ['fileSystems', 'backups', 'associations', 'tasks', 'tokens'] as const;

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Connects an account to a port. */
function assemble(
  options: LocalFsxOptions,
  listening: Listening,
  file: StateFile | undefined,
): { fsx: LocalFsx; serve: Serve } {
  const account = openAccount(options, file?.found);
  const { clock, state } = account;
  const keeper = new StateWriter(account, file);
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  if (options.world) changeEnvironment(state.world, options.world);
  const requests = new Requests();
  const save = () => {
    keeper.keep();
  };
  const controlled: Controlled = {
    account,
    clock,
    faults,
    requests,
    fileSystems: inspect(account, save),
    links: inspectLinks(account, save),
    setWorld: (change) => {
      changeEnvironment(state.world, change);
      keeper.keep();
      return state.world;
    },
    advance: (milliseconds) => {
      clock.advance(milliseconds);
      keeper.keep();
    },
  };
  const limiter = new RateLimiter(options.rateLimits ?? {}, () => clock.now());
  const log = options.log ?? (() => undefined);
  const dispatcher = new Dispatcher(account, faults, requests, limiter, keeper, log);
  keeper.keep();
  const serve: Serve = (request, response) => {
    if (isPage(request)) return servePage(controlled, request, response);
    return request.url?.startsWith(`${CONTROL_PREFIX}/`)
      ? control(controlled, request, response)
      : dispatcher.handle(request, response);
  };
  return {
    serve,
    fsx: {
      handle: (request, response) => {
        void serve(request, response);
      },
      url: listening.url,
      port: listening.port,
      clock: { now: () => clock.now(), advance: controlled.advance },
      faults,
      fileSystems: controlled.fileSystems,
      requests,
      setWorld: controlled.setWorld,
      work: () => ({
        recordsVisited: RECORDS.reduce((sum, kind) => sum + state[kind].visited, 0),
        bytesWritten: keeper.bytesWritten,
      }),
      close: async () => {
        await listening.close();
        await keeper.close();
      },
    },
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, sentence: string): void {
  request.resume();
  answerError(response, randomUUID(), new FsxError('AccessDeniedException', sentence, {}, 403));
}

function checkOptions(options: LocalFsxOptions): void {
  const { port = 0, pageSize = 50, region = 'us-east-1', accountId = '123456789012' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`The port must be an integer from 0 to 65535, not ${port}.`);
  }
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new RangeError(`The page size must be an integer of 1 or more, not ${pageSize}.`);
  }
  if (!isRegion(region)) {
    throw new RangeError(`The region must look like us-east-1, not ${region}.`);
  }
  if (!/^\d{12}$/.test(accountId)) {
    throw new RangeError(`The account ID must have 12 digits, not ${accountId}.`);
  }
}

function openAccount(options: LocalFsxOptions, found: ReadState | undefined): Account {
  const manual = options.manualClock ?? false;
  const startTime = Math.max(options.startTime ?? (manual ? Date.now() : 0), found?.clock ?? 0);
  const account: Account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '123456789012',
    pageSize: options.pageSize ?? 50,
    clock: createClock({ timeScale: options.timeScale ?? 1, manual, startTime }),
    state: found?.state ?? emptyState(options.seed ?? (manual ? 'local' : randomUUID())),
    history: new History(),
  };
  if (!found && (options.otherFileSystems ?? true)) seedOthers(account);
  if (!found && options.backups) seedBackups(account);
  return account;
}

function portError(error: unknown, port: number): Error {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const text =
    code === 'EADDRINUSE'
      ? `Port ${port} is in use on 127.0.0.1; choose another with --fsx-port`
      : message;
  return Object.assign(new Error(text, { cause: error }), { code, syscall });
}
