import { isEquivalentProperty } from '../../src/lustre/properties/equality';
import type { LustreProperties } from '../../src/lustre/properties';

describe('equal properties', () => {
  const arn = 'arn:aws:kms:us-east-1:123456789012:';
  test.each<[string, keyof LustreProperties, unknown, unknown, boolean]>([
    ['nothing wanted', 'StorageCapacity', undefined, 1200, true],
    ['nothing there', 'StorageCapacity', 1200, undefined, false],
    ['what is left out', 'DataCompressionType', 'NONE', undefined, true],
    ['not what is left out', 'DataCompressionType', 'LZ4', undefined, false],
    ['a list in another order', 'SubnetIds', ['a', 'b'], ['b', 'a', 'b'], true],
    ['a shorter list', 'SubnetIds', ['a'], ['a', 'b'], false],
    ['a list and none', 'SubnetIds', ['a'], 'a', false],
    ['an object and a text', 'MetadataConfiguration', { Mode: 'A' }, 'A', false],
    ['some members', 'MetadataConfiguration', { Mode: 'A' }, { Mode: 'A', Iops: 1 }, true],
    ['members that are not wanted', 'MetadataConfiguration', { Mode: 'A', Iops: undefined }, { Mode: 'A' }, true],
    ['members that are not there', 'MetadataConfiguration', { Mode: 'A', Iops: 1 }, { Mode: 'A' }, false],
    ['no clients, and none', 'RootSquashConfiguration', { RootSquash: '1:1', NoSquashNids: [] }, { RootSquash: '1:1' }, true],
    ['clients, and none', 'RootSquashConfiguration', { RootSquash: '1:1', NoSquashNids: ['a'] }, { RootSquash: '1:1' }, false],
    ['nobody squashed', 'RootSquashConfiguration', {}, { RootSquash: '0:0', NoSquashNids: ['a'] }, true],
    ['a key by its id', 'KmsKeyId', 'ABC', `${arn}key/abc`, true],
    ['another key', 'KmsKeyId', 'abd', `${arn}key/abc`, false],
    ['another key, by its first letter', 'KmsKeyId', 'bbc', `${arn}key/abc`, false],
    ['an alias, and no key', 'KmsKeyId', 'alias/a', undefined, false],
    ['an alias', 'KmsKeyId', `${arn}alias/a`, 'abc', true],
    ['the alias of what there is', 'KmsKeyId', 'abc', 'alias/a', true],
    ['no alias', 'KmsKeyId', 'x/alias/a', 'abc', false],
    ['a group with its suffix', 'LogConfiguration', { Level: 'A', Destination: 'g:*' }, { Level: 'A', Destination: 'g' }, true],
    ['a group with a star within', 'LogConfiguration', { Level: 'A', Destination: 'g:*x' }, { Level: 'A', Destination: 'gx' }, false],
  ])('%s', (_, name, wanted, actual, equal) => {
    expect(isEquivalentProperty(name, wanted, actual)).toBe(equal);
  }); // oxfmt-ignore
});
