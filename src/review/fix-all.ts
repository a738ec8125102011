/** Carries out, in the text of a template, each repair that is the only one of its finding. */
import { commentsOf } from '../template/comments';
import { readTree, Unreadable } from '../template/source-tree';
import { Template } from '../template/template';
import { checkTemplate, type Checked } from './check';
import {
  applyEdits,
  joined,
  ManualConversionRequired,
  saysTheSame,
  type Edit,
} from './conversion/edits';
import { findFileSystems, type FileSystem, type ReviewOptions } from './file-systems';
import type { Finding } from './finding';
import { fixOf, NotFixable, type Fix, type PropertyChange } from './fix';

/** A change that was made. */
export interface AppliedChange extends Omit<PropertyChange, 'at'> {
  readonly file: string;
  readonly line: number;
}

export interface Fixed {
  readonly text: string;
  readonly changes: readonly AppliedChange[];
  /** Findings that have one repair, which was not made. */
  readonly left: readonly { readonly finding: Finding; readonly why: string }[];
}

/** A map is changed once in a round, and what was changed may show what else has one repair now. */
const MAX_ROUNDS = 50;

/**
 * The text of a template with every finding repaired that has exactly one repair, where that is written at the property
 * itself and takes nothing but the finding away.
 * @throws Unreadable where the text is not a template.
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

/** A repair that may be made. */
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
      left.push({ finding, why: 'the change would lead to another finding' });
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

/** Tries repairs on a template, and looks at what is found then. */
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

  /** Those that can be made beside others; where all together cannot, each half of them is tried. */
  accepted(candidates: readonly Candidate[], beside: readonly Candidate[]): readonly Candidate[] {
    if (candidates.length === 0) return beside;
    const all = [...beside, ...candidates];
    if (this.#isBetter(all)) return all;
    if (candidates.length === 1) return beside;
    const half = Math.ceil(candidates.length / 2);
    return this.accepted(candidates.slice(half), this.accepted(candidates.slice(0, half), beside));
  }

  /** The text in which some repairs are made; undefined where two of them fall on the same place. */
  textWith(made: readonly Candidate[]): string | undefined {
    try {
      return applyEdits(this.#template.text, distinct(made.flatMap(({ fix }) => fix.edits)));
    } catch (error) {
      if (error instanceof ManualConversionRequired) return undefined;
      throw error;
    }
  }

  /** Whether all of them are gone and nothing else has come, whatever way of writing was not thought of. */
  #isBetter(made: readonly Candidate[]): boolean {
    const text = this.textWith(made);
    if (text === undefined) return false;
    const root = readOrNothing(text);
    if (!saysTheSame(this.#template.root, joined(made.map(({ fix }) => fix)), root)) return false;
    if (String(textsOfComments(text)) !== String(this.#comments)) return false;
    const after = checkTemplate(Template.read(this.#template.file, text), this.#options);
    const gone = new Set(made.map(({ finding }) => finding));
    const expected = this.#before.findings.filter((finding) => !gone.has(finding));
    return (
      isPartOf(after.findings.map(keyOf), expected.map(keyOf)) &&
      isPartOf(after.notes.flatMap(toldAlways), this.#before.notes.flatMap(toldAlways))
    );
  }
}

const textsOfComments = (text: string): string[] =>
  commentsOf(text)
    .map((comment) => comment.text)
    .sort();

function readOrNothing(text: string) {
  try {
    return readTree(text).root;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** What stays the same of a finding when lines move and numbers in its message change. */
const keyOf = ({ logicalId, property, rule, severity }: Finding): string =>
  [logicalId, property, rule, severity].join(' ');

const toldAlways = ({ logicalId, message, always }: Checked['notes'][number]): string[] =>
  always ? [`${logicalId} ${message}`] : [];

/** Whether each text is among others, as often. */
function isPartOf(texts: readonly string[], others: readonly string[]): boolean {
  const rest = new Map<string, number>();
  for (const each of others) rest.set(each, (rest.get(each) ?? 0) + 1);
  return texts.every((each) => {
    const count = rest.get(each) ?? 0;
    rest.set(each, count - 1);
    return count > 0;
  });
}

/** Each round of an Fn::ForEach finds the same in the same place. */
const distinct = <T extends Edit | PropertyChange>(all: readonly T[]): T[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];
