/** Clients that mount a version, and the lines of fstab that mount a file system. */
import { CLIENTS } from '../../src/lustre/clients/clients';
import { EFA_UNIT, fstabLine, NETWORK_UNITS } from '../../src/lustre/clients/mounting';

/** The clients that cannot mount a version. */
const without = (version: string): string[] =>
  CLIENTS.filter(({ mounts }) => !mounts.includes(version)).map(
    ({ system, which }) => `${system}, ${which}`,
  );

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/lustre-client-matrix.html */
describe('clients', () => {
  test('2.15 is not for clients of Lustre 2.10', () => {
    expect(without('2.15')).toEqual([
      'Amazon Linux 2, older kernels',
      'Ubuntu 20, kernel 5.4 to 5.13',
      'RHEL, CentOS 8, 8.2, 8.3',
      'RHEL, CentOS 7, 7.7, 7.8 on x86',
    ]);
  });

  test('2.12 is for all but RHEL 10', () => {
    expect(without('2.12')).toEqual(['RHEL, Rocky Linux 10, 10.1, 10.2']);
  });

  test('2.10 is not for the clients of Lustre 2.15', () => {
    expect(without('2.10')).toEqual([
      'Amazon Linux 2023, kernel 6.1 from 6.1.79-99.167, 6.12, 6.18',
      'Ubuntu 24, kernel 6.8, 6.14, 6.17, 7.0',
      'Ubuntu 22, kernel 6.2, 6.5, 6.8',
      'RHEL, Rocky Linux 10, 10.1, 10.2',
      'RHEL, Rocky Linux 9, 9.0, 9.3 to 9.8',
    ]);
  });

  test('every client mounts some version, and a client of Lustre 2.10 not 2.15', () => {
    for (const { client, mounts } of CLIENTS) {
      expect(mounts.length).toBeGreaterThan(0);
      expect(mounts.includes('2.15')).toBe(client !== '2.10');
    }
  });
});

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/mount-fs-auto-mount-onreboot.html */
describe('fstab', () => {
  const mount = {
    dnsName: 'fs-1.fsx.us-east-1.amazonaws.com',
    mountName: 'abcd',
    directory: '/fsx',
  };
  const [networkd, network] = NETWORK_UNITS.map(({ unit }) => unit);

  test.each([
    [
      'Amazon Linux 2023, Ubuntu 22.04 and newer',
      networkd,
      'fs-1.fsx.us-east-1.amazonaws.com@tcp:/abcd /fsx lustre defaults,relatime,flock,_netdev,x-systemd.automount,x-systemd.requires=systemd-networkd-wait-online.service 0 0',
    ],
    [
      'other systems',
      network,
      'fs-1.fsx.us-east-1.amazonaws.com@tcp:/abcd /fsx lustre defaults,relatime,flock,_netdev,x-systemd.automount,x-systemd.requires=network.service 0 0',
    ],
    [
      'EFA',
      EFA_UNIT,
      'fs-1.fsx.us-east-1.amazonaws.com@tcp:/abcd /fsx lustre defaults,relatime,flock,_netdev,x-systemd.automount,x-systemd.requires=configure-efa-fsx-lustre-client.service,x-systemd.after=configure-efa-fsx-lustre-client.service 0 0',
    ],
  ] as const)('%s', (_, unit, line) => {
    expect(fstabLine({ ...mount, unit: unit ?? EFA_UNIT })).toBe(line);
  });

  test('an instance that must start without it', () => {
    expect(fstabLine({ ...mount, unit: 'network.service', nofail: true })).toContain(
      ',_netdev,nofail,x-systemd',
    );
  });
});
