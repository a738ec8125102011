/** Hover texts of the language server. */
import { MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import { hoverAt } from '../review/authoring/hover';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import type { OpenDocument } from './open-document';

/** The hover text at a position; null if there is none. */
export function hover(
  document: OpenDocument,
  options: AuthoringOptions,
  position: Position,
): Hover | null {
  const { content } = document;
  const draft = document.draft(options);
  const found = draft.mayBeOurs ? hoverAt(draft, content.offsetAt(position)) : undefined;
  if (!found) return null;
  const { markdown, at, end } = found;
  return {
    contents: { kind: MarkupKind.Markdown, value: markdown },
    range: { start: content.positionAt(at), end: content.positionAt(end) },
  };
}
