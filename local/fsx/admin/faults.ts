import {
  FsxError,
  genericMessage,
  internalServerError,
  notAuthorized,
  serviceLimitExceeded,
} from '../errors';
import { partition, type Account } from '../state/account';
import {
  checkMembers,
  either,
  integer,
  json,
  listOf,
  matching,
  oneOf,
  text,
  type Members,
  type Subject,
} from '../api/members';
import { OPERATIONS, type Operation } from '../api/shapes';

/** Injected faults. The control API, the start options and tests in the server's process use the same names. */
type FaultKind =
  /** ThrottlingException, as when the account calls too often. */
  | 'throttling'
  /** InternalServerError, HTTP 500. */
  | 'internalError'
  /** HTTP 503, or `status`, with a page of HTML, as a load balancer or a proxy gives. */
  | 'unavailable'
  /** The answer comes `delay` milliseconds of wall-clock time late. */
  | 'slow'
  /** The connection breaks without the operation having had an effect, or after it had. */
  | 'cutBefore'
  | 'cutAfter'
  /** No answer ever comes. */
  | 'hangBefore'
  | 'hangAfter'
  /** AccessDeniedException in IAM's words: the operation is not allowed by any policy of the caller. */
  | 'accessDenied'
  | 'expiredToken'
  | 'unrecognizedClient'
  /** ServiceLimitExceeded with `limit`. */
  | 'serviceLimit'
  /** Any error: `code`, with `message`, `members` and `status` if wanted. */
  | 'error'
  /** The request arrives twice, as where something between client and service repeats it; the second answer counts. */
  | 'repeated'
  /** DescribeFileSystems answers with an empty list, also where it was asked for one file system. */
  | 'emptyList'
  /** A creation, update or task is accepted and ends FAILED with `message`; an update of an association, MISCONFIGURED. */
  | 'endsFailed';

export interface Fault {
  fault: FaultKind;
  /** Absent: every operation that the fault applies to. */
  operation?: Operation | readonly Operation[];
  /** The number of requests that it affects. Default: 1. */
  times?: number | 'always';
  /** The number of matching requests that it skips first. Default: 0. */
  after?: number;
  /** Members that the request must have, with these values. */
  match?: Readonly<Record<string, unknown>>;
  code?: string;
  message?: string;
  members?: Readonly<Record<string, unknown>>;
  status?: number;
  limit?: string;
  delay?: number;
}
export interface ActiveFault extends Fault {
  readonly id: string;
  hits: number;
  passed: number;
}

export interface FaultControl {
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): ActiveFault[];
}

const KINDS: readonly FaultKind[] = [
  'throttling',
  'internalError',
  'unavailable',
  'slow',
  'cutBefore',
  'cutAfter',
  'hangBefore',
  'hangAfter',
  'accessDenied',
  'expiredToken',
  'unrecognizedClient',
  'serviceLimit',
  'error',
  'repeated',
  'emptyList',
  'endsFailed',
];
/** The operations that a fault applies to. Faults that are not listed apply to all. */
const APPLIES_TO: Readonly<Partial<Record<FaultKind, readonly Operation[]>>> = {
  endsFailed: [
    'CreateFileSystem',
    'CreateFileSystemFromBackup',
    'UpdateFileSystem',
    'CreateDataRepositoryAssociation',
    'UpdateDataRepositoryAssociation',
    'CreateDataRepositoryTask',
  ],
  emptyList: ['DescribeFileSystems'],
};

/** The most active faults. Every request is compared with each of them. */
const MOST_ACTIVE = 1000;

export class Faults implements FaultControl {
  private active: ActiveFault[] = [];
  private count = 0;

  add(fault: Fault): string {
    checkFault(fault);
    if (this.active.length >= MOST_ACTIVE) {
      throw new RangeError(`There are ${MOST_ACTIVE} faults already; remove some first.`);
    }
    this.count += 1;
    const id = `fault-${this.count}`;
    this.active.push({ ...fault, id, hits: 0, passed: 0 });
    return id;
  }

  remove(id: string): boolean {
    const before = this.active.length;
    this.active = this.active.filter((fault) => fault.id !== id);
    return this.active.length < before;
  }

  clear(): void {
    this.active = [];
  }

  list(): ActiveFault[] {
    return structuredClone(this.active);
  }

  /** The fault that affects a request. Counts it as used once. */
  take(operation: Operation, input: unknown): Fault | undefined {
    for (const fault of this.active) {
      if (!meets(fault, operation, input)) continue;
      if (fault.passed < (fault.after ?? 0)) {
        fault.passed += 1;
        continue;
      }
      fault.hits += 1;
      const times = fault.times ?? 1;
      if (times !== 'always' && fault.hits >= times) this.remove(fault.id);
      return fault;
    }
    return undefined;
  }
}

function meets(fault: Fault, operation: Operation, input: unknown): boolean {
  const operations = fault.operation === undefined ? [] : [fault.operation].flat();
  if (operations.length > 0 && !operations.includes(operation)) return false;
  if (APPLIES_TO[fault.fault]?.includes(operation) === false) return false;
  return contains(input, fault.match ?? {});
}

/** Whether a request has all wanted members, including nested ones and lists. */
function contains(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(wanted).every(
    ([name, member]) =>
      Object.hasOwn(value, name) && contains((value as Record<string, unknown>)[name], member),
  );
}

/** Ten minutes: longer than any client waits. */
const LONGEST_DELAY = 600_000;
const MOST_TIMES = 1_000_000;
const anyOperation = oneOf(OPERATIONS);

const FAULT: Subject = { wrong: 'Not a fault', unknown: 'Not a fault: it cannot have' };

const MEMBERS: Members<Fault> = {
  fault: oneOf(KINDS),
  operation: either(
    anyOperation,
    listOf(anyOperation, OPERATIONS.length, ''),
    `one or more of ${OPERATIONS.join(', ')}`,
  ),
  times: either(
    integer(1, MOST_TIMES),
    oneOf(['always']),
    `an integer from 1 to ${MOST_TIMES}, or "always"`,
  ),
  after: integer(0, MOST_TIMES),
  match: json,
  // It becomes a header of the response.
  code: matching(/^[A-Za-z0-9_.:#/-]{1,128}$/, 'the name of an error, such as BadRequest'),
  message: text(10_000),
  members: json,
  // Lower status codes are not final responses.
  status: integer(200, 599),
  limit: text(256),
  delay: integer(0, LONGEST_DELAY),
};

/** A fault may come as JSON from the control API, so every member is checked. */
function checkFault(fault: Fault): void {
  checkMembers(FAULT, MEMBERS, fault, ['fault']);
  if (fault.fault === 'error' && fault.code === undefined) {
    throw new RangeError('Not a fault: error needs a code.');
  }
}

const generic = (code: string, message?: string): FsxError =>
  new FsxError(code, message ?? genericMessage(code) ?? code);

/** The error response of a fault; undefined for other faults. */
export function errorOf(
  fault: Fault,
  operation: Operation,
  { region, accountId }: Pick<Account, 'region' | 'accountId'>,
): FsxError | undefined {
  const { message } = fault;
  switch (fault.fault) {
    case 'throttling':
      return generic('ThrottlingException', message);
    case 'internalError':
      return internalServerError(message);
    case 'accessDenied':
      return message === undefined
        ? notAuthorized(`fsx:${operation}`, {
            partition: partition(region).name,
            region,
            accountId,
          })
        : generic('AccessDeniedException', message);
    case 'expiredToken':
      return generic('ExpiredTokenException', message);
    case 'unrecognizedClient':
      return generic('UnrecognizedClientException', message);
    case 'serviceLimit':
      return serviceLimitExceeded(
        fault.limit ?? 'TOTAL_STORAGE',
        message ?? 'Your account has reached a limit of the service in this region.',
      );
    case 'error': {
      const code = fault.code ?? 'InternalServerError';
      const words = message ?? genericMessage(code) ?? code;
      return new FsxError(code, words, fault.members, fault.status);
    }
    default:
      return undefined;
  }
}
