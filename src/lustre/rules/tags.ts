/** Tags: unique keys, none of AWS's own. */
import type { Tag } from '../properties';
import type { Refuse, Rule } from './context';
import { formatValue } from '../wording';

export const tags: Rule = ({ properties }, refuse) => {
  checkKeys('Tags', properties.Tags ?? [], refuse);
  checkKeys('FinalBackupTags', properties.FinalBackupTags ?? [], refuse);
};

/**
 * The user guide names aws: alone; other services say that no letter case of it may be used.
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
    // A missing key is refused by its form.
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
        // Which one matters where they say different things.
        repairs: [without(), ...(list[first]?.Value === Value ? [] : [without(first)])],
      });
    } else seen.set(Key, index);
    if (isReserved(Key)) {
      refuse({
        rule: 'tag-reserved',
        property: `${property}[${index}].Key`,
        value: Key,
        message: `${property} key ${formatValue(Key)} is reserved: keys that begin with aws:, in capital or small letters, are given by AWS. Leave it out, or give it another name.`,
        kind: 'contradiction',
        repairs: [without(), ...renamed()],
      });
    }
  });
}
