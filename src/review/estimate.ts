/** What the file systems of a template give and cost, in the deployments that the template may have. */
import { checkPartial } from '../lustre/partial';
import { estimatePartial, type PartialEstimate } from '../lustre/partial-estimate';
import { whenOf } from './when';
import { deploymentsOf, wayOf, type FileSystem, type Way } from './file-systems';
import { modelOf } from './resource-model';
import type { Settings, Template } from '../template/template';
import { inEveryWorld } from '../template/deployments';

/** What a file system gives and costs, in those of its deployments where that is the same. */
export interface Row {
  readonly file: string;
  readonly logicalId: string;
  /** Where it is so; absent where always. */
  readonly when?: string;
  readonly estimate: PartialEstimate;
  readonly violations: readonly string[];
}

/** What the dearest deployment of a template costs. */
export interface Total {
  readonly file: string;
  /** USD a month. */
  readonly usd: number;
  /** Which deployment that is; empty where all cost the same. */
  readonly when: string;
  /** Whether every deployment was looked at; otherwise none costs more. */
  readonly exact: boolean;
}

export interface Estimates {
  readonly rows: readonly Row[];
  readonly total: Total;
}

export type RegionalSettings = Settings & { readonly region: string };

export function estimateAll(
  template: Template,
  fileSystems: readonly FileSystem[],
  settings: RegionalSettings,
): Estimates {
  const rows = fileSystems.map((each) => rowsOf(template, each, settings));
  // One file system is as dear as the dearest of its rows; several need not be that together.
  const total = totalOf(template, fileSystems, settings) ?? {
    file: template.file,
    usd: sum(rows.map((each) => Math.max(0, ...each.map(costOf)))),
    when: '',
    exact: false,
  };
  return { rows: rows.flat(), total };
}

/** In cents, so that the sum is exact. */
export const sum = (usd: readonly number[]): number =>
  usd.reduce((total, each) => total + Math.round(each * 100), 0) / 100;

type Outcome = Pick<Row, 'estimate' | 'violations'>;

/** What it costs; what is invalid, or not known, is not counted. */
const costOf = ({ estimate, violations }: Outcome): number =>
  violations.length > 0 ? 0 : (estimate.cost?.monthly ?? 0);

function rowsOf(template: Template, fileSystem: FileSystem, settings: RegionalSettings): Row[] {
  const { ways } = deploymentsOf(template, fileSystem, settings);
  const alike = new Map<string, { outcome: Outcome; in: Set<Way> }>();
  for (const way of ways) {
    const outcome = outcomeOf(way, fileSystem, settings);
    if (outcome === undefined) continue;
    const key = JSON.stringify(outcome);
    const known = alike.get(key) ?? { outcome, in: new Set() };
    known.in.add(way);
    alike.set(key, known);
  }
  return [...alike.values()].map(({ outcome, in: affected }) => {
    const when = whenOf(affected, ways);
    return {
      file: template.file,
      logicalId: fileSystem.logicalId,
      ...(when !== '' && { when }),
      ...outcome,
    };
  });
}

/** Undefined where the file system is not created. */
function outcomeOf(
  { properties }: Way,
  { dialect }: FileSystem,
  { region }: RegionalSettings,
): Outcome | undefined {
  if (properties === undefined) return undefined;
  if (properties.kind !== 'object')
    return { estimate: { properties: {}, waiting: ['Properties'] }, violations: [] };
  const options = { region, defaults: dialect.defaults };
  const model = modelOf(properties, dialect);
  return {
    estimate: estimatePartial(model, options),
    violations: checkPartial(model, options).map(({ message }) => message),
  };
}

/** The dearest deployment of all file systems together; undefined where there are too many to look at. */
function totalOf(
  template: Template,
  fileSystems: readonly FileSystem[],
  settings: RegionalSettings,
): Total | undefined {
  const { results: worlds, complete } = inEveryWorld(template, settings, (world) => {
    const ways = fileSystems.map((each) => wayOf(world, each));
    const outcomes = ways.map((way, index) => {
      const fileSystem = fileSystems[index];
      return fileSystem && outcomeOf(way, fileSystem, settings);
    });
    const usd = sum(outcomes.map((each) => (each ? costOf(each) : 0)));
    const { asked: conditions, taken: values, kind, left } = world;
    return { usd, way: { conditions, values, byDefault: kind.byDefault, left } };
  });
  if (!complete) return undefined;
  const usd = Math.max(0, ...worlds.map((world) => world.usd));
  const dearest = worlds.filter((world) => world.usd === usd).map(({ way }) => way);
  const when = whenOf(
    new Set(dearest),
    worlds.map(({ way }) => way),
  );
  return { file: template.file, usd, when, exact: true };
}
