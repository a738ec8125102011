/** Does what a pipe that was opened not to block may not be ready for yet: as often as it takes. */
export function patiently<T>(act: () => T): T {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

export const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;
