/** Completions of the language server. */
import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver';
import { completionsAt, withoutPlaces, type Completion } from '../review/authoring/completion';
import { indentAt } from '../review/conversion/source-text';
import type { AuthoringOptions } from '../review/authoring/template-draft';
import { newlineOf } from '../template/lines';
import type { OpenDocument } from './open-document';
import { textEdits } from './places';

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
  const { at, end, commaAt, dependOnTyped } = found;
  // Further edits may not touch that of the item.
  const isApart = commaAt !== undefined && commaAt < at;
  const comma = isApart ? textEdits(content, [{ at: commaAt, end: commaAt, text: ',' }]) : [];
  const before = commaAt === at ? ',' : '';
  const range = { start: content.positionAt(at), end: content.positionAt(end) };
  const client = textDocument?.completion?.completionItem;
  const takesSnippets = client?.snippetSupport === true;
  const adjusts = client?.insertTextModeSupport?.valueSet.includes(
    InsertTextMode.adjustIndentation,
  );
  // An editor with snippets indents their lines as the first one. Of others, that is known only if they say so.
  const indent = takesSnippets || adjusts ? '' : indentAt(text, at);
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
        ...(adjusts && { insertTextMode: InsertTextMode.adjustIndentation }),
        ...(comma.length > 0 && { additionalTextEdits: comma }),
        textEdit: {
          range,
          newText:
            before +
            (takesSnippets
              ? snippet
              : withoutPlaces(snippet).replaceAll('\n', newlineOf(text) + indent)),
        },
      }),
    ),
  };
}
