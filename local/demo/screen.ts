import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '../registry/protocol';
import { SAYS } from '../stack/refusals';
import type { Step } from '../registry/registry';
import { bar, duration, wrap } from './terminal';
import type { Style, Terminal } from './terminal';

/** How long FSx usually takes for a file system, in seconds: what the bar is drawn against. */
const USUAL: Partial<Record<Action, number>> = { CREATE: 7 * 60, UPDATE: 33 * 60, DELETE: 5 * 60 };
/** Where that is not known, the bar is full after so many seconds. */
const UNKNOWN_SECONDS = 10 * 60;
const FRAME_MS = 100;

/** What FSx does where a handler says nothing. */
const DOES: Record<Action, string> = {
  CREATE: 'creating',
  READ: 'reading',
  UPDATE: 'changing',
  DELETE: 'deleting',
  LIST: 'listing',
};

/** The first that fits. */
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
 * Shows how the operations go: a line for every state that they come to, and on a terminal a line below that moves while
 * they are in it.
 */
export class Screen {
  readonly #terminal: Terminal;
  readonly #timeScale: number;
  #last: Step | undefined;
  /** Text of the state that was shown last. */
  #state = '';

  constructor(terminal: Terminal, timeScale: number) {
    this.#terminal = terminal;
    this.#timeScale = timeScale;
  }

  /** What comes next. */
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

  /** Sentences, in as many lines as they need. */
  remark(text: string): void {
    this.#terminal.wrapped(text, 2);
  }

  /** The stack's own status. */
  stack(name: string, status: string, reason?: string): void {
    const terminal = this.#terminal;
    const style = STACK_STYLES.find(([form]) => form.test(status))?.[1] ?? 'dim';
    terminal.line();
    terminal.line(`${terminal.style('bold', `Stack ${name}`)}  ${terminal.style(style, status)}`);
    if (reason !== undefined && reason !== SAYS.initiated) this.remark(reason);
  }

  /** What a hook says of a resource, before anything is done about it. */
  hook(name: string, logicalId: string, status: string, reason: string): void {
    const terminal = this.#terminal;
    const style = status === 'HOOK_COMPLETE_SUCCEEDED' ? 'green' : 'red';
    terminal.line();
    terminal.line(
      `${terminal.style('bold', `Hook for ${logicalId}`)}  ${terminal.style(style, status)}  ${name}`,
    );
    this.remark(reason);
  }

  /** A resource that failed; what its handler said stands in the line above. */
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

  /** What is too long for its line: a change in two of them, prose in as many as it needs; what can be copied stays whole. */
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

  /** Waits as long as a handler has asked for. */
  async wait(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000;
    const since = this.#last?.elapsedSeconds ?? 0;
    for (let left = seconds * 1000; left > 0; left = end - performance.now()) {
      const elapsed = since + (seconds - left / 1000) * this.#timeScale;
      this.#terminal.passing(this.#passing(elapsed));
      await pause(this.#terminal.isLive ? Math.min(left, FRAME_MS) : left);
    }
  }

  /** In FSx's time where the operation waited for FSx, else in the real time that the handler took. */
  #time({ invocation, elapsedSeconds, progress }: Step): string {
    if (invocation > 1 || progress.status === 'IN_PROGRESS') return time(elapsedSeconds);
    return `${Math.round((elapsedSeconds / this.#timeScale) * 1000)} ms`.padStart(TIME);
  }

  /** How long an operation that waited for FSx has taken on this computer. */
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

/** A sentence, or a list of which not all is told. */
const PROSE = /^[A-Z].* .*\.$|, .* and \d+ more$/;

/** Width of the times, and where the text of an event begins. */
const TIME = 9;
const INDENT = TIME + 15;

const time = (seconds: number): string => duration(seconds).padStart(TIME);

const found = (models: unknown[] | undefined): string | undefined =>
  models && `${models.length} file system${models.length === 1 ? '' : 's'}`;
