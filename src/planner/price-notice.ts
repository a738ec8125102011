/** A prominent notice if the prices are not those of the region. */
import { whyNoCost } from '../lustre/estimates/cost';
import { hasOwnPrices, standIns, type CostBasis } from '../lustre/estimates/cost-basis';
import { pricesOf } from '../lustre/estimates/wording';
import { element, type Content } from './elements';

/** The notice above the costs of a region; empty if an estimate uses prices of the region itself. */
export function priceNotice(bases: readonly CostBasis[], region: string): Content {
  const noCost = whyNoCost(region);
  if (noCost !== undefined)
    return element(
      'p',
      { class: 'large notice' },
      element('strong', {}, `No prices for ${region}. `),
      noCost,
    );
  const others = [...new Set(bases.flatMap(standIns))];
  if (others.length === 0 || bases.some((basis) => hasOwnPrices(basis))) return undefined;
  return element(
    'p',
    { class: 'large notice' },
    element('strong', {}, `No prices for ${region} are known here. `),
    `Prices of ${pricesOf(bases)} are used: actual prices may be much higher. Drop AWS's price list of the region on “Prices of your own”, in the plan.`,
  );
}
