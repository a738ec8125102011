/** The partitions of AWS, and what differs between them. [botocore partitions.json] */

/** A partition of AWS, such as `aws-cn`. */
export interface Partition {
  /** As in ARNs and `AWS::Partition`. */
  readonly name: string;
  /** The beginning of the names of its regions. */
  readonly regions: string;
  /** The domain of its services: `AWS::URLSuffix`. */
  readonly urlSuffix: string;
  /** The currency of its bills. Absent: USD. */
  readonly currency?: 'CNY';
}

const AWS: Partition = { name: 'aws', regions: '', urlSuffix: 'amazonaws.com' };

const OTHERS: readonly Partition[] = [
  { name: 'aws-cn', regions: 'cn-', urlSuffix: 'amazonaws.com.cn', currency: 'CNY' },
  { name: 'aws-us-gov', regions: 'us-gov-', urlSuffix: 'amazonaws.com' },
  { name: 'aws-iso', regions: 'us-iso-', urlSuffix: 'c2s.ic.gov' },
  { name: 'aws-iso-b', regions: 'us-isob-', urlSuffix: 'sc2s.sgov.gov' },
  { name: 'aws-iso-e', regions: 'eu-isoe-', urlSuffix: 'cloud.adc-e.uk' },
  { name: 'aws-iso-f', regions: 'us-isof-', urlSuffix: 'csp.hci.ic.gov' },
  { name: 'aws-eusc', regions: 'eusc-', urlSuffix: 'amazonaws.eu' },
];

/** The partition of a region, such as `aws-cn` of cn-north-1. Unknown regions count as `aws`. */
export const partitionOf = (region: string): Partition =>
  OTHERS.find(({ regions }) => region.startsWith(regions)) ?? AWS;

/** Whether a text has the form of a region name, such as eu-west-1: an area, a direction and a number. */
export const isRegion = (text: string): boolean =>
  /^[a-z]{2,4}(-[a-z]+)?-(central|(north|south)(east|west)?|east|west)-\d+$/.test(text);
