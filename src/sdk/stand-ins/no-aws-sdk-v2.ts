/**
 * Stands in for every `aws-sdk/clients/*` that the runtime library requires at load: SDK v2 is past its end of support,
 * weighs ten megabytes in a bundle, and nothing here calls it.
 */
export default {};
