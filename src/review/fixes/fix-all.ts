/** Carries out every repair that is the only one of its finding, in the text of a template. */
import { commentsOf } from '../../template/comments';
import { isWithin } from '../../lustre/paths';
import { treeOrNone } from '../../template/source-tree';
import { Template } from '../../template/template';
import { checkTemplate, type Checked } from '../check';
import {
  applyEdits,
  joined,
  ManualConversionRequired,
  saysTheSame,
  type Edit,
} from '../conversion/edits';
import { findFileSystems, type FileSystem, type ReviewOptions } from '../file-systems';
import type { Finding } from '../finding';
import { fixOf, NotFixable, type Fix, type PropertyChange } from './fix';

/** A change that was made. */
export interface AppliedChange extends Omit<PropertyChange, 'at'> {
  readonly file: string;
  readonly line: number;
}

/** A fixed template. */
export interface Fixed {
  readonly text: string;
  readonly changes: readonly AppliedChange[];
  /** Findings with exactly one repair that was not carried out. */
  readonly left: readonly { readonly finding: Finding; readonly why: string }[];
}

/** After a change, other findings may have exactly one repair. */
const MAX_ROUNDS = 50;

/**
 * The text of a template after all findings with exactly one repair have been repaired. A repair is carried out only at the
 * property itself, and only if its finding is the only one that changes. A name that is put right may show what else is wrong
 * with its value.
 *
 * @throws Unreadable if the text is not a template.
 */
export function fixAll(text: string, options: ReviewOptions = {}): Fixed {
  const changes: AppliedChange[] = [];
  let fixed = text;
  for (let round = 1; ; round++) {
    const result = fixOnce(fixed, options);
    fixed = result.text;
    changes.push(...result.changes);
    if (result.changes.length === 0 || round === MAX_ROUNDS)
      return { text: fixed, changes, left: result.left };
  }
}

/** A repair that may be carried out. */
interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
}

function fixOnce(text: string, { file = 'template', ...options }: ReviewOptions): Fixed {
  const template = Template.read(file, text);
  const before = checkTemplate(template, options);
  const fileSystems = findFileSystems(template, options);
  const left: { finding: Finding; why: string }[] = [];
  const candidates = before.findings.flatMap((finding): Candidate[] => {
    if (finding.repairs.length !== 1) return [];
    const fix = fixOrWhy(template, fileSystems, finding);
    if (typeof fix !== 'string') return [{ finding, fix }];
    left.push({ finding, why: fix });
    return [];
  });
  const trial = new Trial(template, before, options);
  const made = trial.accepted(candidates, []);
  for (const { finding } of candidates)
    if (!made.some((each) => each.finding === finding))
      left.push({ finding, why: 'the change would cause another finding' });
  return {
    text: trial.textWith(made) ?? text,
    changes: distinct(made.flatMap(({ fix }) => fix.changes)).map(({ at, ...change }) => ({
      ...change,
      file,
      line: template.placeAt(at).line,
    })),
    left,
  };
}

function fixOrWhy(
  template: Template,
  fileSystems: readonly FileSystem[],
  finding: Finding,
): Fix | string {
  const [repair] = finding.repairs;
  if (finding.when !== undefined) return `it applies only where ${finding.when}`;
  try {
    return fixOf(template, fileSystems, finding, repair ?? {});
  } catch (error) {
    if (error instanceof NotFixable) return error.message;
    throw error;
  }
}

/** Tries repairs on a template and checks the result. */
class Trial {
  readonly #template: Template;
  readonly #before: Checked;
  readonly #options: ReviewOptions;
  readonly #comments: readonly string[];

  constructor(template: Template, before: Checked, options: ReviewOptions) {
    this.#template = template;
    this.#before = before;
    this.#options = options;
    this.#comments = textsOfComments(template.text);
  }

  /** The candidates that can be carried out together with others. If not all can, each half is tried separately. */
  accepted(candidates: readonly Candidate[], beside: readonly Candidate[]): readonly Candidate[] {
    if (candidates.length === 0) return beside;
    const all = [...beside, ...candidates];
    if (this.#isBetter(all)) return all;
    if (candidates.length === 1) return beside;
    const half = Math.ceil(candidates.length / 2);
    return this.accepted(candidates.slice(half), this.accepted(candidates.slice(0, half), beside));
  }

  /** The text with some repairs; undefined if two of them change the same place. */
  textWith(made: readonly Candidate[]): string | undefined {
    try {
      return applyEdits(this.#template.text, distinct(made.flatMap(({ fix }) => fix.edits)));
    } catch (error) {
      if (error instanceof ManualConversionRequired) return undefined;
      throw error;
    }
  }

  /** Whether the findings are gone and no others have appeared, so that a text with another meaning is never returned. */
  #isBetter(made: readonly Candidate[]): boolean {
    const text = this.textWith(made);
    if (text === undefined) return false;
    const change = joined(made.map(({ fix }) => fix));
    if (!saysTheSame(this.#template.root, change, treeOrNone(text)?.root)) return false;
    if (String(textsOfComments(text)) !== String(this.#comments)) return false;
    const after = checkTemplate(Template.read(this.#template.file, text), this.#options);
    const gone = new Set(made.map(({ finding }) => finding));
    const expected = this.#before.findings.filter((finding) => !gone.has(finding));
    const found = after.findings.filter(
      (each) => !made.some(({ finding }) => isShownBy(finding, each)),
    );
    return (
      isPartOf(found.map(keyOf), expected.map(keyOf)) &&
      isPartOf(after.notes.flatMap(toldAlways), this.#before.notes.flatMap(toldAlways))
    );
  }
}

const textsOfComments = (text: string): string[] =>
  commentsOf(text)
    .map((comment) => comment.text)
    .sort();

/** Whether a finding is about a value whose name was unknown before a repair, so that nothing was known about it. */
const isShownBy = ({ rule, logicalId, repairs: [repair] }: Finding, found: Finding): boolean =>
  rule === 'unknown-property' &&
  logicalId === found.logicalId &&
  Object.entries(repair ?? {}).some(
    ([path, value]) => value !== null && isWithin(found.property, path),
  );

/** What identifies a finding after lines have moved and numbers in its message have changed. */
const keyOf = ({ logicalId, property, rule, severity }: Finding): string =>
  [logicalId, property, rule, severity].join(' ');

const toldAlways = ({ logicalId, message, always }: Checked['notes'][number]): string[] =>
  always ? [`${logicalId} ${message}`] : [];

/** Whether a list contains all texts of another one, each as often. */
function isPartOf(texts: readonly string[], others: readonly string[]): boolean {
  const rest = new Map<string, number>();
  for (const each of others) rest.set(each, (rest.get(each) ?? 0) + 1);
  return texts.every((each) => {
    const count = rest.get(each) ?? 0;
    rest.set(each, count - 1);
    return count > 0;
  });
}

/** All iterations of an Fn::ForEach have the same findings in the same place. */
const distinct = <T extends Edit | PropertyChange>(all: readonly T[]): T[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];
