/**
 * Lines of /etc/fstab, which mount a file system when a client starts.
 * [https://docs.aws.amazon.com/fsx/latest/LustreGuide/mount-fs-auto-mount-onreboot.html]
 */

/** The systemd unit after which a client mounts: that of its network, or that of its EFA interfaces. */
export const NETWORK_UNITS = [
  {
    systems: 'Amazon Linux 2023, Ubuntu 22.04 and newer',
    unit: 'systemd-networkd-wait-online.service',
  },
  { systems: 'other systems', unit: 'network.service' },
] as const;

/** Sets up the EFA interfaces of a client. [LG configure-efa-clients] */
export const EFA_UNIT = 'configure-efa-fsx-lustre-client.service';

/** The systemd unit that a mount waits for. */
export type NetworkUnit = (typeof NETWORK_UNITS)[number]['unit'] | typeof EFA_UNIT;

/** How a client mounts a file system. */
export interface Mount {
  readonly dnsName: string;
  readonly mountName: string;
  /** The mount point. It must exist. */
  readonly directory: string;
  readonly unit: NetworkUnit;
  /** Whether the client starts even if it cannot mount the file system. */
  readonly nofail?: boolean;
}

/** A line of /etc/fstab, without a line break. */
export function fstabLine({ dnsName, mountName, directory, unit, nofail = false }: Mount): string {
  const options = [
    'defaults',
    'relatime',
    'flock',
    // Without _netdev, a client may hang while it starts.
    '_netdev',
    ...(nofail ? ['nofail'] : []),
    'x-systemd.automount',
    `x-systemd.requires=${unit}`,
    ...(unit === EFA_UNIT ? [`x-systemd.after=${unit}`] : []),
  ];
  return `${dnsName}@tcp:/${mountName} ${directory} lustre ${options.join(',')} 0 0`;
}
