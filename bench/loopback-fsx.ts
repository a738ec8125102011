import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const FILE_SYSTEM = {
  CreationTime: 1.7e9,
  FileSystemId: 'fs-0123456789abcdef0',
  FileSystemType: 'LUSTRE',
  Lifecycle: 'AVAILABLE',
  StorageCapacity: 1200,
  StorageType: 'SSD',
  VpcId: 'vpc-0123456789abcdef0',
  SubnetIds: ['subnet-0123456789abcdef0'],
  NetworkInterfaceIds: ['eni-0123456789abcdef0'],
  DNSName: 'fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com',
  ResourceARN: 'arn:aws:fsx:us-east-1:123456789012:file-system/fs-0123456789abcdef0',
  OwnerId: '123456789012',
  Tags: [],
  FileSystemTypeVersion: '2.15',
  LustreConfiguration: {
    WeeklyMaintenanceStartTime: '1:00:00',
    DeploymentType: 'SCRATCH_2',
    MountName: 'abcdefgh',
    DataCompressionType: 'NONE',
  },
};

/** An FSx that describes one file system at once: what is measured is all ours. */
export async function startLoopbackFsx(): Promise<{ url: string; close(): Promise<unknown> }> {
  const body = JSON.stringify({ FileSystems: [FILE_SYSTEM] });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1').end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
