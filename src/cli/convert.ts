import { writeFileSync } from 'node:fs';
import type { Arguments, Run } from './command';
import { applyEdits, attributeEdits } from './conversion';
import { convertJson } from './convert-json';
import { ByHand, resourceEdits } from './convert-yaml';
import { NATIVE_TYPE } from './dialect';
import { failureOf, readText, STDIN, tellFailures } from './files';
import { print, tell } from './output';
import { member, textOf, type Node } from './template/node';
import { Template } from './template/template';
import { UsageError } from './usage';

/** Rewrites native Lustre file systems into ours. */
export const run: Run = async ({ positional, options }) => {
  const files = filesToConvert(positional, options);
  let code = 0;
  for (const file of files) {
    const name = file === '-' ? STDIN : file;
    try {
      const template = await Template.read(name, readText(file));
      const { text, converted } = convertTemplate(template);
      if (converted.length === 0) {
        tell(`pangea-lustre: ${name}: there is no ${NATIVE_TYPE} of type LUSTRE.`);
        code = Math.max(code, 1);
      }
      if (!options.has('write')) print(text);
      else if (converted.length > 0) writeFileSync(file, text);
      for (const { logicalId, note } of converted) {
        tell(`${name}: ${logicalId} converted.${note === undefined ? '' : ` ${note}`}`);
      }
    } catch (error) {
      if (error instanceof ByHand) tell(`pangea-lustre: ${name}: ${error.message}.`);
      else tellFailures([failureOf(error, name)]);
      code = 2;
    }
  }
  return code;
};

function filesToConvert(
  words: readonly string[],
  options: Arguments['options'],
): readonly string[] {
  const files = words.length === 0 && !process.stdin.isTTY ? ['-'] : words;
  if (files.length === 0) throw new UsageError('Name a template, or - for standard input.');
  if (!options.has('write') && files.length > 1)
    throw new UsageError('Several templates are rewritten in their places: give --write.');
  if (options.has('write') && files.includes('-'))
    throw new UsageError('Standard input cannot be written: leave --write out.');
  return files;
}

interface Converted {
  readonly logicalId: string;
  readonly note: string | undefined;
}

/** @throws ByHand where a resource cannot be rewritten by rule; nothing is half converted. */
export function convertTemplate(template: Template): { text: string; converted: Converted[] } {
  const { text, root } = template;
  const native = nativeResources(template);
  const renamed = attributeEdits(text, root, new Set(native.keys()));
  if (native.size === 0) return { text, converted: [] };
  if (isJson(text)) {
    const { text: json, notes } = convertJson(applyEdits(text, renamed), native);
    return {
      text: json,
      converted: [...native.keys()].map((logicalId) => ({ logicalId, note: notes.get(logicalId) })),
    };
  }
  const rewritten = [...native].map(([logicalId, node]) => {
    try {
      return { logicalId, ...resourceEdits(text, node) };
    } catch (error) {
      if (!(error instanceof ByHand)) throw error;
      throw new ByHand(`${logicalId} has to be converted by hand: ${error.message}`);
    }
  });
  const outside = renamed.filter(
    ({ at }) =>
      !rewritten.some(({ edits }) => edits.some((edit) => edit.at <= at && at < edit.end)),
  );
  if (outside.length < renamed.length)
    throw new ByHand('A converted file system refers to another: convert one of them first');
  return {
    text: applyEdits(text, [...outside, ...rewritten.flatMap(({ edits }) => edits)]),
    converted: rewritten.map(({ logicalId, note }) => ({ logicalId, note })),
  };
}

/** YAML may begin with a brace too. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The native resources that are plainly of type LUSTRE, by logical id. */
function nativeResources(template: Template): Map<string, Node> {
  const resources = template.section('Resources')?.entries ?? [];
  return new Map(
    resources
      .filter(
        ({ value }) =>
          textOf(member(value, 'Type')) === NATIVE_TYPE &&
          textOf(member(member(value, 'Properties'), 'FileSystemType')) === 'LUSTRE',
      )
      .map(({ key, value }) => [key, value]),
  );
}
