/** Rewrites the native Lustre file systems of a template, and nothing else. */
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
import { readTree, Unreadable } from '../../template/source-tree';
import { Template } from '../../template/template';
import { isJsonText } from './source-text';

export { ManualConversionRequired } from './edits';

export interface Conversion {
  readonly text: string;
  readonly converted: readonly { readonly logicalId: string; readonly notes: readonly string[] }[];
  /** What may be a Lustre file system, and is as it was. */
  readonly left: readonly { readonly logicalId: string; readonly why: string }[];
}

/** What is converted: all of a template, or one resource of it. */
export interface ConversionOptions extends Pick<ReviewOptions, 'region' | 'date'> {
  readonly logicalId?: string;
}

/**
 * The text of a template, its native Lustre file systems rewritten.
 * @throws Unreadable where the text is not a template.
 * @throws ManualConversionRequired where a resource cannot be rewritten by rule; nothing is half converted.
 */
export function convert(text: string, options: ConversionOptions = {}): Conversion {
  const template = Template.read('template', text);
  const { root } = template;
  const { plain, left } = nativeResources(template, options.logicalId);
  if (plain.length === 0) return { text, converted: [], left };
  const json = isJsonText(text);
  const ids = new Set(plain.map(({ key }) => key));
  // One run tells all that is to be done by hand, also what is left for another reason.
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
 * What the region, given or named by the template, does not have of the converted file systems, by logical ID: FSx's own
 * default, SCRATCH_1, is offered in few places, and what there is cannot have been created there.
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

/** Says what it is that has to be converted by hand: a resource, or the whole template. */
function naming<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ManualConversionRequired)) throw error;
    throw new ManualConversionRequired(...error.obstacles.map((why) => byHand(what, why)));
  }
}

const byHand = (what: string, why: string): string => `${what} has to be converted by hand: ${why}`;

/**
 * Reads the new text and compares: whatever way of writing was not thought of, a template that says something else is
 * never returned.
 * @throws ManualConversionRequired
 */
function verify(root: Node, change: Change, result: string, json: boolean): void {
  if (saysTheSame(root, change, rootOf(result)) && (!json || isJsonText(result))) return;
  throw new ManualConversionRequired(
    'it has to be converted by hand: the automatic conversion would change its meaning',
  );
}

function rootOf(text: string): Node | undefined {
  try {
    return readTree(text).root;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The native resources that are plainly of type LUSTRE, and those that may be; all, or one of them. */
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
      if ([...descendants(value)].some((each) => isNative(each) && mayBeLustre(each)))
        left.push({ logicalId: key, why: 'it is not written as a separate resource' });
    } else if (isNative(value)) {
      const properties = member(value, 'Properties');
      if (textOf(member(properties, FILE_SYSTEM_TYPE)) === 'LUSTRE') plain.push(resource);
      else if (mayBeLustre(value)) {
        const what = entry(properties, FILE_SYSTEM_TYPE)
          ? `its ${FILE_SYSTEM_TYPE} is`
          : 'its Properties are';
        left.push({ logicalId: key, why: `${what} given by a function, and may be LUSTRE` });
      }
    }
  }
  return { plain, left };
}

const isNative = (resource: Node): boolean => textOf(member(resource, 'Type')) === NATIVE_TYPE;

/** Whether one of the types that a resource may have is LUSTRE, or is not known. */
function mayBeLustre(resource: Node): boolean {
  const properties = member(resource, 'Properties');
  if (!properties) return false;
  const types = [...descendants(properties)].flatMap(
    (node) => member(node, FILE_SYSTEM_TYPE) ?? [],
  );
  return types.length === 0
    ? isCalled(properties)
    : types.some((type) => isCalled(type) || /^LUSTRE$|\$\{/.test(textOf(type) ?? ''));
}
