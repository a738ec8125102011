/** One Lambda environment that serves many callers, told by a parent: node --expose-gc warm-function.cjs BUNDLE. */
const { entrypoint } = require(process.argv[2]);

process.on('message', async ({ events }) => {
  while (events.length > 0) await entrypoint(events.shift(), {});
  global.gc();
  const connections = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap');
  process.send({ heap: process.memoryUsage().heapUsed, connections: connections.length });
});
process.send('ready');
