/** The conditions and parameters under which something holds. */
import { ANOTHER_VALUE } from '../template/deployment';
import type { Outcome } from './file-systems';

/** What the affected outcomes have in common, and the others have not: `Large is true`, `Stage is prod`. */
export function whenOf(affected: ReadonlySet<Outcome>, outcomes: readonly Outcome[]): string {
  if (affected.size === outcomes.length) return '';
  // What is only so where all parameters have their defaults need not be told apart from the rest.
  const isUsual = [...affected].every(({ byDefault }) => byDefault);
  const all = isUsual ? outcomes.filter(({ byDefault }) => byDefault) : outcomes;
  const others = all.filter((outcome) => !affected.has(outcome));
  const conditions = common(affected, others, (outcome) => outcome.conditions);
  if (tellsApart(conditions, others)) return phrase(needed(conditions, others));
  const values = common(affected, others, (outcome) => outcome.values);
  return phrase(tellsApart(values, others) ? needed(values, others) : [...conditions, ...values]);
}

interface Fact {
  readonly name: string;
  readonly value: string | boolean;
  readonly of: (outcome: Outcome) => ReadonlyMap<string, string | boolean>;
}

/** What is the same in all affected outcomes, and not in all others. */
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

const tellsApart = (facts: readonly Fact[], others: readonly Outcome[]): boolean =>
  !others.some((outcome) => facts.every((fact) => holdsIn(fact)(outcome)));

/** The facts that are enough to tell the outcomes apart; conditions that are false are left out first. */
function needed(facts: readonly Fact[], others: readonly Outcome[]): readonly Fact[] {
  const doubted = [...facts].sort((a, b) => Number(a.value !== false) - Number(b.value !== false));
  let kept = facts;
  for (const fact of doubted) {
    const rest = kept.filter((each) => each !== fact);
    if (rest.length > 0 && tellsApart(rest, others)) kept = rest;
  }
  return kept;
}

/** That a value is another one says least: it is left out beside anything else. */
function phrase(facts: readonly Fact[]): string {
  const telling = facts.filter(({ value }) => value !== ANOTHER_VALUE);
  return (telling.length > 0 ? telling : facts)
    .map(({ name, value }) => `${name} is ${value}`)
    .join(' and ');
}
