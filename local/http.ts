import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A JSON response. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A server that is listening. */
export interface Listening {
  url: string;
  port: number;
  close: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** The time in which a client must send its headers, and its whole request, in milliseconds. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const TIMEOUTS_CHECKED_EVERY = 2_000;
/** The limit of all headers in bytes. A signed request of an SDK has about 2,000. */
const LARGEST_HEADERS = 32 * 1024;

/** A server that closes connections of slow clients, and responds to invalid HTTP. */
export function localServer(listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: TIMEOUTS_CHECKED_EVERY,
      maxHeaderSize: LARGEST_HEADERS,
    },
    listener,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status = CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return server;
}

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Listens on 127.0.0.1 only. Port 0: any free port. */
export async function listen(server: Server, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${taken}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Serves JSON on 127.0.0.1 only. Port 0: any free port. */
export function serveJson(
  port: number,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<Listening> {
  const server = localServer((request, response) => {
    answer(request).then(
      (answered) => {
        answerJson(response, answered);
      },
      (error: unknown) => {
        response.destroy(error as Error);
      },
    );
  });
  return listen(server, port);
}

/** The path of a request, unchanged. An invalid path is not an error here; no route matches it. */
export const pathOf = (request: IncomingMessage): string =>
  (request.url ?? '/').split('?', 1)[0] ?? '/';

/** The most bytes that are read of a body that is too large. */
const LARGEST_READ = 128 * 1024 * 1024;

/**
 * The body of a request; undefined if it is larger than allowed. A body that is too large is still read, to its end or to 128
 * MB, because a client that is cut off while it is sending does not see the response.
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else chunks.length = 0;
    if (size > LARGEST_READ) break;
  }
  return size <= most ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** Sends a JSON response, with the type `application/json` unless the headers have another one. Indented for readers. */
export function answerJson(
  response: ServerResponse,
  { status, headers, body }: Answer,
  forPeople = false,
): void {
  const json = (JSON.stringify(body, null, forPeople ? 2 : 0) as string | undefined) ?? 'null';
  const text = forPeople ? `${json}\n` : json;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
