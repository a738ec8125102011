/** One Lambda environment that serves many callers, told by a parent: node --expose-gc warm-function.cjs BUNDLE. */
const { entrypoint } = require(process.argv[2]);

process.on('message', async ({ events }) => {
  for (const event of events) await entrypoint(event, {});
  global.gc();
  process.send(process.memoryUsage().heapUsed);
});
process.send('ready');
