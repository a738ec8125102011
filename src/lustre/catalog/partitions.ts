/** The partitions of AWS, and what differs between them. [botocore partitions.json] */

export interface Partition {
  /** As ARNs and `AWS::Partition` have it. */
  readonly name: string;
  /** What its regions begin with. */
  readonly regions: string;
  /** What the names of its services end with: `AWS::URLSuffix`. */
  readonly urlSuffix: string;
  /** What AWS bills in, where that is not USD. */
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

export const partitionOf = (region: string): Partition =>
  OTHERS.find(({ regions }) => region.startsWith(regions)) ?? AWS;

/** Whether a text has the form of the name of a region, such as eu-west-1: an area, a direction and a number. */
export const isRegion = (text: string): boolean =>
  /^[a-z]{2,4}(-[a-z]+)?-(central|(north|south)(east|west)?|east|west)-\d+$/.test(text);
