/**
 * An error that an app makes where it calls this package. Its trace begins at the app's own line.
 * @param called The class or function that the app has called.
 */
export function appError(message: string, called: NewableFunction): TypeError {
  const error = new TypeError(message);
  Error.captureStackTrace(error, called);
  return error;
}
