/** Replaces the writer of `yaml`: `pangea-lustre` only parses YAML, and edits the text itself. */
const missing = (): never => {
  throw new Error('YAML is not written here.');
};

export const createStringifyContext = missing;
export const stringifyCollection = missing;
export const stringifyDocument = missing;
export const stringifyNumber = missing;
export const stringifyPair = missing;
export const stringifyString = missing;
