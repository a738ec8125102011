/** FileSystemTypeVersion, MetadataConfiguration and EfaEnabled: each depends on the one before. */
import {
  LUSTRE_VERSIONS,
  METADATA_IOPS,
  METADATA_VERSION,
  compareVersions,
  OFFERINGS,
  type Offering,
} from '../catalog/catalog';
import { applicabilityOf } from '../catalog/offerings';
import type { MetadataConfiguration } from '../properties';
import { kindOf, type Refuse, type Rule, type RuleContext } from './context';
import {
  allows,
  choicesOf,
  describeAllowed,
  nearest,
  type AllowedNumbers,
} from '../catalog/allowed-numbers';
import { joinWithOr, nearestWords, formatValue } from '../wording';

/** Rules for FileSystemTypeVersion, MetadataConfiguration and EfaEnabled. */
export const metadata: Rule = (context, refuse) => {
  checkVersion(context, refuse);
  checkMetadata(context, refuse);
  checkEfa(context, refuse);
};

function checkVersion({ properties, offerings, name }: RuleContext, refuse: Refuse): void {
  const { FileSystemTypeVersion: given, MetadataConfiguration: wanted } = properties;
  if (given === undefined || !/^\d(\.\d+)*$/.test(given)) return;
  const atLeast = (oldest: string) => (version: string) => compareVersions(version, oldest) >= 0;
  const deployed = (version: string) =>
    offerings.some(({ oldestVersion }) => atLeast(oldestVersion)(version));
  // Where no metadata configuration is possible, another version does not make it so.
  const isPossible = takersOf(offerings).length > 0;
  const featured = (version: string) =>
    wanted === undefined || !isPossible || atLeast(METADATA_VERSION)(version);
  const known = LUSTRE_VERSIONS.includes(given);
  if (known && deployed(given) && featured(given)) return;

  const valid = LUSTRE_VERSIONS.filter((version) => deployed(version) && featured(version));
  const where = !known ? '' : deployed(given) ? ' with MetadataConfiguration' : ` for ${name}`;
  const advice = !known
    ? given === '2.1' && '; YAML reads an unquoted 2.10 as the number 2.1'
    : deployed(given) && ', or omit MetadataConfiguration';
  refuse({
    rule: 'lustre-version',
    property: 'FileSystemTypeVersion',
    value: given,
    message: `FileSystemTypeVersion ${formatValue(given)} is not valid${where}: use ${joinWithOr(valid)}${advice || ''}.`,
    kind: known ? 'contradiction' : 'table',
    repairs: [
      ...(given === '2.1' && valid.includes('2.10') ? ['2.10'] : valid).map((version) => ({
        FileSystemTypeVersion: version,
      })),
      ...(known && deployed(given) ? [{ MetadataConfiguration: undefined }] : []),
    ],
  });
}

/** The offerings that take a metadata configuration. */
const takersOf = (offerings: readonly Offering[]): readonly Offering[] =>
  offerings.filter((offering) => applicabilityOf('MetadataConfiguration', offering) !== 'refused');

function checkMetadata(context: RuleContext, refuse: Refuse): void {
  const { properties, offerings } = context;
  const { MetadataConfiguration: given } = properties;
  const able = takersOf(offerings);
  if (given?.Mode === undefined || able.length === 0) return;
  const elastic = able.every(({ storage }) => storage === 'INTELLIGENT_TIERING');
  const steps = elastic ? METADATA_IOPS.INTELLIGENT_TIERING : METADATA_IOPS.SSD;

  if (given.Mode !== 'AUTOMATIC') {
    checkIops(given, steps, elastic ? 'INTELLIGENT_TIERING' : 'SSD', refuse);
    return;
  }
  if (elastic) refuseAutomatic(context, steps, refuse);
  if (given.Iops !== undefined)
    refuse({
      rule: 'metadata-mode',
      property: 'MetadataConfiguration.Iops',
      value: given.Iops,
      message: `MetadataConfiguration.Iops ${given.Iops} cannot be used with Mode AUTOMATIC, where FSx sets it: omit it, or use Mode USER_PROVISIONED.`,
      repairs: [{ MetadataConfiguration: { Mode: 'AUTOMATIC' } }],
    });
}

/** INTELLIGENT_TIERING has no Mode AUTOMATIC. */
function refuseAutomatic(context: RuleContext, steps: AllowedNumbers, refuse: Refuse): void {
  const hasSsd = OFFERINGS.some(
    (offering) =>
      offering.deployment === context.properties.DeploymentType &&
      offering.storage === 'SSD' &&
      context.isInRegion(offering),
  );
  refuse({
    rule: 'metadata-mode',
    property: 'MetadataConfiguration.Mode',
    value: 'AUTOMATIC',
    message: `MetadataConfiguration.Mode AUTOMATIC cannot be used with ${context.name}: use USER_PROVISIONED with Iops ${describeAllowed(steps)}${hasSsd ? ', or StorageType SSD' : ''}.`,
    repairs: [
      ...choicesOf(steps).map((Iops) => ({
        MetadataConfiguration: { Mode: 'USER_PROVISIONED' as const, Iops },
      })),
      ...(hasSsd ? [{ StorageType: 'SSD' as const }] : []),
    ],
  });
}

function checkIops(
  { Mode, Iops: given }: MetadataConfiguration,
  steps: AllowedNumbers,
  storage: string,
  refuse: Refuse,
): void {
  if (Mode !== 'USER_PROVISIONED') return;
  const property = 'MetadataConfiguration.Iops';
  if (given === undefined) {
    // Iops has no default. [API CreateFileSystemLustreMetadataConfiguration.Iops]
    refuse({
      rule: 'required',
      property,
      message: `${property} is required with Mode USER_PROVISIONED: use ${describeAllowed(steps)} on ${storage}.`,
      repairs: choicesOf(steps).map((Iops) => ({ MetadataConfiguration: { Mode, Iops } })),
    });
  } else if (!allows(steps, given)) {
    const near = nearest(steps, given);
    refuse({
      rule: 'metadata-iops',
      property,
      value: given,
      message: `${property} ${given} is not valid for ${storage}: use ${describeAllowed(steps)}${nearestWords(near)}.`,
      kind: kindOf(given),
      repairs: near.map((Iops) => ({ MetadataConfiguration: { Mode, Iops } })),
    });
  }
}

/**
 * EFA requires PERSISTENT_2 and a metadata configuration, on SSD and on INTELLIGENT_TIERING, which always has one. [LG
 * efa-file-systems]
 */
function checkEfa({ properties, offerings }: RuleContext, refuse: Refuse): void {
  const { EfaEnabled, MetadataConfiguration, BackupId } = properties;
  if (EfaEnabled !== true || MetadataConfiguration !== undefined || BackupId !== undefined) return;
  if (
    offerings.every((offering) => applicabilityOf('MetadataConfiguration', offering) !== 'optional')
  )
    return;
  refuse({
    rule: 'efa-metadata',
    property: 'EfaEnabled',
    value: EfaEnabled,
    message: `EfaEnabled true requires MetadataConfiguration: specify it with Mode AUTOMATIC, or set EfaEnabled to false.`,
    repairs: [{ MetadataConfiguration: { Mode: 'AUTOMATIC' } }, { EfaEnabled: false }],
  });
}
