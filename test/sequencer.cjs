const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest. They begin first, so that no core waits for one of them at the end. */
const LONGEST = [
  'editor/prefixes',
  'protocol/histories',
  'npm/cdk',
  'integrations/cfn-lint',
  'local/demo',
  'planner/everybody',
  'template/limits',
  'rego/agreement',
  'planner/plan',
  'npm/package',
  'rego/cdk',
  'rego/templates',
  'protocol/reliability',
  'protocol/deletion',
  'action/action',
].map((name) => `/test/${name}.test.ts`);

/** jest's order, which begins with what took long before. In a new clone nothing has been measured. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((file) => path.endsWith(file));
      return at === -1 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
