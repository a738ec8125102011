/** The stock runtime library with the generated model, as a scaffolded project bundles it, but for SDK v2. */
export * from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
export { ResourceModel } from '../../src/models';
export { calls } from './sdk-v2';
