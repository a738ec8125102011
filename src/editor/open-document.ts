/** A document that an editor has open. */
import type { Diagnostic, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TemplateDraft, type AuthoringOptions } from '../review/authoring/template-draft';
import { diagnosticsOf, failureDiagnostic } from './diagnostics';
import { changedPart } from '../review/authoring/code-actions';
import { moved } from './places';

export class OpenDocument {
  #content: TextDocument;
  #draft: TemplateDraft | undefined;
  /** What the editor is to show: the findings of the last text that could be read, where they stand now. */
  #standing: readonly Diagnostic[] = [];
  readonly #onRead: (version: number) => void;

  constructor(content: TextDocument, onRead: (version: number) => void) {
    this.#content = content;
    this.#onRead = onRead;
  }

  get content(): TextDocument {
    return this.#content;
  }

  /** Takes over what was typed. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) {
      const { range, text } = 'range' in change ? change : this.#partOf(change.text);
      this.#standing = this.#standing.flatMap((each) => {
        const place = moved(each.range, range, text);
        return place ? { ...each, range: place } : [];
      });
      this.#content = TextDocument.update(this.#content, [change], version);
    }
    this.#draft = undefined;
  }

  /** What of a new text is another. */
  #partOf(text: string) {
    const { at, end, text: put } = changedPart(this.#content.getText(), text) ?? NOTHING;
    const range = { start: this.#content.positionAt(at), end: this.#content.positionAt(end) };
    return { range, text: put };
  }

  /** The template that it is, with the settings of now. */
  draft(options: AuthoringOptions): TemplateDraft {
    if (this.#draft?.options !== options) {
      this.#draft = new TemplateDraft(this.#content.getText(), options, this.onRead);
    }
    return this.#draft;
  }

  /** Is told when the text is read another time, with what is typed left out. */
  readonly onRead = (): void => {
    this.#onRead(this.#content.version);
  };

  /** What is to be shown: what is found, or what still is true where the text cannot be read. */
  diagnostics(options: AuthoringOptions): readonly Diagnostic[] {
    const draft = this.draft(options);
    const { findings, failure } = draft.reviewed;
    if (!failure) this.#standing = diagnosticsOf(findings);
    return failure
      ? [...this.#standing, ...failureDiagnostic(draft, failure, this.#content)]
      : this.#standing;
  }
}

const NOTHING = { at: 0, end: 0, text: '' };
