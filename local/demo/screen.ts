import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '../registry/protocol';
import { SAYS } from '../stack/refusals';
import type { Step } from '../registry/registry';
import { bar, duration } from './terminal';
import type { Style, Terminal } from './terminal';

/** How long FSx usually takes, in seconds: what the bar is drawn against. */
const USUAL: Partial<Record<Action, number>> = { CREATE: 7 * 60, UPDATE: 33 * 60, DELETE: 5 * 60 };
const FRAME_MS = 100;

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

/** Shows how the operations go: a line for every event, and on a terminal a bar that moves between them. */
export class Screen {
  readonly #terminal: Terminal;
  readonly #timeScale: number;
  #last: Step | undefined;

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

  /** A change that is too long for its line in two of them; what is no change may be there to be copied. */
  #parts(value: string, indent: number): string[] {
    const parts = value.split(/ (?=→ )/);
    return parts.length === 2 && indent + value.length > this.#terminal.width ? parts : [value];
  }

  /** One event of the registry. */
  event(step: Step): void {
    this.#last = step;
    const { status, errorCode, message, resourceModels } = step.progress;
    const terminal = this.#terminal;
    const colored = terminal.style(STATUS_STYLES[status] ?? 'dim', status.padEnd(11));
    const waits = status === 'IN_PROGRESS';
    const code = step.isRetried ? `${errorCode ?? ''}, tried again` : errorCode;
    const said = waits ? message : (code ?? found(resourceModels));
    const progress = waits ? `${this.#bar(step.elapsedSeconds)}  ` : '';
    terminal.line(`${this.#time(step)}  ${colored}  ${progress}${said ?? ''}`.trimEnd());
    if (status === 'FAILED' && message) terminal.wrapped(message, INDENT);
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

  #passing(elapsed: number): string {
    const usual = this.#last && USUAL[this.#last.action];
    const usually = usual === undefined ? '' : `usually about ${Math.round(usual / 60)} min`;
    const gap = ' '.repeat(INDENT - TIME - 2);
    return `${time(elapsed)}${gap}  ${this.#bar(elapsed)}  ${this.#terminal.style('dim', usually)}`;
  }

  #bar(elapsed: number): string {
    const usual = (this.#last && USUAL[this.#last.action]) ?? 60;
    return this.#terminal.style('cyan', bar(Math.min(elapsed / usual, 0.95)));
  }
}

/** Width of the times, and where the text of an event begins. */
const TIME = 9;
const INDENT = TIME + 15;

const time = (seconds: number): string => duration(seconds).padStart(TIME);

const found = (models: unknown[] | undefined): string | undefined =>
  models && `${models.length} file system${models.length === 1 ? '' : 's'}`;
