/** Tags: unique keys, and no reserved ones. */
import type { Tag } from '../properties';
import type { Refuse, Rule } from './context';
import { formatValue } from '../wording';

/** Requires unique tag keys that are not reserved. */
export const tags: Rule = ({ properties }, refuse) => {
  checkKeys('Tags', properties.Tags ?? [], refuse);
  checkKeys('FinalBackupTags', properties.FinalBackupTags ?? [], refuse);
};

/**
 * The user guide names the prefix aws: only; other services document that it is reserved in any letter case.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/tag-resources.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
const isReserved = (key: string): boolean => /^aws:/i.test(key);

function checkKeys(
  property: 'Tags' | 'FinalBackupTags',
  list: readonly Partial<Tag>[],
  refuse: Refuse,
): void {
  const seen = new Map<string, number>();
  list.forEach(({ Key, Value }, index) => {
    // The shape reports a missing key.
    if (Key === undefined) return;
    const without = (one = index) => ({ [property]: list.filter((_, other) => other !== one) });
    const renamed = () => {
      const other = Key.replace(/^(aws:)+/i, '');
      const isFree = other !== '' && !list.some((each) => each.Key === other);
      return isFree ? [{ [property]: list.with(index, { ...list[index], Key: other }) }] : [];
    };
    const first = seen.get(Key);
    if (first !== undefined) {
      refuse({
        rule: 'tag-unique',
        property: `${property}[${index}].Key`,
        value: Key,
        message: `${property} has the key ${formatValue(Key)} more than once: keep one of them.`,
        kind: 'contradiction',
        // If the values differ, removing either one is a repair.
        repairs: [without(), ...(list[first]?.Value === Value ? [] : [without(first)])],
      });
    } else seen.set(Key, index);
    if (isReserved(Key)) {
      refuse({
        rule: 'tag-reserved',
        property: `${property}[${index}].Key`,
        value: Key,
        message: `${property} key ${formatValue(Key)} is reserved: only AWS sets keys that begin with aws:, in any letter case. Remove the tag, or rename its key.`,
        kind: 'contradiction',
        repairs: [without(), ...renamed()],
      });
    }
  });
}
