import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of an AWS JSON service. */
export interface Call {
  operation: string;
  /** Who signed it. */
  accessKeyId: string;
  region: string;
  headers: IncomingHttpHeaders;
  input: Record<string, unknown>;
}

/**
 * What to answer: an AWS error by its name, members of a success, a body that is not one of AWS's, nothing at all, or the end
 * of the connection.
 */
export type Reply =
  | {
      error: string;
      status?: number;
      headers?: Record<string, string>;
      message?: string;
      members?: Record<string, unknown>;
    }
  | { success: Record<string, unknown>; headers?: Record<string, string> }
  | { body: string; status: number; type: string }
  | 'silence'
  | 'cut';

/** An AWS service that writes down what it is asked. */
export async function startRecorder(reply: (call: Call, calls: readonly Call[]) => Reply) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => {
      const { headers } = request;
      const [, accessKeyId = '', region = ''] =
        /Credential=([^/]+)\/\d+\/([^/]+)/.exec(headers.authorization ?? '') ?? [];
      const call: Call = {
        operation: String(headers['x-amz-target']).split('.').at(-1) ?? '',
        accessKeyId,
        region,
        headers,
        input: JSON.parse(Buffer.concat(body).toString() || '{}') as Record<string, unknown>,
      };
      const answer = reply(call, calls);
      calls.push(call);
      if (answer === 'silence') return;
      if (answer === 'cut') {
        request.socket.destroy();
        return;
      }
      if ('body' in answer) {
        response.writeHead(answer.status, { 'content-type': answer.type });
        response.end(answer.body);
        return;
      }
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.setHeader('x-amzn-requestid', `request-${calls.length}`);
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value);
      if ('error' in answer) {
        response.statusCode = answer.status ?? 400;
        const { error, members, message = 'No.' } = answer;
        response.end(JSON.stringify({ __type: error, message, ...members }));
      } else response.end(JSON.stringify(answer.success));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
