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
  list.forEach(({ Key }, index) => {
    // The shape reports a missing key.
    if (Key === undefined) return;
    const place = { property: `${property}[${index}].Key`, value: Key };
    if (isReserved(Key)) {
      const changed = [list.toSpliced(index, 1), ...renamed(list, index)];
      refuse({
        ...place,
        rule: 'tag-reserved',
        message: `${property} key ${formatValue(Key)} is reserved: only AWS sets keys that begin with aws:, in any letter case. Remove the tag, or rename its key.`,
        repairs: changed.map((to) => ({ [property]: to })),
      });
      return;
    }
    const same = list.filter((each) => each.Key === Key);
    // A key is reported once, at the second of its tags.
    if (same.indexOf(list[index] ?? {}) !== 1) return;
    refuse({
      ...place,
      rule: 'tag-unique',
      message: `${property} has the key ${formatValue(Key)} more than once: keep one of them.`,
      // If the values differ, keeping any of the tags is a repair.
      repairs: firstOfEach(same).map((kept) => ({
        [property]: list.filter((each) => each === kept || each.Key !== Key),
      })),
    });
  });
}

/** The list with the reserved beginning of a key removed, if the rest is a key that no other tag has. */
function renamed(list: readonly Partial<Tag>[], index: number): Partial<Tag>[][] {
  const tag = list[index];
  const key = (tag?.Key ?? '').replace(/^(aws:)+/i, '');
  const isFree = key !== '' && !list.some((each) => each.Key === key);
  return isFree ? [list.with(index, { ...tag, Key: key })] : [];
}

/** The first tag with each value. */
const firstOfEach = (tags: readonly Partial<Tag>[]): Partial<Tag>[] =>
  tags.filter(({ Value }, index) => tags.findIndex((each) => each.Value === Value) === index);
