/** The first UTF-16 code units of a text, at most so many, without half of a character at the end. */
export const textStart = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
