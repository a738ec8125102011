/**
 * Replaces every `aws-sdk/clients/*` that the runtime library loads: SDK v2 is past its end of support, adds ten megabytes to
 * a bundle, and is not called.
 */
export default {};
