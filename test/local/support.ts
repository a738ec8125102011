import { request } from 'node:http';
import { FSxClient, type CreateFileSystemCommandInput } from '@aws-sdk/client-fsx';
import { startLocalFsx, type LocalFsx, type LocalFsxOptions } from '../../local/fsx/server';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const SUBNET = 'subnet-0123456789abcdef0';

/** 2026-03-02, a Monday, 12:00 UTC. */
export const START = Date.UTC(2026, 2, 2, 12);

const open: LocalFsx[] = [];
const clients: FSxClient[] = [];

/** A local FSx on a clock that only the test moves. */
export async function manualFsx(options: LocalFsxOptions = {}): Promise<LocalFsx> {
  const fsx = await startLocalFsx({ manualClock: true, startTime: START, ...options });
  open.push(fsx);
  return fsx;
}

/** For beforeEach: a local FSx, and a client of it that is gone with the test. */
export async function manualFsxAndClient(): Promise<{ fsx: LocalFsx; client: FSxClient }> {
  const fsx = await manualFsx();
  const client = clientOf(fsx);
  clients.push(client);
  return { fsx, client };
}

/** For afterEach or afterAll. */
export async function closeAll(): Promise<void> {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(open.splice(0).map((fsx) => fsx.close()));
}

/** The SDK client as a program has it; no retries, so that every answer is seen. */
export const clientOf = (fsx: { url: string }, maxAttempts = 1, region = 'us-east-1'): FSxClient =>
  new FSxClient({
    endpoint: fsx.url,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
  });

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The JSON of the answer; `raw` where it is not JSON. */
  body: Record<string, unknown>;
  raw: string;
}

/** One HTTP request without any SDK. */
export function post(
  fsx: { port: number },
  body: string,
  headers: Record<string, string>,
  path = '/',
  method = 'POST',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: fsx.port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const raw = Buffer.concat(chunks).toString();
          const json = response.headers['content-type']?.includes('json');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: json ? (JSON.parse(raw) as Record<string, unknown>) : {},
            raw,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export const call = (fsx: { port: number }, operation: string, input: unknown): Promise<Answer> =>
  post(fsx, JSON.stringify(input), {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSSimbaAPIService_v20180301.${operation}`,
  });

export const control = (
  fsx: { port: number },
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> =>
  post(
    fsx,
    body === undefined ? '' : JSON.stringify(body),
    { 'Content-Type': 'application/json' },
    `/_local/${path}`,
    method,
  );

type Create = CreateFileSystemCommandInput;

/** The smallest file system of each deployment. */
export const SCRATCH_1: Create = {
  FileSystemType: 'LUSTRE',
  StorageCapacity: 1200,
  SubnetIds: [SUBNET],
};
export const SCRATCH_2: Create = {
  ...SCRATCH_1,
  LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
};
export const PERSISTENT_1: Create = {
  ...SCRATCH_1,
  LustreConfiguration: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 },
};
export const HDD: Create = {
  ...SCRATCH_1,
  StorageCapacity: 6000,
  StorageType: 'HDD',
  LustreConfiguration: {
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 12,
    DriveCacheType: 'NONE',
  },
};
export const PERSISTENT_2: Create = {
  ...SCRATCH_1,
  LustreConfiguration: { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 },
};
/** With a metadata configuration of its own. */
export const METADATA: Create = lustre(PERSISTENT_2, {
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 },
});
export const TIERING: Create = {
  FileSystemType: 'LUSTRE',
  StorageType: 'INTELLIGENT_TIERING',
  SubnetIds: [SUBNET],
  LustreConfiguration: {
    DeploymentType: 'PERSISTENT_2',
    ThroughputCapacity: 4000,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 320 },
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
  },
};
export const LINKED: Create = lustre(PERSISTENT_1, {
  ImportPath: 's3://bucket/data',
  AutoImportPolicy: 'NEW',
});

/** The same input with other top-level members; `undefined` takes one away. */
export function top(input: Create, changes: Record<string, unknown>): Create {
  return { ...input, ...changes };
}

/** The same input with other members of LustreConfiguration. */
export function lustre(input: Create, changes: Record<string, unknown>): Create {
  return { ...input, LustreConfiguration: { ...input.LustreConfiguration, ...changes } };
}
