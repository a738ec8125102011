/** AWS's validation of templates, in a thread of its own; see engine.ts. */
const { createRequire } = require('node:module');
const { workerData } = require('node:worker_threads');

// The package is found through the CDK, which brings it along: npm has it by itself in old betas only.
const { CompositeEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib'))(
  '@aws/cloudformation-validate',
);

const { port, answers } = workerData;
const engines = [];

/** The number of a new engine, or what one finds. */
function carriedOut({ config, engine, template, options }) {
  if (config) return engines.push(new CompositeEngine(config)) - 1;
  return engines[engine].validateTemplate(new TemplateContent(template), options);
}

function answerTo(request) {
  try {
    return { result: carriedOut(request) };
  } catch (error) {
    return { error };
  }
}

port.on('message', (request) => {
  port.postMessage(answerTo(request));
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
});
