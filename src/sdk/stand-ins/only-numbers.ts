/** Replaces the interpolators of d3: scales of plots are between numbers only. */

type Interpolator = (from: number, to: number) => (share: number) => number;

export const interpolateNumber: Interpolator = (from, to) => (share) =>
  from * (1 - share) + to * share;

export const interpolate = interpolateNumber;

export const interpolateRound: Interpolator = (from, to) => {
  const between = interpolateNumber(from, to);
  return (share) => Math.round(between(share));
};

/** Plots have no scale of several pieces. */
export const piecewise = (): never => {
  throw new Error('Scales of plots are between two numbers.');
};
