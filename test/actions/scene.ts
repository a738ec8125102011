/** Whole operations in tests: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import type { Action, CallbackContext, HandlerRequest } from '../../src/actions/action';
import { HandlerError } from '../../src/handler-error';
import { described, fakeFsx, PROPERTIES, refusal, requestTo } from './fake-fsx';

export const NOW = Date.UTC(2026, 10, 26);

type Answer = Partial<FileSystem> | undefined | Error;

/** What FSx answers to each operation, in order; the last answer stays. */
export interface Scene {
  action: Action;
  describe?: readonly Answer[];
  create?: readonly Answer[];
  update?: readonly Answer[];
  delete?: readonly (string | undefined | Error)[];
  tag?: readonly (Error | undefined)[];
  page?: readonly (readonly Partial<FileSystem>[] | Error)[];
  request?: Partial<HandlerRequest>;
}

/** Plays a scene, and writes down what happens, each thing that is said again and again once. */
export async function transcript({ action, request = {}, ...answers }: Scene): Promise<string[]> {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  const answerOf = (operation: keyof typeof answers): unknown => {
    const all = answers[operation] ?? [new Error(`${operation} has no answer.`)];
    const count = counts.get(operation) ?? 0;
    counts.set(operation, count + 1);
    const answer: unknown = all[Math.min(count, all.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const answered = (operation: keyof typeof answers): FileSystem | undefined => {
    const answer = answerOf(operation) as Partial<FileSystem> | undefined;
    return answer && described(answer);
  };
  const present = (operation: keyof typeof answers): FileSystem => {
    const fileSystem = answered(operation);
    if (!fileSystem) throw new Error(`${operation} is answered with nothing.`);
    return fileSystem;
  };
  // FSx does a call with one token once.
  const tokens: string[] = [];
  const called = (name: string, input: object) => {
    const text = JSON.stringify(input).replace(/[0-9a-f]{63}/, (token) => {
      if (!tokens.includes(token)) tokens.push(token);
      return `TOKEN ${tokens.indexOf(token) + 1}`;
    });
    lines.push(`${name} ${text}`);
  };
  // oxlint-disable-next-line typescript/require-await -- FSx answers later, failures included.
  const later = async <T>(answer: () => T): Promise<T> => answer();
  const fsx = fakeFsx({
    describe: () => later(() => answered('describe')),
    create: (input) => (called('create', input), later(() => present('create'))),
    createFromBackup: (input) => (called('createFromBackup', input), later(() => present('create'))), // oxfmt-ignore
    update: (input) => (called('update', input), later(() => present('update'))),
    delete: (input) => (called('delete', input), later(() => answerOf('delete') as string)),
    tag: (_, tags) => (called('tag', tags), later(() => answerOf('tag') as undefined)),
    untag: (_, keys) => (called('untag', keys), later(() => answerOf('tag') as undefined)),
    page: () => later(() => ({ fileSystems: (answerOf('page') as FileSystem[]).map(described) })),
  });
  let callback: CallbackContext = request.callback ?? {};
  let { desired = PROPERTIES } = request;
  for (let invocation = 0; invocation < 600; invocation += 1) {
    const pending = action(requestTo(fsx, { ...request, desired, callback })).catch(
      (error: unknown) => error as Error,
    );
    // Only a deletion without an id pauses.
    if (!desired.FileSystemId) await jest.advanceTimersByTimeAsync(40_000);
    const end = await pending;
    if (end instanceof HandlerError) lines.push(`${end.code}: ${end.message}`);
    else if (end instanceof TypeError) lines.push(`thrown: ${end.message}`);
    else if (end instanceof Error) throw end;
    else if (end.status === 'SUCCESS') {
      const { model, models, message } = end;
      const ids = (models ?? [model]).map((one) => one?.FileSystemId ?? 'none').join(', ');
      lines.push(`SUCCESS ${ids}${message === undefined ? '' : `: ${message}`}`);
    } else {
      lines.push(`${String(end.delaySeconds)} s: ${end.message}`);
      // The model comes back as it was handed over; what it does not hold stays.
      desired = { ...desired, FileSystemId: end.model.FileSystemId };
      callback = JSON.parse(JSON.stringify(end.callback)) as CallbackContext;
      continue;
    }
    return shortened(lines);
  }
  throw new Error('The operation has no end.');
}

/** Rounds of one line or two that repeat, once with their number. */
function shortened(lines: readonly string[]): string[] {
  const shown: string[] = [];
  for (let i = 0; i < lines.length;) {
    const size = lines[i] === lines[i + 1] || lines[i] !== lines[i + 2] ? 1 : 2;
    const round = lines.slice(i, i + size);
    let times = 1;
    while (round.every((line, k) => line === lines[i + times * size + k])) times += 1;
    shown.push(...round.map((line) => (times > 1 ? `${times} x ${line}` : line)));
    i += times * size;
  }
  return shown;
}

/** A test of each scene, by its name, on simulated time. */
export function playEach(scenes: Readonly<Record<string, Scene>>): void {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => {
    jest.useRealTimers();
  });
  test.each(Object.entries(scenes))('%s', async (_, scene) => {
    expect(await transcript(scene)).toMatchSnapshot();
  });
}

export const NEW = { ...PROPERTIES, FileSystemId: undefined };
export const without = { desired: NEW };
export const to = (desired: object, rest: Partial<HandlerRequest> = {}) => ({ request: { desired: { ...PROPERTIES, ...desired }, ...rest } }); // oxfmt-ignore
export const begun = { desired: PROPERTIES, callback: { started: true, waited: 10 } };
export const no = refusal('InvalidRequest', 'FSx: No.');
export const lost = new HandlerError('NetworkFailure', 'FSx: Lost.', { cause: new Error('lost'), mayHaveActed: true }); // oxfmt-ignore
export const denied = refusal('AccessDenied', 'FSx: Denied.');
export const broken = new HandlerError('InternalFailure', 'Ours.');
/** What nobody has thought of: it is thrown on, and becomes InternalFailure outside. */
export const bug = new TypeError('A bug.');
export const busy = { Lifecycle: 'UPDATING' as const };
export const young = { CreationTime: new Date(NOW) };
export const tags = (...all: string[]) => ({ Tags: all.map((Key) => ({ Key, Value: 'b' })) });
export const shows = (...actions: AdministrativeAction[]) => ({
  AdministrativeActions: actions.map((action) => ({ AdministrativeActionType: 'FILE_SYSTEM_UPDATE' as const, ...action })), // oxfmt-ignore
});
export const at = (seconds: number) => ({ RequestTime: new Date(NOW + seconds * 1000) });
export const LIMITS = { Guardrails: { MaxStorageCapacity: 1200 } };
