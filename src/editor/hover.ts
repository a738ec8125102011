/** Hover texts of the language server. */
import {
  MarkupKind,
  type ClientCapabilities,
  type Hover,
  type Position,
} from 'vscode-languageserver';
import { hoverAt, withoutMarkdown } from '../review/authoring/hover';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import type { OpenDocument } from './open-document';

/** The hover text at a position; null if there is none. */
export function hover(
  document: OpenDocument,
  options: AuthoringOptions,
  position: Position,
  { textDocument }: ClientCapabilities,
): Hover | null {
  const { content } = document;
  const draft = document.draft(options);
  const found = draft.mayBeOurs ? hoverAt(draft, content.offsetAt(position)) : undefined;
  if (!found) return null;
  const { markdown, at, end } = found;
  const formats = textDocument?.hover?.contentFormat ?? [];
  return {
    contents: formats.includes(MarkupKind.Markdown)
      ? { kind: MarkupKind.Markdown, value: markdown }
      : { kind: MarkupKind.PlainText, value: withoutMarkdown(markdown) },
    range: { start: content.positionAt(at), end: content.positionAt(end) },
  };
}
