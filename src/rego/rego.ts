/**
 * The rules as Rego, for AWS's template engine (cloudformation-validate): the tables of src/lustre, and rules that read them.
 */
import { FEATURES } from './bodies/features';
import { FORMS } from './bodies/forms';
import { MODELS } from './bodies/models';
import { OFFERINGS } from './bodies/offerings';
import { REPORT } from './bodies/report';
import { WORDING } from './bodies/wording';
import { regoTables } from './tables';

const HEAD = `# Rules of Amazon FSx for Lustre, for AWS's template engine: cloudformation-validate, which runs inside cdk synth.
# Written by pangea-lustre from its tables; the rules are described in manual/rules.md, and their use in manual/in-your-tools.md.
# For AWS::FSx::FileSystem with FileSystemType LUSTRE, and Pangea::FSx::LustreFileSystem.
package pangea_lustre

import rego.v1
`;

const BODIES = [WORDING, MODELS, FORMS, OFFERINGS, FEATURES, REPORT];

/** The rules of the policy. The other rules need the stack, the account, or the text of the template. */
export const REGO_RULES: ReadonlySet<string> = new Set(
  BODIES.flatMap((body) =>
    [...body.matchAll(/refusal\(k, "([a-z0-9-]+)"/g)].flatMap(([, name]) => name ?? []),
  ),
);

/** The output of `pangea-lustre rules --format rego`: one policy in the package `pangea_lustre`. */
export const regoPolicy = (): string =>
  [HEAD, tables(), ...BODIES]
    .map((part) => part.trim())
    .join('\n\n')
    .concat('\n');

const tables = (): string =>
  Object.entries(regoTables())
    .map(([name, table]) => `${name} := ${written(table)}`)
    .join('\n\n');

/** The longest line in columns. The engine's interpreter accepts up to 1024. */
const WIDTH = 100;

/** A value as a Rego term, on one line if it is short. */
function written(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH)
    return line;
  const deeper = `${indent}\t`;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((item) => written(item, deeper))]
    : ['{', '}', membersOf(value, deeper)];
  return `${open}\n${parts.map((part) => `${deeper}${part},`).join('\n')}\n${indent}${close}`;
}

const membersOf = (value: object, indent: string): string[] =>
  Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${written(member, indent)}`,
  );
