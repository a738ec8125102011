/** Checks that the app has the packages of the CDK. If not, the error is one sentence without a stack trace. */

/** Resolved from the app's folder. */
function refuseMissingPeers(): void {
  const missing = ['aws-cdk-lib', 'constructs'].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.join(' and ');
  const message = `pangea-lustre/cdk needs ${names} beside it: npm install ${missing.join(' ')}`;
  throw Object.assign(new Error(message), { stack: `Error: ${message}` });
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

refuseMissingPeers();
