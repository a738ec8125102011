/** The plan for a state: all advice, the advice that no other beats, and the chosen one. */
import { advise, unbeaten, type Advice } from '../lustre/estimates/advice';
import { choiceOf } from '../plot/cost-plot';
import { needOf, pricingOf, type State } from './state';

/** A state with its advice. */
export interface Plan {
  readonly state: State;
  readonly need: ReturnType<typeof needOf>;
  readonly pricing: ReturnType<typeof pricingOf>;
  /** All advice that meets the need, cheapest first. */
  readonly advice: readonly Advice[];
  /** The advice that no other beats. */
  readonly best: readonly Advice[];
  /** Undefined if nothing meets the need. */
  readonly chosen: Advice | undefined;
}

/** The plan for a state. */
export function planOf(state: State): Plan {
  const need = needOf(state);
  const pricing = pricingOf(state);
  const advice = advise(need, pricing);
  const chosen = advice.find(({ properties }) => choiceOf(properties) === state.choice);
  return { state, need, pricing, advice, best: unbeaten(advice), chosen: chosen ?? advice[0] };
}

/** Changes the state and updates the page. A member that is undefined is removed. */
export type Change = (change: {
  readonly [Name in keyof State]?: State[Name] | undefined;
}) => void;
