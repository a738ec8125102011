/**
 * Replaces `d3-color`, by which `d3-scale` interpolates between colors: the scales of plots are between numbers.
 */
export function color(): null {
  return null;
}

const missing = (): never => {
  throw new Error('No colors are interpolated here.');
};

export const rgb = missing;
export const hsl = missing;
export const lab = missing;
export const hcl = missing;
export const cubehelix = missing;
