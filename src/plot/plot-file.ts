/** The plot of a need as a file of its own. */
import { advise, unbeaten, type Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { drawCostPlot } from './cost-plot';
import { svgText } from './shape';

/** px, between title and basis. */
const HEIGHT = 420;
const WIDTH = 760;

/** SVG. */
export function plotFile(need: Need, pricing: CostOptions): string {
  const advice = advise(need, pricing);
  const best = new Set(unbeaten(advice));
  const plot = { need, pricing, advice, isUnbeaten: best.has.bind(best) };
  return `${svgText(drawCostPlot(plot, { width: WIDTH, height: HEIGHT, hasTitle: true }))}\n`;
}
