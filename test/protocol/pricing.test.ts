import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { model, startWorld, SUBNET, type World } from './harness';

/** A price list with one product, scratch storage, in the form of GetProducts. */
const product = (regionCode: string, USD: string) =>
  JSON.stringify({
    product: {
      sku: 'SKU',
      attributes: {
        fileSystemType: 'Lustre',
        regionCode,
        storageType: 'SSD',
        throughputCapacity: 'N/A',
        usagetype: 'USE1-Storage',
      },
    },
    publicationDate: '2026-11-20T00:00:00Z',
    terms: {
      OnDemand: {
        'SKU.T': { priceDimensions: { 'SKU.T.R': { unit: 'GB-Mo', pricePerUnit: { USD } } } },
      },
    },
  });

let world: World;
let server: Server;
let asked: string[] = [];
let answer: (region: string) => { status: number; body: unknown };

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { Filters } = JSON.parse(text) as { Filters: { Field: string; Value: string }[] };
      const region = Filters.find(({ Field }) => Field === 'regionCode')?.Value ?? '';
      asked.push(region);
      const { status, body } = answer(region);
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world = await startWorld({ overNetwork: true });
  process.env.AWS_ENDPOINT_URL_PRICING = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_PRICING;
  await world.close();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => (asked = []));

const PROPERTIES = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
const create = async (region: string, Pricing: object) => {
  const there = await startWorld({ overNetwork: true, region });
  const answered = await there
    .registry({ region, typeConfiguration: { Pricing } })
    .create(PROPERTIES);
  await there.close();
  return model(answered);
};

test('the price list outranks the book, and is asked once while the function is warm', async () => {
  answer = (region) => ({ status: 200, body: { PriceList: [product(region, '0.25')] } });
  const fs = await create('us-east-1', { Source: 'PRICE_LIST' });
  expect(fs.EstimatedMonthlyCost).toBe('300.00');
  expect(fs.EstimatedCostBasis).toContain('2026-11-20');
  expect(asked).toEqual(['us-east-1']);
});

test('a discount holds for what is shown', async () => {
  expect(await create('us-east-1', { Source: 'PRICE_LIST', DiscountPercent: '10' })).toMatchObject({
    EstimatedMonthlyCost: '270.00',
    EstimatedMonthlyCostBreakdown: { Storage: '270.00' },
  });
});

test('without the price list the estimate comes from the book, and nothing fails', async () => {
  answer = () => ({
    status: 400,
    body: { __type: 'AccessDeniedException', Message: 'not authorized' },
  });
  const fs = await create('us-west-2', { Source: 'PRICE_LIST' });
  expect(fs.EstimatedMonthlyCost).toBe('168.00');
  expect(asked).toEqual(['us-west-2']);
});

test('the book is the default, and asks nobody', async () => {
  expect(await create('us-east-2', {})).toMatchObject({ EstimatedMonthlyCost: '168.00' });
  expect(asked).toEqual([]);
});

describe('guardrails', () => {
  test.each([
    [{ MaxEstimatedMonthlyCost: '100' }, 'MaxEstimatedMonthlyCost', '168'],
    [{ MaxStorageCapacity: 1000 }, 'MaxStorageCapacity', '1200'],
    [{ AllowedDeploymentTypes: ['PERSISTENT_2'] }, 'AllowedDeploymentTypes', 'SCRATCH_2'],
    [{ RequireKmsKey: 'true' }, 'RequireKmsKey', 'KmsKeyId'],
    [{ RequireBackups: true }, 'RequireBackups', 'AutomaticBackupRetentionDays'],
    [{ RequiredTagKeys: ['CostCenter'] }, 'RequiredTagKeys', 'CostCenter'],
  ])('%j is named with the value', async (Guardrails, name, value) => {
    world.fsx.requests.reset();
    const refused = await world.registry({ typeConfiguration: { Guardrails } }).create(PROPERTIES);
    expect(refused).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
    expect(refused.message).toContain(name);
    expect(refused.message).toContain(value);
    expect(world.fsx.requests.count()).toBe(0);
  });

  test('a stack tag is a tag', async () => {
    const registry = world.registry({
      stackTags: { CostCenter: '42' },
      typeConfiguration: { Guardrails: { RequiredTagKeys: ['CostCenter'] } },
    });
    expect(await registry.create(PROPERTIES)).toMatchObject({ status: 'SUCCESS' });
  });
});

test('DEFER_TO_FSX leaves the tables to FSx, and FSx’s refusal comes back in its own words', async () => {
  const registry = world.registry({ typeConfiguration: { Validation: 'DEFER_TO_FSX' } });
  const answered = await registry.create({ ...PROPERTIES, StorageCapacity: 5000 });
  expect(answered).toMatchObject({ status: 'FAILED', errorCode: 'InvalidRequest' });
  expect(answered.message).toContain(
    'FSx CreateFileSystem: Invalid Lustre FS storage capacity: 5000',
  );
});

test('a wrong type configuration stops neither reading nor deletion', async () => {
  const fs = model(await world.registry().create(PROPERTIES));
  const registry = world.registry({ typeConfiguration: { Validation: 'LOOSE' } });
  expect(await registry.update({ ...PROPERTIES, Tags: [] }, fs)).toMatchObject({
    errorCode: 'InvalidTypeConfiguration',
  });
  expect(await registry.read(fs)).toMatchObject({ status: 'SUCCESS' });
  expect(await registry.list()).toMatchObject({ status: 'SUCCESS' });
  expect(await registry.delete(fs)).toMatchObject({ status: 'SUCCESS' });
});
