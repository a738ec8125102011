/** What CloudFormation, the type and FSx do with a file system that both templates have. */
import type { Step } from '../../lustre/changes/changes';
import { insteadOf } from '../../lustre/changes/create-only';
import { without } from '../../lustre/json';
import type { LustreProperties } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import { rowOf } from '../../lustre/properties/property-table';
import { propertyNamed } from '../../lustre/properties/shapes';
import { givenAttributes } from '../../lustre/rules/read-only';
import { readPartial, type Model } from '../../lustre/unresolved/model';
import { unknownsIn } from '../../lustre/unknown';
import { errorsOf, type Violation } from '../../lustre/violations';
import { NATIVE_NOT_YET, NATIVE_TYPE, NESTED, type ResourceType } from '../resource-types';
import type { PropertyChange, Reason, Verdict } from './change';
import { differenceOf } from './comparison';
import type { Difference } from './difference';
import {
  creationViolations,
  mayBeAccepted,
  reasonOf,
  uncertain,
  type JudgeOptions,
} from './creation';
import { fateOfReplaced, type Fate } from './data';
import { BACKUP, isLinked } from './deletion';
import { amountsOf, figuresOf } from './figures';
import { NATIVE_UNSUPPORTED, oneCall, unsupportedChange } from './native-updates';
import { forType, isUnseen, plansOf } from './plans';
import type { References } from './replaced-references';
import {
  isSameToFsx,
  propertyChange,
  replacingProperties,
  replacingReason,
  type Versions,
} from './replacing';
import { MAY_BE_REPLACED, REPLACED, RESTORED, SENTENCES } from './sentences';
import { knownModelOf, type State } from './state';
import { changeStepOf, oneStep, tagStep } from './steps';

type Name = keyof LustreProperties;

const isNative = (type: ResourceType): boolean => type.name === NATIVE_TYPE;

/** The update of a file system that both templates have. */
export class Update {
  readonly #type: ResourceType;
  readonly #differences: ReadonlyMap<Name, Difference>;

  constructor(
    private readonly before: State,
    private readonly after: State,
    private readonly options: JudgeOptions,
    private readonly references: References,
  ) {
    this.#type = before.type;
    const names = Object.keys({ ...before.model, ...after.model });
    this.#differences = new Map(
      names
        .map((name) => [name as Name, this.#difference(name as Name)] as const)
        .filter(([, difference]) => difference !== 'none'),
    );
  }

  #difference(name: Name): Difference {
    const { before, after, references } = this;
    const how = references.comparing(before.written(name), after.written(name));
    return differenceOf(before.model[name], after.model[name], how);
  }

  verdict(): Verdict {
    const { refused, whyUnknown = this.before.whyUnknown } = this.after;
    if (refused.length > 0) return this.#as('refused', SENTENCES.refused, refused);
    if (whyUnknown !== undefined)
      return this.#mayBeReplaced([{ property: 'Properties', message: whyUnknown }]);
    const unchecked = this.#unchecked();
    const isUpdatable = unchecked.every(({ property }) =>
      NATIVE_NOT_YET.some((name) => property === `${NESTED}.${name}`),
    );
    if (!isUpdatable) return this.#mayBeReplaced(unchecked);
    if (this.#differences.size === 0 && unchecked.length > 0)
      return this.#as('unknown', SENTENCES.undecided, unchecked);
    if (this.#differences.size === 0)
      return this.#as('none', SENTENCES.none, this.#policyReasons());
    const replacing = replacingProperties(this.#type);
    const affected = [...this.#differences].filter(([name]) => replacing.includes(name));
    if (affected.some(([, difference]) => difference === 'certain'))
      return this.#replaced(affected);
    if (affected.length > 0)
      return this.#mayBeReplaced(affected.map(([name]) => this.#openReason(name)));
    return this.#updated();
  }

  /** Changed properties that AWS may have added to its type after this version. */
  #unchecked(): readonly Reason[] {
    const [before, after] = [this.before.unchecked, this.after.unchecked];
    const how = this.references.comparing(undefined, undefined);
    return Object.keys({ ...before, ...after })
      .filter((name) => differenceOf(before[name], after[name], how) !== 'none')
      .map((property) => ({
        property,
        message: `${property} differs, and this version does not know it as a property of ${NATIVE_TYPE}: see "Update requires" in AWS's reference.`,
      }));
  }

  /** A verdict under which the file system stays, or continues as before. */
  #as(
    change: Verdict['change'],
    verdict: string,
    reasons: readonly Reason[],
    more: Partial<Pick<Verdict, 'steps' | 'dataLoss' | 'keptMonthlyCost'>> = {},
    after: Model | null = knownModelOf(this.before),
  ): Verdict {
    const { cost } = this.options;
    const { defaults } = this.#type;
    return {
      change,
      dataLoss: false,
      verdict,
      reasons,
      steps: [],
      differences: [...this.#differences.keys()].map((name) => this.#propertyChange(name)),
      ...amountsOf(
        figuresOf(knownModelOf(this.before), cost, defaults),
        figuresOf(after, cost, defaults),
      ),
      ...more,
    };
  }

  get #versions(): Versions {
    return { type: this.#type, before: this.before.model, after: this.after.model };
  }

  #propertyChange(name: Name): PropertyChange {
    return propertyChange(name, this.#versions);
  }

  #replaced(affected: readonly (readonly [Name, Difference])[]): Verdict {
    const why = affected.map(([name, difference]) =>
      difference === 'certain' ? this.#replacingReason(name) : this.#openReason(name),
    );
    const violations = creationViolations(this.after, this.options);
    const refusals = violations.map(reasonOf(this.#type));
    if (isNative(this.#type) && mayBeAccepted(violations))
      return this.#mayBeReplaced([...refusals.map(uncertain), ...why]);
    if (refusals.length > 0) {
      const first = {
        property: this.#type.path(affected[0]?.[0] ?? 'Properties'),
        message:
          'CloudFormation would replace the file system, and the new one is refused: the update is rolled back, and the old one remains.',
      };
      return this.#as('refused', SENTENCES.refused, [...refusals, first]);
    }
    const fate = fateOfReplaced(this.before, this.after);
    return this.#as(
      'replace',
      (this.after.model.BackupId === undefined ? REPLACED : RESTORED)[fate],
      [...why, ...this.#replacementAdvice(fate)],
      { dataLoss: fate === 'lost', ...this.#keptCost(fate) },
      this.after.model,
    );
  }

  #keptCost(fate: Fate): Pick<Verdict, 'keptMonthlyCost'> {
    if (fate !== 'kept') return {};
    const { monthlyCost } = figuresOf(
      knownModelOf(this.before),
      this.options.cost,
      this.#type.defaults,
    );
    return { keptMonthlyCost: monthlyCost };
  }

  #replacementAdvice(fate: Fate): readonly Reason[] {
    const property = 'UpdateReplacePolicy';
    if (fate === 'in a backup') return [{ property: 'SkipFinalBackup', message: BACKUP }];
    if (fate === 'kept')
      return [
        {
          property,
          message:
            'Copy the data from the old file system to the new one. The old one is billed until you delete it with `aws fsx delete-file-system`.',
        },
      ];
    const isHalf = [this.before, this.after].some(
      ({ updateReplacePolicy }) => updateReplacePolicy === 'Retain',
    );
    const message = isHalf
      ? 'Only one of the two templates has UpdateReplacePolicy: Retain, and AWS does not document which of them CloudFormation uses. Deploy the policy before this change.'
      : 'To keep the data, revert the property; or add UpdateReplacePolicy: Retain to the file system and deploy that before this change.';
    return [{ property, message }, ...isLinked(this.before)];
  }

  #replacingReason(name: Name): Reason {
    const property = this.#type.path(name);
    const by = this.#reference(name);
    if (by !== undefined)
      return {
        property,
        message: `${by}. So ${name} changes, and CloudFormation replaces the file system.`,
      };
    return replacingReason(name, this.#versions);
  }

  /** The first replaced resource that a property refers to with an unchanged expression. */
  #reference(name: Name): string | undefined {
    const unknowns = unknownsIn(this.after.model[name]);
    const before = new Set(unknownsIn(this.before.model[name]).map(([, { key }]) => key));
    for (const [, unknown] of unknowns) {
      const found = before.has(unknown.key) ? this.references.of(unknown) : undefined;
      if (found) return `${this.#type.path(name)} refers to ${found.logicalId}: ${found.why}`;
    }
    return undefined;
  }

  #openReason(name: Name): Reason {
    const property = this.#type.path(name);
    const by = this.#reference(name);
    const { before, after } = this.#propertyChange(name);
    const why = this.#why(name);
    const what =
      by ??
      `Whether ${property} changes, from ${before ?? 'none'} to ${after ?? 'none'}, is not known${why === undefined ? '' : `, because ${why}`}`;
    return { property, message: `${what}.` };
  }

  #why(name: Name): string | undefined {
    const unknowns = [this.after, this.before].flatMap(({ model }) => unknownsIn(model[name]));
    return unknowns[0]?.[1].why;
  }

  #mayBeReplaced(reasons: readonly Reason[]): Verdict {
    const fate = fateOfReplaced(this.before, this.after);
    const isLost = fate === 'lost';
    return this.#as(
      'unknown',
      MAY_BE_REPLACED[fate],
      [...reasons, ...(fate === 'kept' ? [] : this.#replacementAdvice(fate))],
      { dataLoss: isLost },
      knownModelOf(this.after),
    );
  }

  #policyReasons(): readonly Reason[] {
    const reasons = [
      ['DeletionPolicy', 'deletion of the stack or a removal from its template', this.before.deletionPolicy, this.after.deletionPolicy] as const, // oxfmt-ignore
      ['UpdateReplacePolicy', 'change of a property that FSx accepts only at creation', this.before.updateReplacePolicy, this.after.updateReplacePolicy] as const, // oxfmt-ignore
    ];
    return reasons.flatMap(([property, occasion, before, after]) =>
      before?.startsWith('Retain') && !after?.startsWith('Retain')
        ? [
            {
              property,
              message: `${property}: ${before} is removed: after this update, a ${occasion} loses the data.`,
            },
          ]
        : [],
    );
  }

  /** A change that CloudFormation passes to the update handler of the type. */
  #updated(): Verdict {
    const native = isNative(this.#type);
    const undecided = [...this.#differences].flatMap(([name, difference]) =>
      difference === 'unknown' || this.#isUnseen(name) || this.#reference(name) !== undefined
        ? [name]
        : [],
    );
    const unsupported = native ? NATIVE_UNSUPPORTED.filter((name) => this.#differences.has(name)) : []; // oxfmt-ignore
    const [before, after] = [this.before, this.after].map(({ model }) => without(model, [...undecided, ...unsupported])); // oxfmt-ignore
    const given = errorsOf([
      ...givenAttributes(this.after.model),
      ...readPartial(this.after.model, {}).violations,
    ]);
    const { described } = this.before;
    const plans =
      given.length > 0 ? [] : plansOf(before ?? {}, after ?? {}, this.#type, { described });
    const refused = plans.filter(({ refusals }) => refusals.length > 0);
    const [first] = refused;
    if (given.length > 0 || (first && refused.length === plans.length))
      return this.#refused([...given, ...(first?.refusals ?? [])]);
    const open = [
      ...undecided.map((name) => this.#openUpdate(name)),
      ...(first?.refusals ?? []).map(({ property, message }) => ({
        property: this.#type.path(property),
        message: `${message} This depends on values that are not known yet.`,
      })),
      ...(native ? [...this.#unchecked(), ...this.#unclearForNative()] : []),
    ];
    const [plan] = plans.filter(({ refusals }) => refusals.length === 0);
    const steps = plan?.steps ?? [];
    const call = native
      ? oneCall(
          steps.flatMap(({ properties }) => Object.keys(properties) as Name[]),
          'the native type',
        )
      : undefined;
    if (call?.outcome === 'refused') return this.#refused([call]);
    const pathed = call && { property: this.#type.path(call.property), message: call.message };
    const isDecided =
      undecided.length === 0 && first === undefined && this.#unchecked().length === 0;
    const sentence = isDecided ? SENTENCES.undocumented : SENTENCES.undecided;
    return this.#inPlace(steps, plan?.current ?? {}, pathed ? [...open, pathed] : open, sentence);
  }

  #inPlace(
    steps: readonly Step[],
    current: LustreProperties,
    open: readonly Pick<Reason, 'property' | 'message'>[],
    whyOpen: string,
  ): Verdict {
    const { model } = this.after;
    const isTagged = this.#differences.has('Tags') && !isSameToFsx('Tags', this.#versions);
    const all = [
      ...(isTagged ? [tagStep(model)] : []),
      ...(isNative(this.#type)
        ? oneStep(steps, current, model)
        : steps.map((step) => changeStepOf(step, current, model))),
    ];
    const isOpen = open.length > 0;
    return this.#as(
      isOpen ? 'unknown' : 'in-place',
      isOpen ? whyOpen : all.length > 0 ? SENTENCES.inPlace : SENTENCES.nothingToDo,
      [
        ...open.map(({ property, message }) => ({ property, message })),
        ...this.#restRemark(steps),
        ...this.#remarks(),
        ...this.#policyReasons(),
      ],
      { steps: all },
      { ...knownModelOf(this.before), ...model },
    );
  }

  /** https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-throughput-capacity.html */
  #restRemark(steps: readonly Step[]): readonly Reason[] {
    const resting = steps.filter(({ name }) => name === 'throughput' || name === 'storage');
    return isNative(this.#type) || resting.length < 2
      ? []
      : [
          {
            property: 'StorageCapacity',
            message:
              'FSx requires six hours between changes of PerUnitStorageThroughput and StorageCapacity. The type waits, so the stack update takes more than six hours: if that is too long, change them in two deployments.',
          },
        ];
  }

  #refused(violations: readonly Pick<Violation, 'property' | 'message'>[]): Verdict {
    const reason = reasonOf(this.#type);
    const reasons = violations.map((each) => reason(each)).map(forType(this.#type));
    return this.#as('refused', SENTENCES.refused, reasons);
  }

  #isUnseen(name: Name): boolean {
    return !this.before.described && isUnseen(name, this.before.model, this.#type);
  }

  #openUpdate(name: Name): Reason {
    if (this.#differences.get(name) !== 'certain' || !this.#isUnseen(name))
      return this.#openReason(name);
    const property = this.#type.path(name);
    const message = `The current ${property} of the file system is not known: the old template leaves it to ${this.before.model.BackupId === undefined ? 'FSx' : 'the backup'}.`;
    return { property, message };
  }

  #unclearForNative(): readonly Reason[] {
    return [...this.#differences.keys()].flatMap((name): Reason[] => {
      const property = this.#type.path(name);
      if (NATIVE_UNSUPPORTED.includes(name))
        return [
          {
            property,
            message: `${unsupportedChange(property)} ${insteadOf(name) ?? ''}`.trimEnd(),
          },
        ];
      const isTakenOut = this.after.model[name] === undefined && name !== 'Tags';
      return isTakenOut
        ? [
            {
              property,
              message: `${property} is removed from the template: AWS does not document whether ${NATIVE_TYPE} then leaves the file system unchanged.`,
            },
          ]
        : [];
    });
  }

  /** What a reader might not expect of a change in place. */
  #remarks(): readonly Reason[] {
    const native = isNative(this.#type);
    return [...this.#differences.keys()].flatMap((name): Reason[] => {
      const remark = native ? nativeRemark(name) : this.#remark(name);
      return remark === undefined ? [] : [{ property: this.#type.path(name), message: remark }];
    });
  }

  #remark(name: Name): string | undefined {
    if (!propertyNamed(name)) return undefined;
    const { update, takenOut } = rowOf(name);
    const isTakenOut = this.after.model[name] === undefined;
    if (name === 'SkipFinalBackup' && parseProperties(this.before.model).properties[name] === false)
      return 'After this update, a deletion creates no final backup.';
    if (update === 'none')
      return `No call to FSx is made now: ${name} is used when the file system is deleted.`;
    return isTakenOut && takenOut === 'stays'
      ? `${name} is removed from the template, and the file system keeps its value.`
      : undefined;
  }
}

const nativeRemark = (name: Name): string | undefined =>
  // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1687
  name === 'Tags'
    ? `${NATIVE_TYPE} sends the backup retention along with tags, which FSx refuses on a file system that has data repository associations.`
    : undefined;
