/** The schemas with which the local FSx and the local CloudFormation validate. */
import Ajv from 'ajv';
import { STATE_SCHEMA } from '../../local/fsx/state/state-schema';
import { NATIVE_FSX_TYPES } from '../../local/native/types';
import { lustreFileSystem } from '../../local/registry/type-schema';

const types = [lustreFileSystem, ...NATIVE_FSX_TYPES.map(({ type }) => type)];

test.each([
  ...types.map(({ typeName, schema }): [string, object] => [typeName, schema]),
  ['the state of the local FSx', STATE_SCHEMA],
])('%s conforms to the meta-schema of draft 7', (_, schema) => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  expect({ isValid: ajv.validateSchema(schema), errors: ajv.errors }).toEqual({
    isValid: true,
    errors: null,
  });
});
