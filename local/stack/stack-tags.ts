import type { Tags } from '../registry/protocol';
import { SAYS, ValidationError } from './refusals';

const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/**
 * Checks the tags of a stack: at most 50, keys of 1 to 128 characters that do not begin with aws:, and values of 1 to 256.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Tag.html
 *
 * @throws ValidationError
 */
export function checkTags(tags: Tags): void {
  const entries = Object.entries(tags);
  if (entries.length > MOST_TAGS) {
    throw new ValidationError(
      SAYS.constraint('tags', `have length less than or equal to ${MOST_TAGS}`),
    );
  }
  for (const [index, [key, value]] of entries.entries()) {
    const at = (name: string): string => `tags.${index + 1}.member.${name}`;
    checkLength(at('key'), key, LONGEST_KEY);
    checkLength(at('value'), value, LONGEST_VALUE);
    if (/^aws:/i.test(key)) throw new ValidationError(SAYS.reservedTag(key));
  }
}

function checkLength(at: string, text: string, most: number): void {
  if (text.length === 0) {
    throw new ValidationError(SAYS.constraint(at, 'have length greater than or equal to 1'));
  }
  if (text.length <= most) return;
  throw new ValidationError(SAYS.constraint(at, `have length less than or equal to ${most}`));
}
