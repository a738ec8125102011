import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in JSON. */
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

/** Serves JSON on 127.0.0.1 only; port 0 takes any free one. */
export async function serveJson(
  port: number,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(request).then(
      (answered) => {
        answerJson(response, answered);
      },
      (error: unknown) => {
        response.destroy(error as Error);
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${taken}`,
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

/**
 * The body of a request, or undefined where it is larger than allowed. A body that is too large is still read to its
 * end, since a client that is cut off in the middle of sending never sees the answer.
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size <= most ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** Answers in JSON, of type `application/json` where the headers name no other. For people: laid out in lines. */
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
