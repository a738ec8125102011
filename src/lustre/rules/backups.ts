/** Automatic backups: retention and window; the final backup. */
import { LONGEST_RETENTION } from '../catalog/catalog';
import type { Refuse, Rule, RuleContext } from './context';
import { formatValue } from '../wording';

/** Rules for backup settings that contradict each other, or the S3 link. */
export const backups: Rule = (context, refuse) => {
  checkS3Link(context, refuse);
  checkWindow(context, refuse);
  checkFinalBackupTags(context, refuse);
};

/** FSx cannot back up S3-linked file systems. [LG using-backups-fsx] */
function checkS3Link({ properties }: RuleContext, refuse: Refuse): void {
  const { ImportPath, AutomaticBackupRetentionDays: days, SkipFinalBackup } = properties;
  if (ImportPath === undefined) return;
  const rule = 'FSx does not back up S3-linked file systems';
  if (days !== undefined && days > 0) {
    refuse({
      rule: 's3-backups',
      property: 'AutomaticBackupRetentionDays',
      value: days,
      message: `AutomaticBackupRetentionDays ${days} cannot be used with ImportPath: ${rule}. Set it to 0, or omit ImportPath.`,
      repairs: [{ AutomaticBackupRetentionDays: 0 }, { ImportPath: undefined }],
    });
  }
  if (SkipFinalBackup === false) {
    refuse({
      rule: 's3-backups',
      property: 'SkipFinalBackup',
      value: SkipFinalBackup,
      message: `SkipFinalBackup false cannot be used with ImportPath: ${rule}. Omit it, or omit ImportPath.`,
      repairs: [{ SkipFinalBackup: undefined }, { ImportPath: undefined }],
    });
  }
}

/** A window without automatic backups is a mistake. AWS's construct library refuses it too. */
function checkWindow({ properties, offerings }: RuleContext, refuse: Refuse): void {
  const {
    DailyAutomaticBackupStartTime: window,
    AutomaticBackupRetentionDays: days,
    BackupId,
    ImportPath,
  } = properties;
  // The rule for the form of a start time reports an empty one.
  if (window === undefined || window === '') return;
  // A backup brings its retention, and INTELLIGENT_TIERING has a default of its own.
  const implied =
    BackupId !== undefined || offerings.some(({ storage }) => storage === 'INTELLIGENT_TIERING');
  if (days === undefined ? implied : days > 0) return;
  const without = { DailyAutomaticBackupStartTime: undefined };
  const linked = ImportPath !== undefined;
  refuse({
    rule: 'backup-window',
    property: 'DailyAutomaticBackupStartTime',
    value: window,
    message: `DailyAutomaticBackupStartTime ${formatValue(window)} requires automatic backups${linked ? ', and AutomaticBackupRetentionDays cannot be used with ImportPath: ' : `: set AutomaticBackupRetentionDays to 1 to ${LONGEST_RETENTION}, or `}omit the start time.`,
    repairs: linked ? [without] : [{ AutomaticBackupRetentionDays: 7 }, without],
  });
}

/** [API DeleteFileSystemLustreConfiguration.FinalBackupTags] */
function checkFinalBackupTags({ properties }: RuleContext, refuse: Refuse): void {
  const { FinalBackupTags: tags, SkipFinalBackup } = properties;
  if (tags === undefined || SkipFinalBackup === false) return;
  refuse({
    rule: 'final-backup-tags',
    property: 'FinalBackupTags',
    value: tags,
    message:
      'FinalBackupTags requires a final backup: set SkipFinalBackup to false, or omit FinalBackupTags.',
    repairs: [{ SkipFinalBackup: false }, { FinalBackupTags: undefined }],
  });
}
