/** The look of each kind of storage: the same in every plot, and distinguishable without color. */
import type { OfferingName } from '../lustre/catalog/catalog';

/** The look of a kind of storage. */
export interface Look {
  /** Color on a white background. */
  readonly color: string;
  /** Color on a dark background. */
  readonly dark: string;
  /** The dash pattern of the line; empty for a solid one. */
  readonly dash: string;
  /** The outline of the mark, centered on 0,0, as an SVG path; about 12 px wide. */
  readonly mark: string;
}

/**
 * Similar to the colors of Okabe and Ito, which color-blind readers can distinguish, but darker, for a contrast of 3:1 on
 * white.
 */
const LOOKS: Readonly<Record<OfferingName, Look>> = {
  SCRATCH_1: { color: '#6b7580', dark: '#98a2ad', dash: '1 3', mark: 'M-4-4L4 4M-4 4L4-4' },
  SCRATCH_2: {
    color: '#0a6fb0',
    dark: '#5ab4f0',
    dash: '',
    mark: 'M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z',
  },
  'PERSISTENT_1 SSD': {
    color: '#00805f',
    dark: '#3ecf9f',
    dash: '6 3',
    mark: 'M-4.5-4.5H4.5V4.5H-4.5Z',
  },
  'PERSISTENT_1 HDD': {
    color: '#a84f86',
    dark: '#e492c4',
    dash: '2 3',
    mark: 'M-5.5 4.5H5.5L0-5.5Z',
  },
  'PERSISTENT_2 SSD': {
    color: '#c2500a',
    dark: '#ff9350',
    dash: '10 3 2 3',
    mark: 'M0-6.5L6 0L0 6.5L-6 0Z',
  },
  'PERSISTENT_2 INTELLIGENT_TIERING': {
    color: '#806000',
    dark: '#e0b93c',
    dash: '12 4',
    mark: 'M-5.5-4.5H5.5L0 5.5Z',
  },
};

/** The look of a kind of storage. */
export const lookOf = (kind: OfferingName): Look => LOOKS[kind];
