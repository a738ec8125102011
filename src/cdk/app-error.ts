/**
 * An error in an app's use of this package. Its stack trace begins at the app's own line.
 *
 * @param called The class or function that the app called.
 */
export function appError(message: string, called: NewableFunction | CallableFunction): TypeError {
  const error = new TypeError(message);
  Error.captureStackTrace(error, called);
  return error;
}
