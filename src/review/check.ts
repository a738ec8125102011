/** Checks the Lustre file systems of a template: what FSx would refuse, and references to attributes that do not exist. */
import { isMacro } from '../template/node';
import { Template } from '../template/template';
import { refuseParameters } from '../template/deployments';
import { checkAssociations } from './checks/check-associations';
import { checkAttributes } from './checks/check-attributes';
import { checkChoices } from './checks/check-choices';
import { checkCreatedResources } from './checks/check-created-resources';
import { checkFileSystem } from './checks/check-file-system';
import { checkFollowedBuckets } from './checks/check-followed-buckets';
import { checkParameterDefaults } from './checks/check-parameter-defaults';
import { checkQuotas } from './checks/check-quotas';
import { checkReferences } from './checks/check-references';
import { checkResourceAttributes } from './checks/check-resource-attributes';
import { checkSecurityGroups } from './checks/check-security-groups';
import { findFileSystems, type ReviewOptions } from './file-systems';
import type { Finding, Note } from './finding';
import { silence } from './silencing';

/** The result of a check. */
export interface Checked {
  /** In the order of their positions in the text. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** The number of file systems that were checked. */
  readonly fileSystems: number;
  /** The number of file systems that no deployment creates, and that were therefore not checked. */
  readonly notCreated: number;
  /** The parameters that the template declares. */
  readonly parameterNames: readonly string[];
}

/**
 * The findings for the file systems of a template, in all deployments that it may have.
 *
 * @throws Unreadable if the text is not a template.
 */
export const check = (
  text: string,
  { file = 'template', ...options }: ReviewOptions = {},
): Checked => checkTemplate(Template.read(file, text), options);

/** As `check`, for a template that has been read. */
export function checkTemplate(
  template: Template,
  options: Omit<ReviewOptions, 'file'> = {},
): Checked {
  refuseParameters(template, options);
  const fileSystems = findFileSystems(template, options);
  const results = fileSystems.map((each) => checkFileSystem(template, each, options));
  const notCreated = results.filter(({ isCreated }) => !isCreated).length;
  const varied = new Set(results.flatMap((each) => [...each.varied]));
  const ofAssociations = checkAssociations(template, fileSystems, options);
  const besides = [
    checkCreatedResources(template, fileSystems, options),
    ofAssociations,
    checkFollowedBuckets(template, fileSystems, options),
    checkSecurityGroups(template, fileSystems, options),
  ];
  const isTold = ({ rule, logicalId }: Finding): boolean =>
    ofAssociations.findings.some((each) => each.rule === rule && each.logicalId === logicalId);
  const found = [
    ...checkQuotas(template, options),
    ...results.flatMap(({ findings }) => findings),
    ...checkChoices(template, fileSystems, varied, options).filter((each) => !isTold(each)),
    ...checkParameterDefaults(template, fileSystems, options),
    ...checkReferences(template, fileSystems, options),
    ...besides.flatMap((each) => each.findings),
    ...checkAttributes(template, fileSystems, options),
    ...checkResourceAttributes(template, fileSystems, options),
  ].sort(byPlace);
  const { findings, notes } = silence(template, found, options);
  return {
    findings,
    notes: [
      ...[...results, ...besides].flatMap((each) => each.notes),
      ...macroNotes(template),
      ...notes,
    ].sort(byPlace),
    fileSystems: fileSystems.length - notCreated,
    notCreated,
    parameterNames: template.parameterNames,
  };
}

/** A note for each macro: what it adds is known to CloudFormation only. */
function macroNotes(template: Template): Note[] {
  return [template.root, template.section('Resources')].flatMap((map) =>
    (map?.entries ?? []).filter(isMacro).map(({ key, at }) => ({
      file: template.file,
      logicalId: key,
      ...template.placeAt(at),
      message: 'What it adds is not known before the deployment, so it was not checked.',
    })),
  );
}

const byPlace = (a: Finding | Note, b: Finding | Note): number =>
  a.line - b.line || a.column - b.column;
