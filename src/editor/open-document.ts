/** A document that is open in an editor. */
import type {
  Diagnostic,
  Range,
  TextDocumentContentChangeEvent,
  TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TemplateDraft, type AuthoringOptions } from '../review/authoring/template-draft';
import { diagnosticsOf, failureDiagnostic } from './diagnostics';
import { changedPart } from '../review/authoring/code-actions';
import { isBefore, moved } from './places';

/** An open document with its findings. */
export class OpenDocument {
  #content: TextDocument;
  #draft: TemplateDraft | undefined;
  /** The current diagnostics: the findings of the last text that could be parsed, moved to their current positions. */
  #standing: readonly Diagnostic[] = [];
  readonly #onRead: (version: number) => void;

  constructor(content: TextDocument, onRead: (version: number) => void) {
    this.#content = content;
    this.#onRead = onRead;
  }

  get content(): TextDocument {
    return this.#content;
  }

  /** Whether changes begin with all of the text, so that the text before them does not matter. */
  static hasWholeText([first]: readonly TextDocumentContentChangeEvent[]): boolean {
    return first !== undefined && !('range' in withoutNull(first));
  }

  /** Applies changes of the text. @throws TypeError for changes that are not valid. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const given = changes.map(withoutNull);
    const edits = upwards(given);
    if (edits) {
      const { uri, languageId } = this.#content;
      for (const { range, newText } of edits) this.#move(range, newText);
      const text = TextDocument.applyEdits(this.#content, edits);
      this.#content = TextDocument.create(uri, languageId, version, text);
    } else
      for (const change of given) {
        const { range, text } = 'range' in change ? change : this.#partOf(change.text);
        this.#move(range, text);
        this.#content = TextDocument.update(this.#content, [change], version);
      }
    this.#draft = undefined;
  }

  #move(range: Range, text: string): void {
    this.#standing = this.#standing.flatMap((each) => {
      const place = moved(each.range, range, text);
      return place ? { ...each, range: place } : [];
    });
  }

  /** The part of a new text that differs. */
  #partOf(text: string) {
    const { at, end, text: put } = changedPart(this.#content.getText(), text) ?? NOTHING;
    const range = { start: this.#content.positionAt(at), end: this.#content.positionAt(end) };
    return { range, text: put };
  }

  /** The template in the document, with the current settings. */
  draft(options: AuthoringOptions): TemplateDraft {
    if (this.#draft?.options !== options) {
      this.#draft = new TemplateDraft(this.#content.getText(), options, this.onRead);
    }
    return this.#draft;
  }

  /** Called when the text is parsed without the word that is being typed. */
  readonly onRead = (): void => {
    this.#onRead(this.#content.version);
  };

  /** The diagnostics to show: the current findings or, if the text cannot be parsed, the previous ones that still apply. */
  diagnostics(options: AuthoringOptions): readonly Diagnostic[] {
    const draft = this.draft(options);
    const { findings, failure } = draft.reviewed;
    if (!failure) this.#standing = diagnosticsOf(findings);
    return failure
      ? [...this.#standing, ...failureDiagnostic(draft, failure, this.#content)]
      : this.#standing;
  }
}

/**
 * Changes that each stand before the last one, as editors send those of a formatter or of several cursors. Their positions are
 * then those of the old text, so they can be made at once: one by one, each copies the text. Undefined for others.
 */
function upwards(changes: readonly TextDocumentContentChangeEvent[]): TextEdit[] | undefined {
  const edits = changes.flatMap((each) =>
    'range' in each ? { range: each.range, newText: each.text } : [],
  );
  const areAll = edits.length === changes.length && edits.length > 1;
  const isUpwards = edits.every(({ range }, index) => {
    const above = edits[index + 1]?.range.end;
    return !isBefore(range.end, range.start) && (!above || isBefore(above, range.start));
  });
  return areAll && isUpwards ? edits : undefined;
}

/** A change. Some editors send null as its range if it is a new text. */
const withoutNull = (change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent =>
  'range' in change && (change.range as unknown) === null ? { text: change.text } : change;

const NOTHING = { at: 0, end: 0, text: '' };
