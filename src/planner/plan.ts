/** What a state comes to: the choices, which of them nothing beats, and the one that is looked at. */
import { advise, unbeaten, type Advice } from '../lustre/estimates/advice';
import { choiceOf } from '../plot/cost-plot';
import { needOf, pricingOf, type State } from './state';

export interface Plan {
  readonly state: State;
  readonly need: ReturnType<typeof needOf>;
  readonly pricing: ReturnType<typeof pricingOf>;
  /** All that satisfies the need, cheapest first. */
  readonly advice: readonly Advice[];
  /** Those that nothing beats. */
  readonly best: readonly Advice[];
  /** Undefined where nothing satisfies the need. */
  readonly chosen: Advice | undefined;
}

export function planOf(state: State): Plan {
  const need = needOf(state);
  const pricing = pricingOf(state);
  const advice = advise(need, pricing);
  const chosen = advice.find(({ properties }) => choiceOf(properties) === state.choice);
  return { state, need, pricing, advice, best: unbeaten(advice), chosen: chosen ?? advice[0] };
}

/** Changes the state, and shows what it comes to; a member that is undefined is left out of it. */
export type Change = (change: {
  readonly [Name in keyof State]?: State[Name] | undefined;
}) => void;
