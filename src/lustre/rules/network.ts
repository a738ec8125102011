/** SubnetIds: FSx for Lustre uses one subnet. */
import type { Rule } from './context';
import { formatValue } from '../wording';

/** Requires exactly one subnet. */
export const network: Rule = ({ properties: { SubnetIds } }, refuse) => {
  if (SubnetIds?.length === 1) return;
  const one = 'FSx for Lustre takes exactly one subnet';
  if (SubnetIds === undefined || SubnetIds.length === 0) {
    refuse({
      rule: 'required',
      property: 'SubnetIds',
      message: `SubnetIds is required: ${one}. Use a list with one subnet ID, such as subnet-0123456789abcdef0.`,
    });
    return;
  }
  refuse({
    rule: 'one-subnet',
    property: 'SubnetIds',
    value: SubnetIds,
    message: `SubnetIds ${formatValue(SubnetIds)} has ${SubnetIds.length} entries: ${one}. Keep one of them; clients in other subnets can still reach the file system.`,
    repairs: [...new Set(SubnetIds)].map((subnet) => ({ SubnetIds: [subnet] })),
  });
};
