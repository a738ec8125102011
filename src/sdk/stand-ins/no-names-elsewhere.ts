/**
 * What names of other tools mean here: the hook is asked about templates whose names CloudFormation has looked at already, and
 * its code has to fit into a template.
 */
import type { Origin } from '../../lustre/properties/names-elsewhere';

export const NAMES_ELSEWHERE: readonly Origin[] = [];
