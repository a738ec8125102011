/** Converts the AWS::FSx::FileSystem resources of type LUSTRE in a template, and changes nothing else. */
import {
  applyEdits,
  ManualConversionRequired,
  isCalled,
  joined,
  saysTheSame,
  type Change,
} from './edits';
import { renameAttributes } from './attributes';
import { changeResource } from './resource-edits';
import { check } from '../check';
import type { ReviewOptions } from '../file-systems';
import { FILE_SYSTEM_TYPE, NATIVE_TYPE } from '../resource-types';
import { descendants, entry, member, textOf, type Entry, type Node } from '../../template/node';
import { treeOrNone } from '../../template/source-tree';
import { Template } from '../../template/template';
import { isJsonText } from './source-text';

export { ManualConversionRequired } from './edits';

/** A converted template. */
export interface Conversion {
  readonly text: string;
  readonly converted: readonly { readonly logicalId: string; readonly notes: readonly string[] }[];
  /** Resources that may be Lustre file systems and were not converted. */
  readonly left: readonly { readonly logicalId: string; readonly why: string }[];
}

/** What to convert: all of a template, or one resource. */
export interface ConversionOptions extends Pick<ReviewOptions, 'region' | 'date'> {
  readonly logicalId?: string;
}

/**
 * The text of a template with its AWS::FSx::FileSystem resources of type LUSTRE converted.
 *
 * @throws Unreadable if the text is not a template.
 * @throws ManualConversionRequired if a resource cannot be converted automatically. Nothing is converted in part.
 */
export function convert(text: string, options: ConversionOptions = {}): Conversion {
  const template = Template.read('template', text);
  const { root } = template;
  const { plain, left } = nativeResources(template, options.logicalId);
  if (plain.length === 0) return { text, converted: [], left };
  const json = isJsonText(text);
  const ids = new Set(plain.map(({ key }) => key));
  // Collects all obstacles, so that one run reports everything that must be done manually.
  const obstacles: string[] = [];
  const attempt = <T>(what: string, run: () => T): T[] => {
    try {
      return [naming(what, run)];
    } catch (error) {
      if (!(error instanceof ManualConversionRequired)) throw error;
      obstacles.push(...error.obstacles);
      return [];
    }
  };
  const changes = plain.flatMap((resource) =>
    attempt(resource.key, () => changeResource(template, resource, json)),
  );
  const attributes = attempt('it', () => renameAttributes(template, ids));
  if (obstacles.length > 0)
    throw new ManualConversionRequired(
      ...obstacles,
      ...left.map(({ logicalId, why }) => byHand(logicalId, why)),
    );
  const change = joined([...attributes, ...changes]);
  const result = naming('it', () => applyEdits(text, change.edits));
  verify(root, change, result, json);
  const lacking = whatRegionsLack(result, options);
  return {
    text: result,
    converted: plain.map(({ key }, index) => ({
      logicalId: key,
      notes: [...(changes[index]?.notes ?? []), ...(lacking.get(key) ?? [])],
    })),
    left,
  };
}

/**
 * What the region lacks for the converted file systems, by logical ID. The default of FSx, SCRATCH_1, is offered in few
 * regions; an existing file system cannot have been created with it elsewhere.
 */
function whatRegionsLack(
  text: string,
  options: Pick<ReviewOptions, 'region' | 'date'>,
): ReadonlyMap<string, string[]> {
  const notes = new Map<string, string[]>();
  for (const { rule, logicalId, message, when } of check(text, options).findings) {
    if (rule !== 'region') continue;
    const note = when === undefined ? message : `${message} (where ${when})`;
    notes.set(logicalId, [...(notes.get(logicalId) ?? []), note]);
  }
  return notes;
}

/** Adds the name of the resource, or of the template, to what must be converted manually. */
function naming<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ManualConversionRequired)) throw error;
    throw new ManualConversionRequired(...error.obstacles.map((why) => byHand(what, why)));
  }
}

const byHand = (what: string, why: string): string => `${what} must be converted manually: ${why}`;

/**
 * Reads the new text and compares it, so that a template with another meaning is never returned, even after an edit that did
 * not work as intended.
 *
 * @throws ManualConversionRequired
 */
function verify(root: Node, change: Change, result: string, json: boolean): void {
  if (saysTheSame(root, change, treeOrNone(result)?.root) && (!json || isJsonText(result))) return;
  throw new ManualConversionRequired(
    'it must be converted manually: the automatic conversion would change its meaning',
  );
}

/** The AWS::FSx::FileSystem resources that are certainly of type LUSTRE, and those that may be. All, or one of them. */
function nativeResources(
  template: Template,
  logicalId: string | undefined,
): { plain: Entry[]; left: Conversion['left'] } {
  const plain: Entry[] = [];
  const left: { logicalId: string; why: string }[] = [];
  const wanted = (template.section('Resources')?.entries ?? []).filter(
    ({ key }) => logicalId === undefined || key === logicalId,
  );
  for (const resource of wanted) {
    const { key, value } = resource;
    if (key.startsWith('Fn::')) {
      if (descendants(value).some((each) => isNative(each) && mayBeLustre(each)))
        left.push({ logicalId: key, why: 'it is not written as a separate resource' });
    } else if (isNative(value)) {
      const properties = member(value, 'Properties');
      if (textOf(member(properties, FILE_SYSTEM_TYPE)) === 'LUSTRE') plain.push(resource);
      else if (mayBeLustre(value)) {
        const what = entry(properties, FILE_SYSTEM_TYPE)
          ? `its ${FILE_SYSTEM_TYPE} is`
          : 'its Properties are';
        left.push({ logicalId: key, why: `${what} set by a function, and may be LUSTRE` });
      }
    }
  }
  return { plain, left };
}

const isNative = (resource: Node): boolean => textOf(member(resource, 'Type')) === NATIVE_TYPE;

/** Whether one of the possible types of a resource is LUSTRE, or is not known. */
function mayBeLustre(resource: Node): boolean {
  const properties = member(resource, 'Properties');
  if (!properties) return false;
  const types = descendants(properties).flatMap((node) => member(node, FILE_SYSTEM_TYPE) ?? []);
  return types.length === 0
    ? isCalled(properties)
    : types.some((type) => isCalled(type) || /^LUSTRE$|\$\{/.test(textOf(type) ?? ''));
}
