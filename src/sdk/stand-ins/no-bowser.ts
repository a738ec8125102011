/** Replaces `bowser`, which identifies browsers for the SDK's user agent and is not used in Lambda. */
export default {};
