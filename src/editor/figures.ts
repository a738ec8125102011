/** Throughput and cost beside each file system: `960 MB/s · 672 USD a month`. */
import type { CodeLens, InlayHint, Position, Range } from 'vscode-languageserver';
import { figuresOf } from '../review/authoring/figures';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import type { OpenDocument } from './open-document';
import { meet } from './places';

interface Figures {
  /** The range of the logical ID. */
  readonly range: Range;
  readonly text: string;
}

/** The figures. All resources of an Fn::ForEach share one, as ranges. */
function figures(document: OpenDocument, options: AuthoringOptions): Figures[] {
  const { content } = document;
  const draft = document.draft(options);
  if (!draft.mayBeOurs) return [];
  const places = new Map<number, string[]>();
  for (const { at, logicalId } of draft.fileSystems)
    places.set(at, [...(places.get(at) ?? []), logicalId]);
  return [...places].flatMap(([at, ids]) => {
    const text = figuresOf(draft.rows.filter(({ logicalId }) => ids.includes(logicalId)));
    if (text === undefined) return [];
    const [start, end] = [content.positionAt(at), endOfLine(document, at)];
    return { range: { start, end }, text };
  });
}

function endOfLine({ content }: OpenDocument, at: number): Position {
  const text = content.getText();
  const [line = ''] = /[^\r\n]*/.exec(text.slice(at)) ?? [];
  return content.positionAt(at + line.trimEnd().length);
}

/** The figures at the ends of the lines of logical IDs. */
export const inlayHints = (
  document: OpenDocument,
  options: AuthoringOptions,
  visible: Range,
): InlayHint[] =>
  figures(document, options)
    .filter(({ range }) => meet(range, visible))
    .map(({ range, text }) => ({ position: range.end, label: text, paddingLeft: true }));

/** The figures above logical IDs, for editors without inlay hints. */
export const codeLenses = (document: OpenDocument, options: AuthoringOptions): CodeLens[] =>
  figures(document, options).map(({ range, text }) => ({
    range,
    // A code lens requires a command; this one does nothing.
    command: { title: text, command: '' },
  }));
