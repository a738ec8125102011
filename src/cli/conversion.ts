/** What a native file system becomes, whichever way its template is written. */
import { NATIVE_ATTRIBUTES, withNativeDefaults } from './dialect';
import { call, descendants, member, textOf, type Node, type ScalarNode } from './template/node';

/** Members of the native type that have no place here: the type is always LUSTRE, on IPv4. */
export const DROPPED: readonly string[] = ['FileSystemType', 'NetworkType'];

/** A part of a text to replace. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.at - a.at)
    .reduce(
      (result, { at, end, text: put }) => result.slice(0, at) + put + result.slice(end),
      text,
    );
}

/**
 * What FSx took by default, and this type would not: it has to be written down. Undefined where that depends on a
 * parameter.
 */
export function writtenDefaults(
  properties: Node | undefined,
  nested: Node | undefined,
): { lines: [string, string][]; note?: string } {
  if (member(properties, 'BackupId')) return { lines: [] };
  const deployment = member(nested, 'DeploymentType');
  const version = member(properties, 'FileSystemTypeVersion');
  const chosen = textOf(deployment);
  const lines: [string, string][] = deployment ? [] : [['DeploymentType', 'SCRATCH_1']];
  if (version) return { lines };
  if (deployment && chosen === undefined) {
    const note =
      'FileSystemTypeVersion is left out, and this type takes 2.15: give the version that you have.';
    return { lines, note };
  }
  const hasMetadata = member(nested, 'MetadataConfiguration') !== undefined;
  const defaults = withNativeDefaults({
    DeploymentType: (chosen ?? 'SCRATCH_1') as 'SCRATCH_1',
    ...(hasMetadata && { MetadataConfiguration: {} }),
  });
  const { FileSystemTypeVersion = '' } = defaults;
  return {
    lines: [...lines, ['FileSystemTypeVersion', `'${FileSystemTypeVersion}'`]],
    ...(chosen === 'PERSISTENT_2' &&
      !hasMetadata && {
        note: `FSx has created such file systems as ${FileSystemTypeVersion} and as 2.15: give the version that you have.`,
      }),
  };
}

/** The references to attributes that have another name here, in Fn::GetAtt and Fn::Sub. */
export function attributeEdits(text: string, root: Node, ids: ReadonlySet<string>): Edit[] {
  return [...descendants(root)].flatMap((node) => {
    const called = call(node);
    if (called?.key === 'Fn::GetAtt') return getAttEdits(text, called.value, ids);
    if (called?.key !== 'Fn::Sub') return [];
    const source = called.value.kind === 'list' ? called.value.items[0] : called.value;
    return source?.kind === 'scalar' ? subEdits(text, source, ids) : [];
  });
}

function getAttEdits(text: string, argument: Node, ids: ReadonlySet<string>): Edit[] {
  if (argument.kind === 'list') {
    const [id, attribute] = argument.items;
    const renamed = newName(textOf(attribute));
    return ids.has(textOf(id) ?? '') && attribute?.kind === 'scalar' && renamed !== undefined
      ? [replaceIn(text, attribute, textOf(attribute) ?? '', renamed)]
      : [];
  }
  const [id = '', attribute] = (textOf(argument) ?? '').split('.');
  const renamed = newName(attribute);
  if (argument.kind !== 'scalar' || !ids.has(id) || renamed === undefined) return [];
  return [replaceIn(text, argument, `${id}.${attribute ?? ''}`, `${id}.${renamed}`)];
}

function subEdits(text: string, source: ScalarNode, ids: ReadonlySet<string>): Edit[] {
  const written = text.slice(source.at, source.end);
  return [...written.matchAll(/\$\{\s*([A-Za-z0-9]+)\.([A-Za-z]+)\s*\}/g)].flatMap((found) => {
    const [whole, id = '', attribute] = found;
    const renamed = newName(attribute);
    if (!ids.has(id) || renamed === undefined) return [];
    const at = source.at + found.index;
    return [{ at, end: at + whole.length, text: `\${${id}.${renamed}}` }];
  });
}

const newName = (attribute: string | undefined): string | undefined => {
  const renamed = attribute === undefined ? undefined : NATIVE_ATTRIBUTES[attribute];
  return renamed === attribute ? undefined : renamed;
};

/** Replaces words inside a scalar, and leaves its quotes. */
function replaceIn(text: string, { at, end }: ScalarNode, from: string, to: string): Edit {
  return { at, end, text: text.slice(at, end).replace(from, to) };
}
