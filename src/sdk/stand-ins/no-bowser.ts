/** `bowser` tells one browser from another for the SDK's user agent; a Lambda function never asks. */
export default {};
