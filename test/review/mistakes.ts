/** Templates with mistakes that have one repair each, however they are written. */
import fc from 'fast-check';
import { anyHand, handwritten, type Json } from '../template/handwriting';

/** Mistakes, each with one repair, and members that may stand beside them. */
const MISTAKES: readonly Record<string, Json>[] = [
  { DataCompressionType: 'lz4' },
  { data_compression_type: 'LZ4' },
  { DNSName: 'x' },
  { VpcId: { Ref: 'Vpc' } },
  { KmsKeyId: null },
  { LogConfiguration: { Level: 'warn_only' } },
  { LogConfiguration: { level: 'WARN_ONLY', Destination: null } },
  { RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: ['10.0.1.6', { Ref: 'Nid' }] } },
  { RootSquashConfiguration: { RootSquash: '1:1', no_squash_nids: ['10.0.1.6@tcp'] } },
  { Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: { Ref: 'Nid' } }, { Key: 'a', Value: 'b' }] }, // oxfmt-ignore
  { SecurityGroupIds: 'sg-01234567' },
  { WeeklyMaintenanceStartTime: 'sun:05:00' },
  { StorageCapacity: 5 },
  { StorageCapacity: 5000 },
  { AutomaticBackupRetentionDays: { Ref: 'Nid' } },
];

const anyTemplate = fc
  .tuple(
    fc.subarray([...MISTAKES], { minLength: 1, maxLength: 5 }),
    fc.boolean(),
    fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  )
  .map(([mistakes, isNative, order]) => {
    const common = { StorageCapacity: 1200, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] };
    const given = Object.entries(Object.assign({}, common, ...mistakes) as Record<string, Json>);
    const shuffled = given
      .map((each, index) => [order[index % order.length] ?? 0, each] as const)
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each);
    const properties = Object.fromEntries(shuffled);
    const nested = { FileSystemType: 'LUSTRE', ...common, LustreConfiguration: { DeploymentType: 'scratch_2', data_compression_type: 'LZ4' } }; // oxfmt-ignore
    return {
      Metadata: { Before: ['# x', 'lz4', { DataCompressionType: 'lz4' }] },
      Parameters: { Nid: { Type: 'String' }, Vpc: { Type: 'String' } },
      Resources: {
        First: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'lz4' } },
        Fs: isNative
          ? { Type: 'AWS::FSx::FileSystem', Properties: nested }
          : { Type: 'Pangea::FSx::LustreFileSystem', Properties: properties },
        Last: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'scratch_2' } },
      },
    };
  });

/** A template with some of them, in JSON or as people write it. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(anyTemplate, fc.option(anyHand), fc.boolean())
  .map(([template, hand, crlf]) => {
    const plain = JSON.parse(JSON.stringify(template)) as Json;
    const text = hand ? handwritten(plain, hand) : JSON.stringify(plain, undefined, 2);
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });
