/** The READ of this type as the TypeScript plugin's scaffold would have it: SDK v2, and the stock runtime library. */
import {
  Action,
  BaseResource,
  handlerEvent,
  ProgressEvent,
  type ResourceHandlerRequest,
  type SessionProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from '../src/models';

interface FsxV2 {
  describeFileSystems(input: { FileSystemIds: string[] }): {
    promise(): Promise<{ FileSystems: Record<string, unknown>[] }>;
  };
}

class Resource extends BaseResource<ResourceModel> {
  @handlerEvent(Action.Read)
  async read(
    session: SessionProxy,
    request: ResourceHandlerRequest<ResourceModel>,
  ): Promise<ProgressEvent<ResourceModel>> {
    // SDK v2 knows no AWS_ENDPOINT_URL_FSX.
    const options = { endpoint: process.env.AWS_ENDPOINT_URL_FSX };
    const fsx = session.client('FSx', options) as unknown as FsxV2;
    const { fileSystemId } = request.desiredResourceState ?? {};
    const { FileSystems } = await fsx
      .describeFileSystems({ FileSystemIds: [String(fileSystemId)] })
      .promise();
    return ProgressEvent.success(ResourceModel.deserialize(FileSystems[0] ?? {}));
  }
}

const resource = new Resource(ResourceModel.TYPE_NAME, ResourceModel);
export const entrypoint: typeof resource.entrypoint = (event, context) =>
  resource.entrypoint(event, context);
