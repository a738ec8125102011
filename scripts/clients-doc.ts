/** Writes manual/clients.md from the tables of clients, mounts and servers. */
import {
  LUSTRE_VERSIONS,
  METADATA_SERVER_IOPS,
  OFFERINGS,
  READ_CACHE,
} from '../src/lustre/catalog/catalog';
import { CLIENTS } from '../src/lustre/clients/clients';
import {
  EFA_UNIT,
  fstabLine,
  NETWORK_UNITS,
  type NetworkUnit,
} from '../src/lustre/clients/mounting';
import { capacityOf, rowsOf } from '../src/lustre/catalog/offerings';
import { CREATION_DEFAULTS } from '../src/lustre/properties';
import { addressesOf } from '../src/lustre/catalog/servers';
import { table } from './markdown';

const GUIDE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide';

const clients = (): string =>
  table(
    [
      'Operating system',
      'Releases and kernels',
      'Lustre client',
      ...LUSTRE_VERSIONS.map((version) => `mounts ${version}`),
    ],
    CLIENTS.map(({ system, which, client, mounts }) => [
      system,
      which,
      client,
      ...LUSTRE_VERSIONS.map((version) => (mounts.includes(version) ? 'yes' : 'no')),
    ]),
  );

const line = (unit: NetworkUnit): string =>
  fstabLine({ dnsName: 'DNSNAME', mountName: 'MOUNTNAME', directory: '/fsx', unit });

const lines = (): string =>
  [
    ...NETWORK_UNITS.map(({ systems, unit }) => [systems, unit] as const),
    ['with EFA, on any operating system', EFA_UNIT] as const,
  ]
    .map(([systems, unit]) => `# ${systems}\n${line(unit)}`)
    .join('\n');

const servers = (): string =>
  table(
    ['File system', 'PerUnitStorageThroughput', 'One storage server for every', 'with EfaEnabled'],
    OFFERINGS.flatMap((offering) => {
      const rows = rowsOf(offering);
      return rows.length === 0
        ? [[offering.name, undefined, `${READ_CACHE.server} MB/s`, `${READ_CACHE.server} MB/s`]]
        : rows.map((row) => [
            offering.name,
            row.tier.throughput,
            `${capacityOf(row, {}).multipleOf} GiB`,
            row.tier.efaCapacity && `${row.tier.efaCapacity.multipleOf} GiB`,
          ]);
    }),
  );

const EXAMPLE = addressesOf({
  DeploymentType: 'PERSISTENT_2',
  StorageType: 'SSD',
  StorageCapacity: 9600,
  PerUnitStorageThroughput: 250,
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 24_000 },
});

export const clientsDocument = (): string => `# Clients: versions, mounting, addresses

<!-- Written by \`npm run docs\` from src/lustre; edit there. -->

## Which clients mount which Lustre version

A file system of this type runs Lustre ${CREATION_DEFAULTS.FileSystemTypeVersion} unless the template sets \`FileSystemTypeVersion\`. If a client cannot mount
it, use a newer kernel and Lustre client, or create the file system with an older version: the version of an existing file
system cannot be lowered.

${clients()}

Source: AWS's [page of June 2026](${GUIDE}/lustre-client-matrix.html), which lists the exact kernels. Kernels of RHEL
Extended Update Support are not supported. For file systems with \`MetadataConfiguration\`, AWS
[recommends](${GUIDE}/performance-tips.html) a Lustre client 2.15, or 2.12 on Amazon Linux 2, Ubuntu 20, or RHEL, CentOS or Rocky
Linux 8.9 or newer. A client with EFA needs
Amazon Linux 2023, RHEL 9.5 or newer, or Ubuntu 22 or newer with kernel 6.8 or newer, on an instance with Nitro v4 or newer, except trn2
([EFA](${GUIDE}/efa-file-systems.html)).

## Mount when a client starts

\`MountCommand\` mounts the file system until the client restarts. To mount it at every start, install the Lustre client, create
\`/fsx\`, and add one of these lines to \`/etc/fstab\`. \`DNSNAME\` and \`MOUNTNAME\` are the attributes \`DNSName\` and
\`MountName\`:

\`\`\`
${lines()}
\`\`\`

Keep \`_netdev\`: without it, an instance may hang while it starts. Add \`nofail\` if the instance must start even when the file
system cannot be mounted. With EFA, [configure the client](${GUIDE}/configure-efa-clients.html) first
([fstab](${GUIDE}/mount-fs-auto-mount-onreboot.html)).

Before an instance ends, unmount the file system with \`umount\`, without options, also on
[Spot Instances](${GUIDE}/working-with-ec2-spot-instances.html), which get two minutes' notice. FSx's servers wait several minutes for
a client that does not answer, and other clients wait with them.

## Addresses in the subnet

A file system uses one IP address for each storage server and one for each metadata server. It has one metadata server or, on
\`PERSISTENT_2\` with \`MetadataConfiguration\`, one for every ${METADATA_SERVER_IOPS} metadata IOPS.

${servers()}

For example, PERSISTENT_2 with 9600 GiB and 24000 metadata IOPS uses ${EXAMPLE ?? ''} addresses. An increase of the capacity
or of the metadata IOPS uses more addresses, so choose a subnet with free ones
([addresses](${GUIDE}/using-fsx-lustre.html#ip-addesses-for-fs)).
`;
