/** The conditions and parameters under which something applies. */
import type { Work } from '../lustre/explore';
import { ANOTHER_VALUE } from '../template/deployment';
import type { Outcome } from './file-systems';

/** What the affected outcomes have in common and others do not have: `Large is true`, `Stage is prod`. */
export function whenOf(
  affected: ReadonlySet<Outcome>,
  outcomes: readonly Outcome[],
  work: Work,
): string {
  if (affected.size === outcomes.length) return '';
  const [some] = affected;
  const facts = (some?.conditions.size ?? 0) + (some?.values.size ?? 0);
  work.spend((outcomes.length * (1 + facts)) / FACTS_IN_A_STEP);
  // If everything affected has default parameters, only other outcomes with defaults must be distinguished.
  const isUsual = [...affected].every(({ byDefault }) => byDefault);
  const all = isUsual ? outcomes.filter(({ byDefault }) => byDefault) : outcomes;
  const others = all.filter((outcome) => !affected.has(outcome));
  const conditions = common(affected, others, (outcome) => outcome.conditions);
  if (tellsApart(conditions, others)) return phrase(needed(conditions, others));
  const values = common(affected, others, (outcome) => outcome.values);
  return phrase(tellsApart(values, others) ? needed(values, others) : [...conditions, ...values]);
}

/** The number of comparisons that count as one step of work. */
const FACTS_IN_A_STEP = 16;

interface Fact {
  readonly name: string;
  readonly value: string | boolean;
  readonly of: (outcome: Outcome) => ReadonlyMap<string, string | boolean>;
}

/** The facts of all affected outcomes that are not facts of all others. */
function common(
  affected: ReadonlySet<Outcome>,
  others: readonly Outcome[],
  of: Fact['of'],
): Fact[] {
  const [first] = affected;
  return [...(first ? of(first) : [])]
    .map(([name, value]) => ({ name, value, of }))
    .filter((fact) => [...affected].every(holdsIn(fact)) && !others.every(holdsIn(fact)));
}

const holdsIn =
  ({ name, value, of }: Fact) =>
  (outcome: Outcome): boolean =>
    of(outcome).get(name) === value;

/** A fact that was not evaluated in an outcome may be true in it. */
const mayHoldIn =
  (fact: Fact) =>
  (outcome: Outcome): boolean =>
    !fact.of(outcome).has(fact.name) || holdsIn(fact)(outcome);

const tellsApart = (facts: readonly Fact[], others: readonly Outcome[]): boolean =>
  !others.some((outcome) => facts.every((fact) => mayHoldIn(fact)(outcome)));

/** The facts that suffice to distinguish the outcomes. Conditions that are false are dropped first. */
function needed(facts: readonly Fact[], others: readonly Outcome[]): readonly Fact[] {
  const doubted = [...facts].sort((a, b) => Number(a.value !== false) - Number(b.value !== false));
  const toldApart = (fact: Fact) => others.filter((outcome) => !mayHoldIn(fact)(outcome));
  // How many of the remaining facts distinguish each of the other outcomes. There must be at least one.
  const telling = new Map<Outcome, number>();
  for (const other of facts.flatMap(toldApart)) telling.set(other, (telling.get(other) ?? 0) + 1);
  const kept = new Set(facts);
  for (const fact of doubted) {
    const told = toldApart(fact);
    if (kept.size === 1 || told.some((other) => telling.get(other) === 1)) continue;
    kept.delete(fact);
    for (const other of told) telling.set(other, (telling.get(other) ?? 0) - 1);
  }
  return facts.filter((fact) => kept.has(fact));
}

/** That a value differs says the least, so it is mentioned only if nothing else is. */
function phrase(facts: readonly Fact[]): string {
  const telling = facts.filter(({ value }) => value !== ANOTHER_VALUE);
  return (telling.length > 0 ? telling : facts)
    .map(({ name, value }) => `${name} is ${value}`)
    .join(' and ');
}
