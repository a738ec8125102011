/** SDK v2 for the stock library: every client answers everything with nothing, and remembers what it was asked. */
export const calls: string[] = [];

export default class Client {
  readonly config = { update: () => undefined };

  makeRequest(operation: string): { on(): void; promise(): Promise<unknown> } {
    calls.push(operation);
    return { on: () => undefined, promise: () => Promise.resolve({}) };
  }
}
