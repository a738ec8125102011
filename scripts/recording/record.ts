/** Runs a program as on a terminal of 80 columns, and keeps what the terminal would show. */
import { spawn } from 'node:child_process';

export const COLUMNS = 80;

/** A part of a line in one style: codes of ANSI such as 1 (bold) and 31 (red). */
export interface Span {
  readonly text: string;
  readonly codes: readonly number[];
}

/** What a row shows from one moment to another, in seconds of the recording; without `to`, until the end. */
export interface Shown {
  readonly row: number;
  readonly spans: readonly Span[];
  readonly from: number;
  readonly to?: number;
}

/** Nobody wants to wait longer for the next line. Seconds. */
const LONGEST_PAUSE = 1.2;

/** Shorter than that nobody sees a line that is replaced. Seconds. */
const SHORTEST = 0.3;

const ESCAPE = '\u001B';
const CLEARS = `\r${ESCAPE}[2K`;
const LINE_ENDS = new RegExp(`(\n|\r${ESCAPE}\\[2K)`);
const STYLES = new RegExp(`(${ESCAPE}\\[\\d+m)`);
const STYLE = new RegExp(`^${ESCAPE}\\[(\\d+)m$`);

/** To a Node program the pipe is a terminal. */
const TERMINAL = `data:text/javascript,Object.assign(process.stdout,{isTTY:true,columns:${String(COLUMNS)}})`;

/**
 * @param script of Node, with these arguments, in this folder
 * @throws Error where it says something on standard error
 */
export async function record(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<Shown[]> {
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) };
  const child = spawn(process.execPath, ['--import', TERMINAL, script, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const screen = new Screen();
  let complaint = '';
  let last: number | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const now = performance.now() / 1000;
    screen.pass(Math.min(LONGEST_PAUSE, now - (last ?? now)));
    last = now;
    screen.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  await new Promise((done) => child.on('close', done));
  if (complaint) throw new Error(complaint);
  return screen.end();
}

/** A terminal for programs that write lines, and clear the last one. */
class Screen {
  private readonly shown: Shown[] = [];
  private now = 0;
  private row = 0;
  private line = '';

  pass(seconds: number): void {
    this.now += seconds;
  }

  write(text: string): void {
    for (const part of text.split(LINE_ENDS)) {
      if (part === '\n') this.feed();
      else if (part === CLEARS) this.clear();
      else this.line += part;
    }
    this.show();
  }

  end(): Shown[] {
    return this.shown.filter(
      ({ spans, from, to = Infinity }) => spans.length > 0 && to - from >= SHORTEST,
    );
  }

  private feed(): void {
    this.row += this.show();
    this.line = '';
  }

  private clear(): void {
    this.erase();
    this.line = '';
  }

  private erase(): void {
    for (const [index, { row, to, ...shown }] of this.shown.entries())
      if (row >= this.row && to === undefined) this.shown[index] = { row, ...shown, to: this.now };
  }

  /** Shows the line, and says in how many rows. */
  private show(): number {
    this.erase();
    const rows = wrapped(spansOf(this.line));
    for (const [index, spans] of rows.entries())
      this.shown.push({ row: this.row + index, spans, from: this.now });
    return rows.length;
  }
}

function spansOf(line: string): Span[] {
  let codes: number[] = [];
  return line.split(STYLES).flatMap((part) => {
    const code = STYLE.exec(part)?.[1];
    if (code === undefined) return part ? [{ text: part, codes }] : [];
    codes = changed(codes, Number(code));
    return [];
  });
}

/** 22 ends bold and dim, 39 the color, 0 everything. */
function changed(codes: readonly number[], code: number): number[] {
  if (code === 0) return [];
  if (code === 22) return codes.filter((each) => each > 2);
  if (code === 39) return codes.filter((each) => each <= 2);
  return [...codes, code];
}

/** In rows of as many columns as there are. */
function wrapped(spans: readonly Span[]): Span[][] {
  const rows: Span[][] = [[]];
  let left = COLUMNS;
  for (const { text, codes } of spans)
    for (let at = 0; at < text.length;) {
      if (left === 0) {
        rows.push([]);
        left = COLUMNS;
      }
      const part = text.slice(at, at + left);
      rows.at(-1)?.push({ text: part, codes });
      at += part.length;
      left -= part.length;
    }
  return rows;
}
