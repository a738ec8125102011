import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type * as Stock from './stock';

type Library = typeof Stock;
type StockHandler = Parameters<InstanceType<Library['BaseResource']>['addHandler']>[1];

const ROOT = join(__dirname, '..', '..');
const BUNDLE = join(ROOT, 'build', 'test', 'stock-library.js');

/** The stock library, whose defects the tests show beside ours. */
export function stockLibrary(): Library {
  const standIns = ['all', 's3', 'cloudwatch', 'cloudwatchlogs'].map(
    (client) => `--alias:aws-sdk/clients/${client}=./test/runtime/sdk-v2.ts`,
  );
  execFileSync(
    join(ROOT, 'node_modules', '.bin', 'esbuild'),
    [
      'test/runtime/stock.ts',
      '--bundle',
      '--platform=node',
      '--log-level=error',
      `--outfile=${BUNDLE}`,
      ...standIns,
    ],
    { cwd: ROOT, stdio: 'inherit' },
  );
  return jest.requireActual<Library>(BUNDLE);
}

/** A resource of the stock library that answers every action with this handler. */
export function stockResource(library: Library, handler: StockHandler) {
  class Resource extends library.BaseResource {}
  const resource = new Resource('Pangea::FSx::LustreFileSystem', library.ResourceModel);
  for (const action of Object.values(library.Action)) resource.addHandler(action, handler);
  return resource;
}
