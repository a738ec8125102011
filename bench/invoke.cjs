/** node invoke.cjs HANDLERS load | read | warm N: what a Lambda environment does with a function, in a process of its own. */
const [handlers, work, reads] = process.argv.slice(2);
const { entrypoint } = require(handlers);

const event = () => ({
  action: 'READ',
  awsAccountId: '123456789012',
  bearerToken: 'token',
  region: 'us-east-1',
  requestData: {
    callerCredentials: { accessKeyId: 'AK', secretAccessKey: 'secret', sessionToken: 'token' },
    logicalResourceId: 'FileSystem',
    resourceProperties: { FileSystemId: 'fs-0123456789abcdef0' },
  },
});

async function read() {
  const begun = process.hrtime.bigint();
  const { status, message } = await entrypoint(event(), {});
  if (status !== 'SUCCESS') throw new Error(message);
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

async function warm(count) {
  await read();
  const times = [];
  for (let i = 0; i < count; i++) times.push(await read());
  // The stock library logs with console.log; the last line is the result.
  process.stdout.write(`\n${times.sort((a, b) => a - b)[count >> 1]}\n`);
}

if (work === 'read') read();
if (work === 'warm') warm(Number(reads));
