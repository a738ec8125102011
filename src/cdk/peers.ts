/** The packages of the CDK, which the app brings along: without them one sentence says so, and no trace of this package. */

/** They are looked for where the app finds them. */
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
