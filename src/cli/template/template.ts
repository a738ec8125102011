import { Lines } from './lines';
import { descendants, entry, member, textOf, type Entry, type MapNode, type Node } from './node';
import { readNodes, Unreadable } from './read';
import { scalar, unknown, type Value } from './values';

/** What the command line says about the deployment. */
export interface Settings {
  /** Values of parameters, instead of their defaults. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly region?: string;
  /** Every parameter that has a default has only that. */
  readonly defaultsOnly?: boolean;
}

/** A template, read and not yet evaluated. */
export class Template {
  readonly lines: Lines;
  readonly #compared = new Map<string, Set<string>>();
  #compares = false;

  private constructor(
    /** Its name in messages. */
    readonly file: string,
    readonly text: string,
    readonly root: MapNode,
    lines: Lines,
  ) {
    this.lines = lines;
  }

  /** @throws Unreadable where the text is not a template. */
  static async read(file: string, text: string): Promise<Template> {
    const lines = new Lines(text);
    const root = await readNodes(text, lines);
    if (root.kind !== 'map' || entry(root, 'Resources')?.value.kind !== 'map')
      throw new Unreadable('this is not a CloudFormation template: it has no Resources');
    return new Template(file, text, root, lines);
  }

  section(name: string): MapNode | undefined {
    const node = member(this.root, name);
    return node?.kind === 'map' ? node : undefined;
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

  /** The value of a parameter that is not asked about in a condition: given, or the default. */
  parameterValue(name: string, { parameters }: Settings, at: number): Value {
    const declared = this.parameter(name);
    const type = textOf(member(declared, 'Type')) ?? 'String';
    const text = `\${${name}}`;
    const given = parameters.get(name);
    const value = given ?? textOf(member(declared, 'Default'));
    if (value === undefined) return unknown(text, `the parameter ${name} has no default`, at);
    // The default of these is the name under which Systems Manager has the value.
    if (type.startsWith('AWS::SSM::Parameter::Value')) {
      return unknown(text, `the parameter ${name} is looked up in Systems Manager`, at);
    }
    if (value.includes('{{resolve:')) return unknown(text, dynamic(value), at);
    if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) return scalar(value, at);
    return { kind: 'list', items: value.split(',').map((item) => scalar(item.trim(), at)), at };
  }

  /**
   * The values that tell apart what the template does with a parameter: the default, then what conditions compare it to
   * and mappings are keyed by, then any other. Where a pseudo parameter has no value there is no default.
   */
  alternatives(name: string, settings: Settings, at: number): Value[] {
    const declared = this.parameter(name);
    const base = this.parameterValue(name, settings, at);
    if (settings.parameters.has(name) || base.kind === 'list') return [base];
    const allowedNode = member(declared, 'AllowedValues');
    const allowed =
      allowedNode?.kind === 'list'
        ? allowedNode.items.flatMap((item) => textOf(item) ?? [])
        : undefined;
    const known = base.kind === 'scalar' ? [String(base.value)] : [];
    const told = [...this.#comparedTo(name)].filter(
      (value) => !known.includes(value) && (!allowed || allowed.includes(value)),
    );
    const values = [...known, ...told];
    const rest = allowed?.filter((value) => !values.includes(value));
    // One value left is that value; none left is none.
    if (rest?.length === 1) values.push(...rest);
    const other: Value = {
      ...unknown(`\${${name}}`, `the parameter ${name} may have any value`, at),
      not: new Set(values),
    };
    return [
      ...values.map((value) => scalar(value, at)),
      ...(rest === undefined || rest.length > 1 ? [other] : []),
    ];
  }

  #comparedTo(name: string): ReadonlySet<string> {
    if (!this.#compares) {
      this.#compares = true;
      for (const node of descendants(this.root)) this.#noteComparison(node);
    }
    return this.#compared.get(name) ?? new Set();
  }

  #noteComparison(node: Node): void {
    const note = (ref: Node | undefined, values: readonly (string | undefined)[]) => {
      const name = textOf(member(ref, 'Ref'));
      if (name === undefined) return;
      const known = this.#compared.get(name) ?? new Set();
      for (const value of values) if (value !== undefined) known.add(value);
      this.#compared.set(name, known);
    };
    const equals = member(node, 'Fn::Equals');
    if (equals?.kind === 'list') {
      const [left, right] = equals.items;
      note(left, [textOf(right)]);
      note(right, [textOf(left)]);
    }
    const find = member(node, 'Fn::FindInMap');
    if (find?.kind === 'list') {
      const [map, top, second] = find.items;
      const rows = member(this.section('Mappings'), textOf(map) ?? '');
      if (rows?.kind !== 'map') return;
      note(
        top,
        rows.entries.map(({ key }) => key),
      );
      note(
        second,
        rows.entries.flatMap(({ value }) =>
          value.kind === 'map' ? value.entries.map(({ key }) => key) : [],
        ),
      );
    }
  }
}

/** Why a dynamic reference is not known. */
export const dynamic = (text: string): string =>
  `${/\{\{resolve:[^}]*\}\}/.exec(text)?.[0] ?? 'a dynamic reference'} is resolved by CloudFormation`;
