/** The plot of a need as a separate file. */
import { advise, unbeaten, type Need } from '../lustre/estimates/advice';
import type { CostOptions } from '../lustre/estimates/cost';
import { drawCostPlot } from './cost-plot';
import { svgText } from './shape';

/** The height between the title and the notes, and the width, px. */
const HEIGHT = 420;
const WIDTH = 760;

/** The plot as the text of an SVG file. */
export function plotFile(need: Need, pricing: CostOptions): string {
  const advice = advise(need, pricing);
  const best = new Set(unbeaten(advice));
  const plot = { need, pricing, advice, isUnbeaten: best.has.bind(best) };
  return `${svgText(drawCostPlot(plot, { width: WIDTH, height: HEIGHT, hasTitle: true }))}\n`;
}
