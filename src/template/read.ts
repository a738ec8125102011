import { readPlainYaml } from './plain-yaml';
import type { Node } from './node';
import type { Lines } from './lines';

/** A file cannot be used; the message says where and why, for the author. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

/** A text, YAML or JSON, as nodes. @throws Unreadable */
export async function readNodes(text: string, lines: Lines): Promise<Node> {
  const quick = readPlainYaml(text);
  if (quick) return quick;
  // The whole of YAML takes longer to load than to check a template.
  const { Malformed, readFullYaml } = await import('./full-yaml');
  try {
    return readFullYaml(text);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const { line, column } = lines.place(error.at);
    throw new Unreadable(error.message.replace(/:$/, ''), line, column);
  }
}
