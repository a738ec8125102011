/** In which of the ways that a template may turn out something is so. */
import type { Way } from './file-systems';

/** What those ways have in common, and the others have not: `Large is true`, `Stage is prod`. */
export function whenOf(affected: ReadonlySet<Way>, ways: readonly Way[]): string {
  if (affected.size === ways.length) return '';
  // What is only so where all parameters have their defaults need not be told apart from the rest.
  const isUsual = [...affected].every(({ byDefault }) => byDefault);
  const all = isUsual ? ways.filter(({ byDefault }) => byDefault) : ways;
  const others = all.filter((way) => !affected.has(way));
  const conditions = common(affected, others, (way) => way.conditions);
  if (tellsApart(conditions, others)) return said(needed(conditions, others));
  const values = common(affected, others, (way) => way.values);
  return said(tellsApart(values, others) ? needed(values, others) : [...conditions, ...values]);
}

interface Fact {
  readonly name: string;
  readonly value: string | boolean;
  readonly of: (way: Way) => ReadonlyMap<string, string | boolean>;
}

/** What is the same in all affected ways, and not in all others. */
function common(affected: ReadonlySet<Way>, others: readonly Way[], of: Fact['of']): Fact[] {
  const [first] = affected;
  return [...(first ? of(first) : [])]
    .map(([name, value]) => ({ name, value, of }))
    .filter((fact) => [...affected].every(has(fact)) && !others.every(has(fact)));
}

const has =
  ({ name, value, of }: Fact) =>
  (way: Way): boolean =>
    of(way).get(name) === value;

const tellsApart = (facts: readonly Fact[], others: readonly Way[]): boolean =>
  !others.some((way) => facts.every((fact) => has(fact)(way)));

/** Those of the facts that tell the ways apart; what does not hold is left out first. */
function needed(facts: readonly Fact[], others: readonly Way[]): readonly Fact[] {
  const doubted = [...facts].sort((a, b) => Number(a.value !== false) - Number(b.value !== false));
  let kept = facts;
  for (const fact of doubted) {
    const rest = kept.filter((each) => each !== fact);
    if (rest.length > 0 && tellsApart(rest, others)) kept = rest;
  }
  return kept;
}

const said = (facts: readonly Fact[]): string =>
  facts.map(({ name, value }) => `${name} is ${value}`).join(' and ');
