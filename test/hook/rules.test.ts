/** Every rule refuses through the hook what it refuses: both types, numbers and text. */
import { NATIVE_DEFAULTS } from '../../src/review/resource-types';
import { checkModel } from '../../src/lustre/rules/rules';
import { errorsOf } from '../../src/lustre/violations';
import { CASES } from '../lustre/rule-cases';
import { ask, asJson, asNative, asText, NATIVE, OURS, rulesOf, type Properties } from './support';

const cases = Object.entries(CASES).flatMap(([subject, list]) =>
  list.map(([name, model, ...refusals]) => ({
    name: `${subject}: ${name}`,
    model: asJson(model),
    refusals,
  })),
);
const OPTIONS = { region: 'us-east-1', date: new Date().toISOString().slice(0, 10) };

const DIALECTS: [string, (model: unknown) => unknown][] = [
  ['numbers', (model) => model],
  ['text', asText],
];

describe.each(DIALECTS)('as %s', (_, sent) => {
  test.each(cases)('this type, $name', async ({ model, refusals }) => {
    const answer = await ask({ properties: sent(model) });
    const { violations } = checkModel(model, OPTIONS);
    expect(rulesOf(answer)).toEqual(refusals.map((each) => each.split(' ')[0]).sort());
    expect(answer.hookStatus).toBe(errorsOf(violations).length > 0 ? 'FAILED' : 'SUCCESS');
  });

  const native = cases.flatMap(({ name, model }) => {
    const properties = asNative(model);
    return properties ? [{ name, model, properties }] : [];
  });

  test('most of it can be said in the native type', () => {
    expect(native.length).toBeGreaterThan(100);
  });

  test.each(native)('the native type, $name', async ({ model, properties }) => {
    const answer = await ask({ type: NATIVE, properties: sent(properties) });
    const { violations } = checkModel(model, { ...OPTIONS, defaults: NATIVE_DEFAULTS });
    expect(rulesOf(answer)).toEqual(violations.map(({ rule }) => rule).sort());
    expect(answer.hookStatus).toBe(errorsOf(violations).length > 0 ? 'FAILED' : 'SUCCESS');
  });
});

test('a message names a property where its type has it, and an annotation says what to set', async () => {
  const model: Properties = {
    SubnetIds: ['subnet-0123456789abcdef0'],
    DeploymentType: 'PERSISTENT_1',
    StorageType: 'SSD',
    StorageCapacity: 4800,
    PerUnitStorageThroughput: 300,
  };
  const [ours, native] = await Promise.all([
    ask({ type: OURS, properties: model }),
    ask({ type: NATIVE, properties: asNative(model) }),
  ]);
  expect(ours.annotations).toEqual([
    {
      annotationName: 'throughput-tier',
      status: 'FAILED',
      statusMessage: ours.message,
      remediationMessage: 'Set PerUnitStorageThroughput to 200.',
      severityLevel: 'MEDIUM',
    },
  ]);
  expect(native.annotations?.[0]?.remediationMessage).toBe(
    'Set LustreConfiguration.PerUnitStorageThroughput to 200.',
  );
});

test('what a region lacks is refused in that region only', async () => {
  const properties = {
    SubnetIds: ['subnet-0123456789abcdef0'],
    DeploymentType: 'SCRATCH_2',
    StorageCapacity: 1200,
  };
  expect(await ask({ properties }, { region: 'ca-west-1' })).toMatchObject({
    hookStatus: 'FAILED',
    annotations: [{ annotationName: 'region' }],
  });
  expect(await ask({ properties }, { region: 'eu-west-1' })).toMatchObject({
    hookStatus: 'SUCCESS',
  });
});
