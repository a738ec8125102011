/** Where the original Pangea design and Amazon FSx differ: FSx is right, since it is what answers. */
export interface Difference {
  readonly topic: string;
  /** What the design says. */
  readonly design: string;
  /** What this type does. */
  readonly here: string;
  /** Why. */
  readonly reason: string;
}

export const DESIGN_DIFFERENCES: readonly Difference[] = [
  {
    topic: 'SSD capacity',
    design: 'a list of sizes, doubling from 1200 to 115200',
    here: '1200 and every multiple of 2400, without an upper limit; the multiples of SCRATCH_1 and EFA are their own',
    reason:
      'FSx takes 7200 or 14400, and not 4800 on SCRATCH_1. What an account may have in all is a quota that AWS raises on request, so a large number is no mistake',
  },
  {
    topic: 'HDD capacity',
    design: 'multiples of 6000',
    here: 'multiples of 6000 at 12 MB/s per TiB, of 1800 at 40',
    reason: 'an HDD server holds 6 TiB at the one tier and 1.8 TiB at the other',
  },
  {
    topic: 'Tiers of persistent SSD',
    design: '50, 100, 200, 500 and 1000 for all',
    here: 'PERSISTENT_1: 50, 100, 200. PERSISTENT_2: 125, 250, 500, 1000',
    reason: 'FSx refuses a tier of the other deployment with InvalidPerUnitStorageThroughput',
  },
  {
    topic: 'PERSISTENT_1 at 500, in two examples',
    design: 'valid',
    here: 'refused; the message names the three tiers, and PERSISTENT_2 for 500',
    reason:
      'the same; on PERSISTENT_2 a data repository association takes the place of ImportPath and ExportPath',
  },
  {
    topic: 'PERSISTENT_2 with HDD',
    design: 'possible, and priced',
    here: 'refused; the message names PERSISTENT_1',
    reason: 'FSx has HDD on PERSISTENT_1 only',
  },
  {
    topic: 'HDD of 48000 GiB at 40, in an example',
    design: 'valid',
    here: 'refused; the message offers 46800 and 48600, and 12 MB/s per TiB, where 48000 is valid',
    reason: '48000 is no multiple of 1800',
  },
  {
    topic: 'Tier left out on persistent storage',
    design: 'a default',
    here: 'refused; the message lists the tiers',
    reason:
      'FSx requires it, and the tiers differ in price by up to four times: so the template should name it',
  },
  {
    topic: 'DriveCacheType of HDD',
    design: 'optional',
    here: 'required, NONE or READ',
    reason: 'FSx refuses HDD without it',
  },
  {
    topic: 'Subnets',
    design: 'several',
    here: 'a list with one entry',
    reason:
      'an FSx for Lustre file system is in one subnet; clients of others reach it through the VPC',
  },
  {
    topic: 'Backups of an S3-linked file system',
    design: 'one example has both',
    here: 'refused',
    reason: 'FSx does not back up S3-linked file systems',
  },
  {
    topic: 'Throughput estimate',
    design: 'capacity / 1024 x tier',
    here: 'capacity / 1000 x tier',
    reason:
      'AWS counts 1200 GiB as 1.2 TiB: in its own example 2.4 TiB at 50 give 120 MB/s, not 117',
  },
  {
    topic: 'Throughput of SCRATCH_1',
    design: '200 MB/s per 1.2 TB',
    here: '240 MB/s per 1200 GiB, as on SCRATCH_2',
    reason: 'both are designed for 200 MB/s per TiB',
  },
  {
    topic: 'Price of scratch SSD',
    design: '0.140 USD a GB-month',
    here: 'the same, from the price book',
    reason: 'it agrees with the price list',
  },
  {
    topic: 'Price of HDD',
    design: '0.015',
    here: '0.025 at 12, 0.083 at 40; with read cache 0.041 and 0.099',
    reason:
      'what AWS lists in us-east-2; 48600 GiB at 40 with read cache cost 4811.40 USD a month, not 729',
  },
  {
    topic: 'Price of persistent SSD',
    design: '0.145',
    here: 'PERSISTENT_1: 0.140, 0.190, 0.290. PERSISTENT_2: 0.145, 0.210, 0.340, 0.600',
    reason: '0.145 is that of the cheapest tier of PERSISTENT_2 alone',
  },
  {
    topic: 'Charge for throughput',
    design: 'an extra charge for higher tiers',
    here: 'ThroughputTier in the breakdown: what the tier adds to the cheapest one',
    reason:
      'AWS has the tier in the price of a GB-month; only INTELLIGENT_TIERING charges for throughput by itself',
  },
  {
    topic: 'PERSISTENT_2 of 19200 GiB at 1000, for EKS',
    design: 'valid',
    here: 'accepted, with one subnet; 11520 USD a month in us-east-2',
    reason: 'a multiple of 2400, and of 4800 for EFA',
  },
  {
    topic: 'Default Lustre version',
    design: '2.15, among the attributes',
    here: '2.15, sent where the template names none; none with BackupId, which keeps its own',
    reason:
      'FSx would take 2.10 on scratch and PERSISTENT_1, which recent clients complain about; 2.15 runs on all, and metadata configuration and EFA need it',
  },
  {
    topic: 'Default deployment',
    design: 'SCRATCH_2',
    here: 'SCRATCH_2 and SSD, sent explicitly; neither with BackupId',
    reason: 'FSx would take SCRATCH_1, which cannot grow',
  },
  {
    topic: 'Security group',
    design: 'port 988',
    here: 'examples open 988 and 1018 to 1023',
    reason:
      'Lustre uses both between servers and clients, and FSx refuses groups that keep them closed',
  },
];
