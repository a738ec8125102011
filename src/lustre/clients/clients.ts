/**
 * The clients that can mount each Lustre version, as data:
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/lustre-client-matrix.html, as of June 2026. AWS's page also lists the
 * kernels between those here.
 */

/** An operating system with a Lustre client. */
export interface Client {
  readonly system: string;
  /** Its releases or kernels. AWS documents none without a limit. */
  readonly which: string;
  /** The version of the Lustre client that AWS documents for it. */
  readonly client: string;
  /** The Lustre versions of file systems that it can mount. */
  readonly mounts: readonly string[];
}

const [ALL, NEW, OLD] = [
  ['2.10', '2.12', '2.15'],
  ['2.12', '2.15'],
  ['2.10', '2.12'],
] as const;

// oxfmt-ignore
/** From newest to oldest within each operating system, as in AWS's page. */
export const CLIENTS: readonly Client[] = [
  { system: 'Amazon Linux 2023', which: 'kernel 6.1 from 6.1.79-99.167, 6.12, 6.18', client: '2.15', mounts: NEW },
  { system: 'Amazon Linux 2', which: 'kernel 4.14 from 4.14.294-220.533, 5.4 from 5.4.214-120.368, 5.10 from 5.10.144-127.601', client: '2.12', mounts: ALL },
  { system: 'Amazon Linux 2', which: 'older kernels', client: '2.10', mounts: OLD },
  { system: 'Ubuntu 24', which: 'kernel 6.8, 6.14, 6.17, 7.0', client: '2.15', mounts: NEW },
  { system: 'Ubuntu 22', which: 'kernel 6.2, 6.5, 6.8', client: '2.15', mounts: NEW },
  { system: 'Ubuntu 22', which: 'kernel 5.15', client: '2.12', mounts: ALL },
  { system: 'Ubuntu 20', which: 'kernel 5.15', client: '2.12', mounts: ALL },
  { system: 'Ubuntu 20', which: 'kernel 5.4 to 5.13', client: '2.10', mounts: OLD },
  { system: 'RHEL, Rocky Linux 10', which: '10.1, 10.2', client: '2.15', mounts: ['2.15'] },
  { system: 'RHEL, Rocky Linux 9', which: '9.0, 9.3 to 9.8', client: '2.15', mounts: NEW },
  { system: 'RHEL, CentOS, Rocky Linux 8', which: '8.4 to 8.10', client: '2.12', mounts: ALL },
  { system: 'RHEL, CentOS 8', which: '8.2, 8.3', client: '2.10', mounts: OLD },
  { system: 'RHEL, CentOS 7', which: '7.9', client: '2.12', mounts: ALL },
  { system: 'RHEL, CentOS 7', which: '7.7, 7.8 on x86', client: '2.10', mounts: OLD },
  { system: 'CentOS 7', which: '7.8 on Arm', client: '2.12', mounts: ALL },
];
