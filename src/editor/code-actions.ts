/** Code actions of the language server. */
import {
  CodeActionKind,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  changedPart,
  conversionOffer,
  ignoreOffer,
  repairOffers,
  type Checked,
  type Offer,
} from '../review/authoring/code-actions';
import { fileSystemAt } from '../review/authoring/property-at';
import type { AuthoringOptions, TemplateDraft } from '../review/authoring/template-draft';
import type { Finding } from '../review/finding';
import { NATIVE_TYPE } from '../review/resource-types';
import type { Template } from '../template/template';
import { diagnosticOf } from './diagnostics';
import type { OpenDocument } from './open-document';
import { meet, rangeOf, textEdits } from './places';

/** The kind of the action that makes every change that is the only repair of its finding. Editors can run it on save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.pangea-lustre`;

const FIX_ALL_TITLE = 'Fix all that has one repair';

/** The code actions for a request: quick fixes, the fix of all findings, and conversions. */
export function codeActions(
  document: OpenDocument,
  options: AuthoringOptions,
  { range, context: { only } }: CodeActionParams,
  capabilities: ClientCapabilities,
): CodeAction[] {
  const { textDocument: client, workspace } = capabilities;
  // Without support for literals, an action would have to be a command, and the server has none.
  if (!client?.codeAction?.codeActionLiteralSupport) return [];
  const draft = document.draft(options);
  if (!draft.mayBeOurs) return [];
  const { template } = draft;
  if (!template || draft.reviewed.failure) return [];
  const wants = (kind: CodeActionKind): boolean =>
    !only || only.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`));
  const edit = editOf(document, workspace?.workspaceEdit?.documentChanges === true);
  const found = draft.reviewed.findings.filter((each) => meet(rangeOf(each), range));
  const quick = wants(CodeActionKind.QuickFix)
    ? quickFixes(
        {
          template,
          fileSystems: draft.fileSystems,
          findings: draft.reviewed.findings,
          options: options.review,
        },
        found,
        edit,
      )
    : [];
  // An editor requests it by its kind on save. Beside quick fixes it is offered if there are several findings.
  const all = only?.some((each) => `${FIX_ALL}.`.startsWith(`${each}.`))
    ? fixAll(draft, FIX_ALL, edit)
    : !only && found.length > 0 && draft.reviewed.findings.length > 1
      ? fixAll(draft, CodeActionKind.QuickFix, edit)
      : [];
  const rewrite = wants(CodeActionKind.RefactorRewrite)
    ? conversions(template, draft, document.content.offsetAt(range.start), {
        edit,
        showsDisabled: client.codeAction.disabledSupport === true,
      })
    : [];
  return [...quick, ...all, ...rewrite];
}

type EditOf = (edits: Offer['edits']) => WorkspaceEdit;

/** The edits of an action, for the version of the document that they apply to, if the editor supports versions. */
const editOf =
  ({ content }: OpenDocument, isVersioned: boolean): EditOf =>
  (edits) => {
    const { uri, version } = content;
    const changes = textEdits(content, edits);
    return isVersioned
      ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
      : { changes: { [uri]: changes } };
  };

function quickFixes(checked: Checked, findings: readonly Finding[], edit: EditOf): CodeAction[] {
  return findings.flatMap((finding) => {
    const { repairs, ignore } = offersOf(checked, finding);
    return [...repairs, ...(ignore ? [ignore] : [])].map((offer): CodeAction => ({
      title: offer.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(finding)],
      edit: edit(offer.edits),
      ...(repairs.length === 1 && offer === repairs[0] && { isPreferred: true }),
    }));
  });
}

interface Offers {
  readonly repairs: readonly Offer[];
  readonly ignore: Offer | undefined;
}

/** Editors repeat the request at each movement of the cursor. A finding belongs to one version of a document. */
const KNOWN = new WeakMap<Finding, Offers>();

function offersOf(checked: Checked, finding: Finding): Offers {
  const offers = KNOWN.get(finding) ?? {
    repairs: repairOffers(checked, finding),
    ignore: ignoreOffer(checked, finding),
  };
  KNOWN.set(finding, offers);
  return offers;
}

function fixAll({ text, fixed }: TemplateDraft, kind: CodeActionKind, edit: EditOf): CodeAction[] {
  const part = changedPart(text, fixed);
  return part ? [{ title: FIX_ALL_TITLE, kind, edit: edit([part]) }] : [];
}

function conversions(
  template: Template,
  { fileSystems, options }: TemplateDraft,
  offset: number,
  { edit, showsDisabled }: { edit: EditOf; showsDisabled: boolean },
): CodeAction[] {
  const fileSystem = fileSystemAt(template, fileSystems, offset);
  if (fileSystem?.type.name !== NATIVE_TYPE) return [];
  const offer = conversionOffer(template, fileSystem, options.review);
  const kind = CodeActionKind.RefactorRewrite;
  if ('edits' in offer) return [{ title: offer.title, kind, edit: edit(offer.edits) }];
  return showsDisabled ? [{ title: offer.title, kind, disabled: { reason: offer.why } }] : [];
}
