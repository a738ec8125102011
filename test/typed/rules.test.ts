/** The functions of `pangea-lustre/rules`: what the compiler refuses of a call, and that the same fails where none looks. */
import {
  advise,
  checkProperties,
  checkTemplate,
  diffTemplates,
  estimateProperties,
  estimateTemplate,
  type Finding,
  type Guardrails,
  type LustreProperties,
} from '../../src/rules';

/** Never called: what the compiler says of it is the test. */
export function refusedByTheCompiler(finding: Finding): void {
  // @ts-expect-error -- text, not an object
  checkTemplate({ Resources: {} });
  // @ts-expect-error -- no such option
  checkTemplate('', { regions: 'eu-west-1' });
  // @ts-expect-error -- a name, not a list
  checkTemplate('', { region: ['eu-west-1'] });
  // @ts-expect-error -- text, a number or a boolean
  checkTemplate('', { parameters: { Size: [1200] } });
  // @ts-expect-error -- required
  checkProperties();
  // @ts-expect-error -- an object, not text
  checkProperties('StorageCapacity: 1200');
  // @ts-expect-error -- no such value
  checkProperties({}, { configuration: { Validation: 'NEVER' } });
  // @ts-expect-error -- a date as text
  estimateProperties({}, { date: new Date() });
  // @ts-expect-error -- options of a difference
  estimateTemplate('', { oldParameters: {} });
  // @ts-expect-error -- two templates
  diffTemplates('Resources: {}');
  // @ts-expect-error -- required
  advise({ capacity: 1200 });
  // @ts-expect-error -- no such feature
  advise({ capacity: 1200, throughput: 1, features: ['speed'] });
  // @ts-expect-error -- no such deployment type
  advise({ capacity: 1200, throughput: 1, deployments: ['SCRATCH_3'] });
  // @ts-expect-error -- findings are read only
  finding.message = '';
  // @ts-expect-error -- no such limit
  ({ MaxStorage: 1 }) satisfies Guardrails;
  // @ts-expect-error -- no such value
  ({ StorageType: 'NVME' }) satisfies LustreProperties;
}

test.each<[string, () => unknown]>([
  ['a capacity of nothing', () => advise({ capacity: 0, throughput: 1 })],
  ['a region that is none', () => checkProperties({}, { region: 'Ireland' })],
  ['a parameter that the template does not have', () => checkTemplate('Resources: {}', { parameters: { Sise: 1 } })], // oxfmt-ignore
])('a call that compiles and is wrong: %s', (_, call) => {
  expect(call).toThrow(TypeError);
});

const BINARY: unknown = Buffer.from('Resources: {}');
test.each<[string, () => unknown, string]>([
  ['check', () => checkTemplate(BINARY as string), 'The template is not text: pass its YAML or JSON as a string.'],
  ['check of an object', () => checkTemplate({ Resources: {} } as never), 'The template is not text: pass its YAML or JSON as a string.'],
  ['estimate', () => estimateTemplate(BINARY as string), 'The template is not text: pass its YAML or JSON as a string.'],
  ['diff', () => diffTemplates('Resources: {}', BINARY as string), 'The template is not text: pass its YAML or JSON as a string.'],
  ['diff with null', () => diffTemplates(null as never, 'Resources: {}'), 'The template is not text: pass its YAML or JSON as a string.'],
  ['advise', () => advise(undefined as never), 'The need is not an object: specify capacity and throughput.'],
  ['properties', () => checkProperties(null as never), 'The properties are not an object: pass one with the property names of the type.'],
])('an argument that is none is told in a sentence: %s', (_, call, message) => {
  expect(call).toThrow(new TypeError(message));
}); // oxfmt-ignore
