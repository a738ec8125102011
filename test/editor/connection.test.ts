/** How the language server begins and ends: what an editor, or what is none, does with its pipes. */
import { spawn } from 'node:child_process';
import { COMMAND, WRONG } from '../cli/command';

const message = (content: object): string => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...content });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const INITIALIZE = message({
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
});
const SHUTDOWN = message({ id: 2, method: 'shutdown' });
const EXIT = message({ method: 'exit' });
const OPEN = message({
  method: 'textDocument/didOpen',
  params: {
    textDocument: { uri: 'file:///t.yaml', languageId: 'yaml', version: 1, text: WRONG },
  },
});

/** What comes out, once all of the input is written behind the answer to the first message, and how the server ends. */
async function served(
  input: string,
  act: (server: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<{ code: number | null; told: string }> {
  const server = spawn(process.execPath, [COMMAND, 'lsp', '--stdio'], {
    env: { PATH: process.env.PATH },
  });
  let told = '';
  server.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  server.stdin.on('error', () => undefined);
  const gone = new Promise<number | null>((done) => server.on('close', done));
  server.stdout.once('data', () => {
    act(server);
    server.stdin.write(input);
  });
  server.stdin.write(INITIALIZE);
  return { code: await gone, told };
}

test.each<[what: string, input: string, code: number]>([
  ['shutdown and exit', SHUTDOWN + EXIT, 0],
  ['exit without shutdown', EXIT, 1],
])('%s', async (_, input, code) => {
  expect(await served(input)).toMatchObject({ code, told: '' });
});

test('a cancellation without an id does not end it', async () => {
  const cancel = message({ method: '$/cancelRequest', params: {} });
  expect(await served(cancel + SHUTDOWN + EXIT)).toMatchObject({ code: 0, told: '' });
});

test('messages out of order are refused as the protocol says', async () => {
  const server = spawn(process.execPath, [COMMAND, 'lsp', '--stdio'], { env: { PATH: process.env.PATH } }); // oxfmt-ignore
  let said = '';
  server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const gone = new Promise((done) => server.on('close', done));
  const hover = (id: number): string => message({ id, method: 'textDocument/hover', params: { textDocument: { uri: 'file:///t.yaml' }, position: { line: 0, character: 0 } } }); // oxfmt-ignore
  server.stdin.write(OPEN + hover(10) + INITIALIZE + hover(11));
  server.stdin.write(INITIALIZE.replace('"id":1', '"id":9') + SHUTDOWN + hover(12) + EXIT);
  expect(await gone).toBe(0);
  const answers = said.split(/Content-Length: \d+\r\n\r\n/).slice(1).map((each) => JSON.parse(each) as { id?: number; method?: string; error?: { code: number } }); // oxfmt-ignore
  expect(answers.map(({ method }) => method).filter(Boolean)).toEqual([]);
  expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
    [10, -32002],
    [1, undefined],
    [11, undefined],
    [9, -32600],
    [2, undefined],
    [12, -32600],
  ]);
});

test('a message that is no JSON does not end it', async () => {
  expect(await served(`Content-Length: 3\r\n\r\n{{{${SHUTDOWN}${EXIT}`)).toEqual({
    code: 0,
    told: '',
  });
});

test.each([
  ['no header', 'hello world\r\n\r\n'],
  ['a header without a length', 'Content-Type: text/plain\r\n\r\n{}'],
  ['a length that is none', 'Content-Length: many\r\n\r\n{}'],
  ['a length that is too small', `Content-Length: 1\r\n\r\n{}${SHUTDOWN}${EXIT}`],
])('%s ends it with a sentence, as nothing behind can be read', async (_, input) => {
  const { code, told } = await served(input);
  expect({ code, told }).toEqual({
    code: 1,
    told: 'pangea-lustre: What comes in is not the language server protocol: a message has no valid Content-Length.\n',
  });
});

test('an editor that reads no more ends it without a word', async () => {
  const { code, told } = await served(OPEN, (server) => server.stdout?.destroy());
  expect({ code, told }).toEqual({ code: 1, told: '' });
});
