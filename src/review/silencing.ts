/**
 * Silences findings that the author of a template does not want to see: with a comment `# pangea-lustre: ignore RULE, RULE`
 * on or above a line, or with `Metadata: {PangeaLustre: {Ignore: [RULE]}}` of a resource.
 */
import { stepsOf } from '../lustre/paths';
import { closest } from '../lustre/wording';
import { commentsOf, type Comment } from '../template/comments';
import { defaultDeployment } from '../template/deployments';
import { entries, outside } from '../template/intrinsics';
import { lineStart } from '../template/lines';
import { call, entry, member, textOf, type Node } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';
import type { Finding, Note } from './finding';
import { manualPage } from './manual';
import { RULE_NAMES } from './rule-names';

/** Rules that are silenced in one place. */
interface Directive {
  /** The name of the directive in notes. */
  readonly words: string;
  readonly at: number;
  readonly logicalId: string;
  readonly rules: readonly string[];
  /** Whether it applies to a finding. */
  readonly covers: (finding: Finding) => boolean;
}

/** A resource; one in an Fn::ForEach once for each iteration. */
interface Resource {
  readonly logicalId: string;
  readonly at: number;
  readonly node: Node;
}

/** The findings that are not silenced, and a note for each rule that is silenced without effect. */
export function silence(
  template: Template,
  findings: readonly Finding[],
  options: DeploymentOptions,
): { findings: readonly Finding[]; notes: readonly Note[] } {
  if (!/pangea-lustre:|PangeaLustre/.test(template.text)) return { findings, notes: [] };
  const resources = resourcesOf(template, options);
  const notes: Note[] = [];
  const tell = (at: number, logicalId: string, message: string): void => {
    notes.push({ file: template.file, logicalId, ...template.placeAt(at), message, always: true });
  };
  const directives = [
    ...commentDirectives(template, resources, tell),
    ...metadataDirectives(resources),
  ];
  const silencing = ({ rules, covers }: Directive, finding: Finding): boolean =>
    rules.includes(finding.rule) && covers(finding);
  for (const { words, at, logicalId, rules, covers } of directives) {
    for (const rule of rules) {
      if (findings.some((finding) => finding.rule === rule && covers(finding))) continue;
      tell(at, logicalId, inVain(words, rule));
    }
  }
  return {
    findings: findings.filter((finding) => !directives.some((each) => silencing(each, finding))),
    notes,
  };
}

function inVain(words: string, rule: string): string {
  if (RULE_NAMES.includes(rule)) return `${words} ${rule} has no effect: remove it.`;
  const near = closest(rule, RULE_NAMES);
  const hint =
    near === undefined ? `${manualPage('rules.md')} lists the rules.` : `did you mean ${near}?`;
  return `${words} ${rule}: there is no such rule; ${hint}`;
}

function resourcesOf(template: Template, options: DeploymentOptions): Resource[] {
  const section = template.section('Resources');
  if (!section) return [];
  return [...entries(section, outside(defaultDeployment(template, options)))].map(
    ({ key, at, node }) => ({ logicalId: key, at, node }),
  );
}

type Tell = (at: number, logicalId: string, message: string) => void;

const MARK = /#\s*pangea-lustre:\s*(.*?)\s*$/;
const IGNORE = /^ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:(?:--|[(:;]).*)?$/;

function commentDirectives(
  template: Template,
  resources: readonly Resource[],
  tell: Tell,
): Directive[] {
  const { text, placeAt } = template;
  const lineOf = (at: number): number => placeAt(at).line;
  const comments = commentsOf(text);
  const alone = new Set(comments.filter((each) => isAlone(text, each)).map(({ at }) => lineOf(at)));
  const linesOf = linesOfFindings(resources, lineOf);
  return comments.flatMap(({ at, text: comment }): Directive[] => {
    const said = MARK.exec(comment)?.[1];
    if (said === undefined) return [];
    let line = lineOf(at);
    while (alone.has(line)) line++;
    const logicalId = resourceAt(resources, line, lineOf)?.logicalId ?? 'template';
    const rules = IGNORE.exec(said)?.[1]?.split(/\s*,\s*/);
    if (rules === undefined) {
      const given = said === '' ? 'is empty' : `${said} is not recognized`;
      tell(at, logicalId, `# pangea-lustre: ${given}: write ignore and the names of rules.`);
      return [];
    }
    const words = '# pangea-lustre: ignore';
    return [{ words, at, logicalId, rules, covers: (finding) => linesOf(finding).has(line) }];
  });
}

/** Whether a comment is alone on its line. */
const isAlone = (text: string, { at }: Comment): boolean =>
  /^[ \t]*$/.test(text.slice(lineStart(text, at), at));

/** The lines on which a finding can be silenced: its own, and those of the logical ID and of each property that contains it. */
function linesOfFindings(
  resources: readonly Resource[],
  lineOf: (at: number) => number,
): (finding: Finding) => ReadonlySet<number> {
  const known = new Map<Finding, ReadonlySet<number>>();
  const found = (finding: Finding): ReadonlySet<number> => {
    const resource = resources.find(({ logicalId }) => logicalId === finding.logicalId);
    if (!resource) return new Set([finding.line]);
    const steps = stepsOf(finding.property).map(String);
    const places = placesOf(resource.node, ['Properties', ...steps]);
    return new Set([finding.line, ...[resource.at, ...places].map(lineOf)]);
  };
  return (finding) => {
    const lines = known.get(finding) ?? found(finding);
    known.set(finding, lines);
    return lines;
  };
}

/** The offsets of the keys and items along the path to a property, in each branch of an Fn::If. */
function placesOf(node: Node | undefined, [step, ...rest]: readonly string[]): number[] {
  if (!node || step === undefined) return [];
  const called = call(node);
  if (called?.key === 'Fn::If' && called.value.kind === 'list')
    return called.value.items.slice(1).flatMap((branch) => placesOf(branch, [step, ...rest]));
  if (node.kind === 'list') {
    const item = node.items[Number(step)];
    return item ? [item.at, ...placesOf(item, rest)] : [];
  }
  const found = entry(node, step);
  return found ? [found.at, ...placesOf(found.value, rest)] : [];
}

const resourceAt = (
  resources: readonly Resource[],
  line: number,
  lineOf: (at: number) => number,
): Resource | undefined =>
  resources.find(({ at, node }) => lineOf(at) <= line && line <= lineOf(node.end));

function metadataDirectives(resources: readonly Resource[]): Directive[] {
  const directives = new Map<number, Directive>();
  for (const { logicalId, node } of resources) {
    const listed = member(member(member(node, 'Metadata'), 'PangeaLustre'), 'Ignore');
    if (!listed || directives.has(listed.at)) continue;
    // Resources of one Fn::ForEach share one text.
    const ids = new Set(
      resources.filter((each) => each.node === node).map((each) => each.logicalId),
    );
    directives.set(listed.at, {
      words: 'Metadata.PangeaLustre.Ignore',
      at: listed.at,
      logicalId,
      rules: (listed.kind === 'list' ? listed.items : [listed]).flatMap(
        (each) => textOf(each) ?? [],
      ),
      covers: (finding) => ids.has(finding.logicalId),
    });
  }
  return [...directives.values()];
}
