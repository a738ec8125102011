import { createInterface } from 'node:readline';

/** One line from whoever runs this; none where there is nobody. */
export function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    terminal.once('close', () => {
      resolve('');
    });
    terminal.question(question, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}
