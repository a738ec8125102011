/** The calls of an update in place, and what clients notice of them. */
import type { Step } from '../../lustre/changes/changes';
import {
  impactWords,
  interruptionsOf,
  type Interruption,
} from '../../lustre/changes/interruptions';
import type { LustreProperties } from '../../lustre/properties';
import { Unknown, unknownsIn } from '../../lustre/unknown';
import { formatValue } from '../../lustre/wording';
import type { Model } from '../../lustre/unresolved/model';
import type { ChangeStep } from './change';

/** A value as readers see it. */
export const shown = (value: unknown): string =>
  value instanceof Unknown ? value.text : formatValue(value);

/** The text of a property that is not fully known; undefined if it is known. */
const valueOf = (property: string, model: Model): string | undefined =>
  unknownsIn(model[property]).length > 0 ? shown(model[property]) : undefined;

/** @param model The properties as the template gives them. */
export function changeStepOf(step: Step, current: LustreProperties, model: Model): ChangeStep {
  return describedBy(step.name, step.properties, model, interruptionsOf(step, current));
}

/** Tags are changed by separate calls, which clients do not notice. */
export const tagStep = (model: Model): ChangeStep => ({
  name: 'tags',
  properties: { Tags: valueOf('Tags', model) ?? model.Tags ?? [] },
  minutes: null,
  interruption: impactWords('none'),
  duration: 'seconds',
});

/** All changes in one call, as tools other than this type make them. */
export function oneStep(
  steps: readonly Step[],
  current: LustreProperties,
  model: Model,
): readonly ChangeStep[] {
  const interruptions = steps.flatMap((step) => interruptionsOf(step, current));
  const properties = Object.assign({}, ...steps.map((step) => step.properties)) as LustreProperties;
  return steps.length === 0 ? [] : [describedBy('update', properties, model, interruptions)];
}

function describedBy(
  name: string,
  properties: LustreProperties,
  model: Model,
  interruptions: readonly Interruption[],
): ChangeStep {
  const felt = interruptions.filter(({ clients }) => clients !== 'none');
  const minutes = felt.flatMap((each) => each.minutes ?? []);
  const together = (texts: readonly (string | undefined)[]): string =>
    [...new Set(texts.flatMap((text) => text ?? []))].join('; ');
  const rest = together(interruptions.map((each) => each.rest));
  const erases = together(interruptions.map((each) => each.erases));
  const isTimed = felt.length > 0 && minutes.length === felt.length;
  return {
    name,
    properties: Object.fromEntries(
      Object.entries(properties).map(([property, value]) => [
        property,
        valueOf(property, model) ?? value,
      ]),
    ),
    minutes: isTimed ? Math.max(...minutes) : null,
    interruption: together(interruptions.map(({ clients }) => impactWords(clients))),
    duration: together(interruptions.map(({ duration }) => duration)),
    ...(rest !== '' && { rest }),
    ...(erases !== '' && { erases }),
  };
}
