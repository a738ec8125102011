/** How long one attempt may take: an invocation has 60 seconds, in which more than one must fit. */
import { Fsx } from '../../src/fsx/client';

/** The SDK's client, as far as it shows its settings. */
interface Configured {
  config: { requestHandler: { httpHandlerConfigs: () => unknown } };
}

test('an attempt has 5 seconds to connect and 15 to be answered, and then fails', async () => {
  const before = process.env.AWS_ENDPOINT_URL_FSX;
  process.env.AWS_ENDPOINT_URL_FSX = 'http://127.0.0.1:1';
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const fsx = new Fsx({ region: 'us-east-1', credentials, attempts: 1, callsBack: true, deadline: 20_000 }); // oxfmt-ignore
  try {
    await expect(fsx.page()).rejects.toMatchObject({ code: 'NetworkFailure' });
    const { client } = fsx as unknown as { client: Configured };
    expect(client.config.requestHandler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 5_000,
      requestTimeout: 15_000,
      throwOnRequestTimeout: true,
    });
  } finally {
    fsx.close();
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL_FSX;
    else process.env.AWS_ENDPOINT_URL_FSX = before;
  }
});
