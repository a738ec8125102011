import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '../registry/protocol';
import { SAYS } from '../stack/refusals';
import type { Step } from '../registry/registry';
import { bar, duration, wrap } from './terminal';
import type { Style, Terminal } from './terminal';

/** The usual durations of FSx in seconds. The progress bar is drawn in proportion to them. */
const USUAL: Partial<Record<Action, number>> = { CREATE: 7 * 60, UPDATE: 33 * 60, DELETE: 5 * 60 };
/** If the usual duration is not known, the bar is full after this many seconds. */
const UNKNOWN_SECONDS = 10 * 60;
const FRAME_MS = 100;

/** The text for an operation if its handler has no message. */
const DOES: Record<Action, string> = {
  CREATE: 'creating',
  READ: 'reading',
  UPDATE: 'changing',
  DELETE: 'deleting',
  LIST: 'listing',
};

/** The first match applies. */
const STACK_STYLES: [form: RegExp, style: Style][] = [
  [/FAILED$|^ROLLBACK|^UPDATE_ROLLBACK/, 'red'],
  [/IN_PROGRESS$/, 'yellow'],
  [/COMPLETE$/, 'green'],
];

const STATUS_STYLES: Record<string, Style> = {
  IN_PROGRESS: 'yellow',
  SUCCESS: 'green',
  FAILED: 'red',
};

/**
 * Shows the progress of operations: a line for every state that they reach and, on a terminal, a line below that is updated
 * while they are in it.
 */
export class Screen {
  readonly #terminal: Terminal;
  readonly #timeScale: number;
  #last: Step | undefined;
  /** The text of the last state that was shown. */
  #state = '';

  constructor(terminal: Terminal, timeScale: number) {
    this.#terminal = terminal;
    this.#timeScale = timeScale;
  }

  /** Announces the next operation. */
  heading(action: string, subject: string, detail = ''): void {
    const terminal = this.#terminal;
    const title = `${action} ${subject}`;
    const fits = title.length + 2 + detail.length <= terminal.width;
    terminal.line();
    terminal.line(`${terminal.style('bold', title)}${detail && fits ? `  ${detail}` : ''}`);
    if (!fits) this.remark(detail);
  }

  note(text: string): void {
    this.#terminal.line(`  ${text}`);
  }

  /** Sentences, wrapped. */
  remark(text: string): void {
    this.#terminal.wrapped(text, 2);
  }

  /** The status of the stack. */
  stack(name: string, status: string, reason?: string): void {
    const terminal = this.#terminal;
    const style = STACK_STYLES.find(([form]) => form.test(status))?.[1] ?? 'dim';
    terminal.line();
    terminal.line(`${terminal.style('bold', `Stack ${name}`)}  ${terminal.style(style, status)}`);
    if (reason !== undefined && reason !== SAYS.initiated) this.remark(reason);
  }

  /** The result of a hook, before the operation on the resource. */
  hook(name: string, logicalId: string, status: string, reason: string): void {
    const terminal = this.#terminal;
    const style = status === 'HOOK_COMPLETE_SUCCEEDED' ? 'green' : 'red';
    terminal.line();
    terminal.line(
      `${terminal.style('bold', `Hook for ${logicalId}`)}  ${terminal.style(style, status)}  ${name}`,
    );
    this.remark(reason);
  }

  /** A resource that failed. The line above has the handler's message. */
  failure(logicalId: string, status: string, reason: string): void {
    const said = this.#last?.progress.message;
    if (said !== undefined && said !== '' && reason.includes(said)) return;
    const terminal = this.#terminal;
    terminal.line();
    terminal.line(`${terminal.style('bold', logicalId)}  ${terminal.style('red', status)}`);
    this.remark(reason);
  }

  table(rows: [name: string, value: string][]): void {
    const width = Math.max(...rows.map(([name]) => name.length));
    for (const [name, value] of rows) {
      const [first = '', ...more] = this.#parts(value, width + 4);
      this.note(`${this.#terminal.style('cyan', name.padEnd(width))}  ${first}`);
      for (const part of more) this.note(`${' '.repeat(width)}  ${part}`);
    }
  }

  /**
   * Splits what is too long for its line: a change into two lines, and prose into as many as necessary. Values that can be
   * copied are not split.
   */
  #parts(value: string, indent: number): string[] {
    const room = this.#terminal.width - indent;
    if (value.length <= room) return [value];
    const parts = value.split(/ (?=→ )/);
    if (parts.length === 2) return parts;
    return PROSE.test(value) ? wrap(value, room) : [value];
  }

  /** One event of the registry. */
  event(step: Step): void {
    const { action, logicalResourceId, progress } = step;
    const { status, errorCode, message = '', resourceModels } = progress;
    const waits = status === 'IN_PROGRESS';
    this.#last = step;
    const state = [action, logicalResourceId, status, message].join();
    if (waits && state === this.#state) return;
    this.#state = waits ? state : '';
    const terminal = this.#terminal;
    const colored = terminal.style(STATUS_STYLES[status] ?? 'dim', status.padEnd(11));
    const code = step.isRetried ? `${errorCode ?? ''}, tried again` : errorCode;
    const ended = code ?? found(resourceModels) ?? this.#here(step);
    const said = waits ? message || `FSx is ${DOES[action]} it.` : ended;
    const [first = '', ...more] = wrap(said, terminal.width - INDENT);
    terminal.line(`${this.#time(step)}  ${colored}  ${first}`.trimEnd());
    for (const line of more) terminal.line(' '.repeat(INDENT) + line);
    if (status === 'FAILED' && message !== '') terminal.wrapped(message, INDENT);
  }

  /** Waits for the callback delay. */
  async wait(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000;
    const since = this.#last?.elapsedSeconds ?? 0;
    for (let left = seconds * 1000; left > 0; left = end - performance.now()) {
      const elapsed = since + (seconds - left / 1000) * this.#timeScale;
      this.#terminal.passing(this.#passing(elapsed));
      await pause(this.#terminal.isLive ? Math.min(left, FRAME_MS) : left);
    }
  }

  /** In FSx's time if the operation waited for FSx, else in the real time of the handler. */
  #time({ invocation, elapsedSeconds, progress }: Step): string {
    if (invocation > 1 || progress.status === 'IN_PROGRESS') return time(elapsedSeconds);
    return `${Math.round((elapsedSeconds / this.#timeScale) * 1000)} ms`.padStart(TIME);
  }

  /** The duration on this computer of an operation that waited for FSx. */
  #here({ invocation, elapsedSeconds }: Step): string {
    return invocation > 1 ? `${(elapsedSeconds / this.#timeScale).toFixed(1)} s here` : '';
  }

  #passing(elapsed: number): string {
    const usual = this.#usual();
    const usually = usual === undefined ? '' : `usually about ${Math.round(usual / 60)} min`;
    const share = Math.min(elapsed / (usual ?? UNKNOWN_SECONDS), 0.95);
    const drawn = this.#terminal.style('cyan', bar(share));
    const gap = ' '.repeat(INDENT - TIME - 2);
    return `${time(elapsed)}${gap}  ${drawn}  ${this.#terminal.style('dim', usually)}`;
  }

  #usual(): number | undefined {
    const { action, event } = this.#last ?? {};
    return action && !event?.resourceType.startsWith('AWS::') ? USUAL[action] : undefined;
  }
}

/** A sentence, or a shortened list. */
const PROSE = /^[A-Z].* .*\.$|, .* and \d+ more$/;

/** The width of the times, and the column of the text of an event. */
const TIME = 9;
const INDENT = TIME + 15;

const time = (seconds: number): string => duration(seconds).padStart(TIME);

const found = (models: unknown[] | undefined): string | undefined =>
  models && `${models.length} file system${models.length === 1 ? '' : 's'}`;
