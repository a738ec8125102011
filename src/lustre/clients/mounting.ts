/**
 * Lines of /etc/fstab that mount a file system when a client starts.
 * [https://docs.aws.amazon.com/fsx/latest/LustreGuide/mount-fs-auto-mount-onreboot.html]
 */

/** What the mount waits for on a client: its network, or the configuration of its EFA interfaces. */
export const NETWORK_UNITS = [
  {
    systems: 'Amazon Linux 2023, Ubuntu 22.04 and newer',
    unit: 'systemd-networkd-wait-online.service',
  },
  { systems: 'other systems', unit: 'network.service' },
] as const;

/** Sets up the EFA interfaces of a client. [LG configure-efa-clients] */
export const EFA_UNIT = 'configure-efa-fsx-lustre-client.service';

export type NetworkUnit = (typeof NETWORK_UNITS)[number]['unit'] | typeof EFA_UNIT;

export interface Mount {
  readonly dnsName: string;
  readonly mountName: string;
  /** Where the file system is mounted; must exist. */
  readonly directory: string;
  readonly unit: NetworkUnit;
  /** Start the client even where the file system cannot be mounted. */
  readonly nofail?: boolean;
}

/** One line, without a line break. */
export function fstabLine({ dnsName, mountName, directory, unit, nofail = false }: Mount): string {
  const options = [
    'defaults',
    'relatime',
    'flock',
    // Without it a client may hang while it starts.
    '_netdev',
    ...(nofail ? ['nofail'] : []),
    'x-systemd.automount',
    `x-systemd.requires=${unit}`,
    ...(unit === EFA_UNIT ? [`x-systemd.after=${unit}`] : []),
  ];
  return `${dnsName}@tcp:/${mountName} ${directory} lustre ${options.join(',')} 0 0`;
}
