/** Completions of the language server. */
import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver';
import { completionsAt, withoutPlaces, type Completion } from '../review/authoring/completion';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import type { OpenDocument } from './open-document';

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  'file system': CompletionItemKind.Snippet,
};

/** The completions at a position. */
export function completions(
  document: OpenDocument,
  options: AuthoringOptions,
  position: Position,
  { textDocument }: ClientCapabilities,
): CompletionList | null {
  const { content } = document;
  const text = content.getText();
  const found = completionsAt(text, content.offsetAt(position), options, document.onRead);
  if (!found) return null;
  const { at, end, dependOnTyped } = found;
  const range = { start: content.positionAt(at), end: content.positionAt(end) };
  const takesSnippets = textDocument?.completion?.completionItem?.snippetSupport === true;
  const typed = text.slice(at, end);
  return {
    isIncomplete: dependOnTyped,
    items: found.items.map(
      ({ label, kind, detail, documentation, snippet }, index): CompletionItem => ({
        label,
        kind: KINDS[kind],
        ...(detail !== undefined && { detail }),
        ...(documentation !== undefined && {
          documentation: { kind: MarkupKind.PlainText, value: documentation },
        }),
        // Editors sort alphabetically; this keeps the given order.
        sortText: String(index).padStart(3, '0'),
        // The typed text, so that an editor does not filter out 4800 for a typed 5000. For a quoted text, the quote is part
        // of it.
        filterText: dependOnTyped ? typed : /^["']/.test(typed) ? typed.charAt(0) + label : label,
        insertTextFormat: takesSnippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
        textEdit: { range, newText: takesSnippets ? snippet : withoutPlaces(snippet) },
      }),
    ),
  };
}
