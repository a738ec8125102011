/**
 * A template while it is being written. Each property is computed when it is first read, and only once, so that a text is
 * parsed only as far as needed.
 */
import type { CostOptions } from '../../lustre/estimates/cost';
import { Work } from '../../lustre/explore';
import { bytesIn, QUOTAS } from '../../template/limits';
import { NoTemplate, readDraft, type DraftTree } from '../../template/source-tree';
import { Template } from '../../template/template';
import { checkTemplate, type Checked } from '../check';
import { estimateFileSystems, type Row } from '../estimate';
import { failureOf, type Failure } from '../failure';
import { findFileSystems, type FileSystem, type ReviewOptions } from '../file-systems';
import { fixAll } from '../fixes/fix-all';

/** The options of a review in an editor. */
export interface AuthoringOptions {
  readonly review: Omit<ReviewOptions, 'file'>;
  readonly costs: CostOptions;
}

/** The findings of a template, or why it was not reviewed. */
export interface Reviewed extends Pick<Checked, 'findings'> {
  readonly failure?: Failure;
}

/** Matches every text that may contain a Lustre file system, even if the name of its type is built by a function or escaped. */
const MAY_BE_OURS = /FSx|\\[ux]/;

/** The largest text that is parsed; commands have the same limit. CloudFormation accepts at most 1 MB. */
const MOST_BYTES = 2 * QUOTAS.templateBytes.most;

/** A text and what is known about it. */
export class TemplateDraft {
  #tree: DraftTree | Failure | undefined;
  #fileSystems: readonly FileSystem[] | undefined;
  #reviewed: Reviewed | undefined;
  #rows: readonly Row[] | undefined;
  #fixed: string | undefined;

  constructor(
    readonly text: string,
    readonly options: AuthoringOptions,
    /** Called when the text is parsed. */
    private readonly onRead: () => void = () => undefined,
  ) {}

  /** Whether the text may contain a file system. Does not parse it. */
  get mayBeOurs(): boolean {
    return MAY_BE_OURS.test(this.text);
  }

  /** The parsed text, as far as it can be parsed; undefined if it cannot. */
  get tree(): DraftTree | undefined {
    const tree = this.#read();
    return 'root' in tree ? tree : undefined;
  }

  /** The template, as far as it can be parsed; undefined if the text is not a template. */
  get template(): Template | undefined {
    const { tree } = this;
    if (!tree) return undefined;
    try {
      // Each property has its own limit of work.
      return Template.read('template', this.text, new Work(), tree);
    } catch (error) {
      failureOf(error, 'template');
      return undefined;
    }
  }

  /** The Lustre file systems, as far as they can be parsed. */
  get fileSystems(): readonly FileSystem[] {
    return (this.#fileSystems ??= this.#attempt([], () => {
      const { template } = this;
      return template ? findFileSystems(template, this.options.review) : [];
    }));
  }

  /** The findings of `check` if the template has a file system, and the failure if the template cannot be reviewed. */
  get reviewed(): Reviewed {
    return (this.#reviewed ??= this.#review());
  }

  /** The estimate of each file system; empty unless the whole template can be parsed. */
  get rows(): readonly Row[] {
    return (this.#rows ??= this.#attempt([], () => {
      const { template } = this;
      const { review, costs } = this.options;
      if (!template || this.tree?.problem) return [];
      const ids = new Set(this.fileSystems.map(({ logicalId }) => logicalId));
      return estimateFileSystems(template, { ...review, ...costs }).filter(({ logicalId }) =>
        ids.has(logicalId),
      );
    }));
  }

  /** The text after every finding with exactly one repair has been repaired. */
  get fixed(): string {
    return (this.#fixed ??= this.#attempt(
      this.text,
      () => fixAll(this.text, this.options.review).text,
    ));
  }

  #read(): DraftTree | Failure {
    if (this.#tree) return this.#tree;
    try {
      if (bytesIn(this.text) > MOST_BYTES) return (this.#tree = TOO_LARGE);
      this.onRead();
      this.#tree = readDraft(this.text);
    } catch (error) {
      this.#tree = failureOf(error, 'template');
    }
    return this.#tree;
  }

  #review(): Reviewed {
    if (!this.mayBeOurs) return NOTHING;
    const tree = this.#read();
    if (!('root' in tree)) return { findings: [], failure: tree };
    try {
      if (tree.problem) throw tree.problem;
      const template = Template.read('template', this.text, new Work(), tree);
      const { findings, fileSystems, notCreated } = checkTemplate(template, this.options.review);
      return fileSystems + notCreated === 0 ? NOTHING : { findings };
    } catch (error) {
      return error instanceof NoTemplate
        ? NOTHING
        : { findings: [], failure: failureOf(error, 'template') };
    }
  }

  /** The result of a function, or `otherwise` if it would take too much work. */
  #attempt<T>(otherwise: T, run: () => T): T {
    try {
      return run();
    } catch (error) {
      failureOf(error, 'template');
      return otherwise;
    }
  }
}

const NOTHING: Reviewed = { findings: [] };

const TOO_LARGE: Failure = {
  file: 'template',
  message: 'this is larger than 2 MB, and CloudFormation accepts templates of at most 1 MB',
};
