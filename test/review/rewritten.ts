/** What has changed in a text: its lines from the first changed one to the last, before and after. Carriage returns show. */
export function rewritten(before: string, after: string): string[] {
  const [old, put] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, put.length);
  let same = 0;
  while (same < most && old[same] === put[same]) same++;
  let rest = 0;
  while (rest < most - same && old.at(-1 - rest) === put.at(-1 - rest)) rest++;
  return [
    ...old.slice(same, old.length - rest).map((line) => `- ${line}`),
    ...put.slice(same, put.length - rest).map((line) => `+ ${line}`),
  ];
}

const linesOf = (text: string): string[] => text.replaceAll('\r', '\\r').split('\n');
