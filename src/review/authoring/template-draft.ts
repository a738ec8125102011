/**
 * A template while it is written: each thing that is asked of its text is found out once, and nothing of a text that is not
 * asked for.
 */
import type { CostOptions } from '../../lustre/estimates/cost';
import { Work } from '../../lustre/explore';
import { bytesIn, QUOTAS } from '../../template/limits';
import { NoTemplate, readDraft, type DraftTree } from '../../template/source-tree';
import { Template } from '../../template/template';
import { checkTemplate, type Checked } from '../check';
import { estimateTemplate, type Row } from '../estimate';
import { failureOf, type Failure } from '../failure';
import { findFileSystems, type FileSystem, type ReviewOptions } from '../file-systems';
import { fixAll } from '../fix-all';
import { NATIVE_TYPE } from '../resource-types';

/** What a template is reviewed with. */
export interface AuthoringOptions {
  readonly review: Omit<ReviewOptions, 'file'>;
  readonly costs: CostOptions;
  /** Whether AWS::FSx::FileSystem of type LUSTRE is looked at, beside this type. */
  readonly native: boolean;
}

/** What was found in a template, or why it was not looked at. */
export interface Reviewed extends Pick<Checked, 'findings'> {
  readonly failure?: Failure;
}

/** What a text has to hold for a file system to be in it, also where a type is put together or escaped. */
const MAY_BE_OURS = /FSx|\\[ux]/;

/** More is read by no command either: CloudFormation takes no template of more than 1 MB. */
const MOST_BYTES = 2 * QUOTAS.templateBytes.most;

export class TemplateDraft {
  #tree: DraftTree | Failure | undefined;
  #fileSystems: readonly FileSystem[] | undefined;
  #reviewed: Reviewed | undefined;
  #rows: readonly Row[] | undefined;
  #fixed: string | undefined;

  constructor(
    readonly text: string,
    readonly options: AuthoringOptions,
    /** Is told when the text is read. */
    private readonly onRead: () => void = () => undefined,
  ) {}

  /** Whether the text may hold a file system, told without reading it. */
  get mayBeOurs(): boolean {
    return MAY_BE_OURS.test(this.text);
  }

  /** What can be read of the text; undefined where nothing can. */
  get tree(): DraftTree | undefined {
    const tree = this.#read();
    return 'root' in tree ? tree : undefined;
  }

  /** The template, as far as it can be read; undefined where that is no template. */
  get template(): Template | undefined {
    const { tree } = this;
    if (!tree) return undefined;
    try {
      // What one question takes does not count for the next.
      return Template.read('template', this.text, new Work(), tree);
    } catch (error) {
      failureOf(error, 'template');
      return undefined;
    }
  }

  /** The Lustre file systems, as far as they can be read. */
  get fileSystems(): readonly FileSystem[] {
    return (this.#fileSystems ??= this.#attempt([], () => {
      const { template } = this;
      const found = template ? findFileSystems(template, this.options.review) : [];
      return found.filter(({ type }) => this.options.native || type.name !== NATIVE_TYPE);
    }));
  }

  /** What `check` finds, where there is a file system; why there is nothing, where the template cannot be looked at. */
  get reviewed(): Reviewed {
    return (this.#reviewed ??= this.#review());
  }

  /** Throughput and cost of each file system, where the whole template can be read. */
  get rows(): readonly Row[] {
    return (this.#rows ??= this.#attempt([], () => {
      const { template } = this;
      const { review, costs } = this.options;
      if (!template || this.tree?.problem) return [];
      const ids = new Set(this.fileSystems.map(({ logicalId }) => logicalId));
      return estimateTemplate(template, { ...review, ...costs }).rows.filter(({ logicalId }) =>
        ids.has(logicalId),
      );
    }));
  }

  /** The text with every finding repaired that has one repair. */
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
      const { review, native } = this.options;
      const template = Template.read('template', this.text, new Work(), tree);
      const { findings, fileSystems, notCreated } = checkTemplate(template, review);
      if (fileSystems + notCreated === 0) return NOTHING;
      const left = native ? new Set<string>() : nativeIds(template, review);
      return { findings: findings.filter(({ logicalId }) => !left.has(logicalId)) };
    } catch (error) {
      return error instanceof NoTemplate
        ? NOTHING
        : { findings: [], failure: failureOf(error, 'template') };
    }
  }

  /** What a question comes to; the second where that would take too long. */
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

const nativeIds = (template: Template, options: ReviewOptions): Set<string> =>
  new Set(
    findFileSystems(template, options)
      .filter(({ type }) => type.name === NATIVE_TYPE)
      .map(({ logicalId }) => logicalId),
  );
