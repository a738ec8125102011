import {
  descendants,
  entry,
  isMacro,
  member,
  textOf,
  type Entry,
  type MapNode,
  type Node,
} from './node';
import { Work } from '../lustre/explore';
import type { Knowledge } from '../lustre/unknown';
import { NoTemplate, readTree, type Place, type Range } from './source-tree';
import { parameterExamples } from './resource-values';
import type { Stack } from './stack';
import { isDynamic, whyDynamic } from './text';
import { scalar, unknown, type Origin, type UnknownValue, type Value } from './values';

/** What is known about the deployment. */
export interface DeploymentOptions {
  /** Values of parameters, instead of their defaults; undefined if only the stack has the value. */
  readonly parameters?: ReadonlyMap<string, string | undefined>;
  readonly region?: string;
  /**
   * Which parameters with a default may have another value: none; those that decide a condition; all, if one that decides a
   * condition has; or any.
   */
  readonly nonDefault?: 'none' | 'deciding' | 'all' | 'any';
  /** Whether parameters with NoEcho are unknown, so that no message contains their values. */
  readonly hidesNoEcho?: boolean;
  /** The stack of the deployment. With it, only values that the stack does not know yet are unknown. */
  readonly stack?: Stack;
}

/** The sections whose entries a template refers to. */
const NAMED = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

const NO_PARAMETERS: ReadonlyMap<string, string | undefined> = new Map();

/** A parsed template. */
export class Template {
  #ends: ReadonlyMap<number, number> | undefined;
  #mayGainNames: boolean | undefined;

  private constructor(
    /** The name of the template in messages. */
    readonly file: string,
    readonly text: string,
    readonly root: MapNode,
    /** The line and column of an offset. */
    readonly placeAt: (offset: number) => Place,
    /** Counts the steps of all work for the template. */
    readonly work: Work,
  ) {}

  /** @throws Unreadable if the text is not a template. */
  static read(file: string, text: string, work = new Work(), tree = readTree(text)): Template {
    const { root, placeAt } = tree;
    const isTemplate =
      root.kind === 'map' &&
      (entry(root, 'Resources')?.value.kind === 'map' || root.entries.some(isMacro));
    if (!isTemplate)
      throw new NoTemplate('this is not a CloudFormation template: it has no Resources');
    return new Template(file, text, root, placeAt, work);
  }

  /** The range of the key or node at an offset, such as an item of a list. */
  rangeAt(at: number, end = this.#endAt(at)): Range {
    const { line: endLine, column: endColumn } = this.placeAt(end);
    return { ...this.placeAt(at), endLine, endColumn };
  }

  #endAt(at: number): number {
    this.#ends ??= endsIn(this.root);
    return this.#ends.get(at) ?? at;
  }

  /**
   * Whether macros may add parameters, resources, conditions, mappings or outputs. AWS::LanguageExtensions adds only those of
   * Fn::ForEach, which this project expands itself.
   */
  get mayGainNames(): boolean {
    return (this.#mayGainNames ??= this.#hasMacros());
  }

  #hasMacros(): boolean {
    const sections = NAMED.map((name) => this.section(name));
    return (
      this.transforms.some((each) => textOf(each) !== 'AWS::LanguageExtensions') ||
      [this.root, ...sections].some((map) => map?.entries.some(isMacro))
    );
  }

  section(name: string): MapNode | undefined {
    const node = member(this.root, name);
    return node?.kind === 'map' ? node : undefined;
  }

  /** The macros that process the template, as its Transform lists them. */
  get transforms(): readonly Node[] {
    const transform = member(this.root, 'Transform');
    return transform?.kind === 'list' ? transform.items : transform ? [transform] : [];
  }

  parameter(name: string): Node | undefined {
    return member(this.section('Parameters'), name);
  }

  get parameterNames(): string[] {
    return this.section('Parameters')?.entries.map(({ key }) => key) ?? [];
  }

  resource(name: string): Entry | undefined {
    return entry(this.section('Resources'), name);
  }

  /** The value of a parameter: the given one, or the default. */
  parameterValue(
    name: string,
    { parameters = NO_PARAMETERS, hidesNoEcho = false }: DeploymentOptions,
    at: number,
  ): Value {
    const declared = this.parameter(name);
    const type = textOf(member(declared, 'Type')) ?? 'String';
    const open = (why: string) => this.unknownParameter(name, why, at);
    if (hidesNoEcho && this.isNoEcho(name)) return open(`the parameter ${name} has NoEcho`);
    if (parameters.has(name) && parameters.get(name) === undefined)
      return open(`the parameter ${name} keeps the value that the stack has`);
    const standard = member(declared, 'Default');
    const value = parameters.get(name) ?? textOf(standard);
    if (value === undefined) return open(`the parameter ${name} has no default`);
    // The default of such a parameter is its name in Systems Manager.
    if (isStored(type)) return open(`the parameter ${name} is looked up in Systems Manager`);
    if (isDynamic(value)) return open(whyDynamic(value));
    const origin = parameters.has(name) ? undefined : this.#default(name);
    const text = (each: string, written?: string): Value => ({
      ...scalar(each, at, written),
      ...(origin && { origin }),
    });
    if (!isList(type))
      return text(value, origin && standard?.kind === 'scalar' ? standard.written : undefined);
    const items = value.split(',').map((item) => text(item.trim()));
    return { kind: 'list', items, at, ...(origin && { origin }) };
  }

  #default(parameter: string): Origin {
    const { at = 0 } = member(this.parameter(parameter), 'Default') ?? {};
    return { at, text: `the default of the parameter ${parameter}`, parameter };
  }

  /** Whether CloudFormation hides the value of a parameter. */
  isNoEcho(name: string): boolean {
    return textOf(member(this.parameter(name), 'NoEcho'))?.toLowerCase() === 'true';
  }

  /** A parameter with an unknown value, and why it is unknown. */
  unknownParameter(name: string, why: string, at: number): UnknownValue {
    const among = this.allowedValues(name);
    const type = textOf(member(this.parameter(name), 'Type')) ?? 'String';
    const known = among ? { among } : { ...knownOfType(type), ...this.#limitsOf(name, type) };
    return unknown(`\${${name}}`, why, at, known);
  }

  /** The least and the greatest value of a parameter that is a number. */
  #limitsOf(name: string, type: string): Pick<Knowledge, 'least' | 'most'> {
    if (type !== 'Number') return {};
    const limit = (key: string): number | undefined => {
      const text = textOf(member(this.parameter(name), key));
      return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
    };
    return { least: limit('MinValue'), most: limit('MaxValue') };
  }

  /** The allowed values of a parameter, if they are listed. */
  allowedValues(name: string): string[] | undefined {
    const declared = this.parameter(name);
    const type = textOf(member(declared, 'Type')) ?? '';
    const listed = member(declared, 'AllowedValues');
    // For a list, these are the values of its items; for a parameter of Systems Manager, the names.
    if (listed?.kind !== 'list' || isList(type) || isStored(type)) return undefined;
    return listed.items.flatMap((item) => textOf(item) ?? []);
  }
}

/** What the type of a parameter says about its value. */
function knownOfType(type: string): Knowledge {
  if (type === 'Number') return { isNumber: true };
  const [, ofItems] = /^List<(.*)>$/.exec(type) ?? [];
  if (isList(type)) return { items: { like: parameterExamples(ofItems ?? '') } };
  return { like: parameterExamples(type) };
}

/** The end offset of the key or node that begins at each offset. */
function endsIn(root: Node): Map<number, number> {
  const ends = new Map<number, number>();
  for (const node of descendants(root)) {
    if (!ends.has(node.at)) ends.set(node.at, node.end);
    for (const { at, keyEnd } of node.kind === 'map' ? node.entries : []) ends.set(at, keyEnd);
  }
  return ends;
}

/** Whether the values of a parameter type are lists, which are written with commas. */
export const isList = (type: string): boolean =>
  type === 'CommaDelimitedList' || type.startsWith('List<');

/** Whether the value of a parameter of this type is the name of one in Systems Manager, which has the value. */
export const isStored = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value');
