/** All that is wrong with one file system, in every deployment that its template may have. */
import { checkPartial } from '../lustre/partial';
import { nameAdvice } from '../lustre/wording';
import { whenOf } from './when';
import {
  NATIVE_BESIDE,
  NATIVE_NESTED,
  NATIVE_ONLY,
  NATIVE_TYPE,
  NESTED,
  type Dialect,
} from './resource-types';
import { deploymentsOf, type Deployment, type FileSystem } from './file-systems';
import type { Finding, Note } from './finding';
import { modelOf, oddities, placeOf } from './resource-model';
import type { Settings, Template } from '../template/template';
import { show, type ObjectValue, type Value } from '../template/values';

/** A problem at an offset. */
interface Problem {
  readonly property: string;
  readonly rule: string;
  readonly message: string;
  readonly at: number;
}

/** A note; `always` where it is told even if nobody asked. */
export interface CheckNote extends Note {
  readonly always?: true;
}

export function checkFileSystem(
  template: Template,
  fileSystem: FileSystem,
  settings: Settings,
): { findings: Finding[]; notes: CheckNote[] } {
  const { logicalId, at, dialect } = fileSystem;
  const { ways, deployments, complete } = deploymentsOf(template, fileSystem, settings);
  const located = (offset: number) => ({
    file: template.file,
    logicalId,
    ...template.placeAt(offset),
  });
  const notes: CheckNote[] = [...new Map(deployments.flatMap((each) => unknownsOf(each, at)))].map(
    ([message, offset]) => ({ ...located(offset), message }),
  );
  if (!complete)
    notes.push({
      ...located(at),
      message: `More than ${ways.length} combinations of conditions: the others were not checked.`,
      always: true,
    });
  if (deployments.length === 0)
    notes.push({
      ...located(at),
      message: 'No deployment of the template creates it, so it was not checked.',
    });

  const found = new Map<string, { problem: Problem; in: Set<Deployment> }>();
  for (const deployment of deployments) {
    for (const problem of problemsOf(deployment, dialect)) {
      const before = found.get(keyOf(problem));
      if (before) before.in.add(deployment);
      else found.set(keyOf(problem), { problem, in: new Set([deployment]) });
    }
  }
  if (deployments.length > 0 && !deployments.some(({ byDefault }) => byDefault)) {
    for (const problem of problemsOfDefaults(template, fileSystem, settings))
      found.set(keyOf(problem), { problem, in: new Set(deployments) });
  }
  const least = leastLeft(deployments);
  const findings: Finding[] = [];
  for (const { problem, in: affected } of found.values()) {
    const { at: offset, ...rest } = problem;
    const when = whenOf(affected, deployments);
    if (leastLeft(affected) < least + 2)
      findings.push({ ...located(offset), ...rest, ...(when !== '' && { when }) });
    else notes.push({ ...located(offset), message: besides(problem, when), always: true });
  }
  return { findings, notes };
}

/** How many parameters at least have another value than their default. */
const leastLeft = (deployments: Iterable<Deployment>): number =>
  Math.min(...Array.from(deployments, ({ left }) => left.size));

/** Where several parameters have to leave their defaults for a problem, nobody may ever choose so. */
const besides = ({ message }: Problem, when: string): string =>
  `${message} This is only so where ${when || 'several parameters leave their defaults'}: ` +
  'exclude this combination in Rules if nobody may choose it.';

const keyOf = ({ at, rule, property, message }: Problem): string =>
  [at, rule, property, message].join(' ');

/** Of a file system that is not created by default: what is wrong with the other defaults wherever it is created. */
function problemsOfDefaults(
  template: Template,
  fileSystem: FileSystem,
  settings: Settings,
): Problem[] {
  const kept = deploymentsOf(template, fileSystem, { ...settings, keepsDefaults: true });
  if (!kept.complete) return [];
  const [first = [], ...others] = kept.deployments.map((each) =>
    problemsOf(each, fileSystem.dialect),
  );
  const keys = others.map((problems) => new Set(problems.map(keyOf)));
  return first.filter((problem) => keys.every((each) => each.has(keyOf(problem))));
}

function problemsOf({ properties }: Deployment, dialect: Dialect): Problem[] {
  if (properties.kind === 'unknown') return [];
  if (properties.kind !== 'object') return [wrongShape('Properties', properties)];
  const model = modelOf(properties, dialect);
  const native = dialect.type === NATIVE_TYPE ? nativeNames(properties) : [];
  const empty = nulls(properties);
  const refused = checkPartial(model, { defaults: dialect.defaults })
    .map(({ property, rule, message }) => ({ property: dialect.path(property), rule, message }))
    // What is empty is not also missing.
    .filter(({ property }) => !empty.some((each) => each.property === property));
  return [
    ...native,
    ...empty,
    ...refused.map((problem) => ({ ...problem, at: placeOf(properties, problem.property) })),
  ];
}

function nulls(properties: ObjectValue): Problem[] {
  return [...oddities(properties)]
    .filter(({ value }) => value === 'null')
    .map(({ path, at }) => ({
      property: path,
      rule: 'null-value',
      message: `${path} is empty: CloudFormation refuses null. Give a value, or leave ${path} out.`,
      at,
    }));
}

/** Names that the native type does not have, in its two places. */
function nativeNames(properties: ObjectValue): Problem[] {
  const nested = properties.members.get(NESTED)?.value;
  const beside = unknownNames(
    properties,
    [...NATIVE_BESIDE, ...NATIVE_ONLY, NESTED],
    NATIVE_TYPE,
    '',
  );
  const inside =
    nested?.kind === 'object' ? unknownNames(nested, NATIVE_NESTED, NESTED, `${NESTED}.`) : [];
  const isWrong = nested?.kind === 'list' || (nested?.kind === 'scalar' && nested.value !== null);
  return [...beside, ...inside, ...(isWrong ? [wrongShape(NESTED, nested)] : [])];
}

const wrongShape = (property: string, value: Value): Problem => ({
  property,
  rule: 'type',
  message: `${property} ${show(value)} is not valid: expected an object.`,
  at: value.at,
});

function unknownNames(
  { members }: ObjectValue,
  known: readonly string[],
  where: string,
  prefix: string,
): Problem[] {
  return [...members]
    .filter(([name]) => !known.includes(name))
    .map(([name, { at }]) => {
      const elsewhere = (NATIVE_NESTED as string[]).includes(name)
        ? `it belongs in ${NESTED}`
        : (NATIVE_BESIDE as string[]).includes(name)
          ? `it stands beside ${NESTED}`
          : undefined;
      return {
        property: prefix + name,
        rule: 'unknown-property',
        message: `${name} is not a property of ${where}: ${nameAdvice(name, known, elsewhere)}`,
        at,
      };
    });
}

/** What is not known, by what is said about it. */
function unknownsOf({ properties }: Deployment, at: number): [string, number][] {
  const skipped = 'rules that need it were not held';
  if (properties.kind === 'unknown') {
    return [[`Its properties are not known, as ${properties.why}: it was not checked.`, at]];
  }
  if (properties.kind !== 'object') return [];
  return [...oddities(properties)].flatMap(({ path, value, at: place }) =>
    value === 'null' ? [] : [[`${path} is not known, as ${value.why}: ${skipped}.`, place]],
  );
}
