import type { ProgressEvent } from '../../local/registry/protocol';
import type { Step } from '../../local/registry/registry';
import { attributeRows, changes, linesWith } from '../../local/demo/report';
import { Screen } from '../../local/demo/screen';
import { bar, duration, Terminal, wrap } from '../../local/demo/terminal';

/** Something to write to, and what was written. */
function output(isTTY: boolean) {
  const written: string[] = [];
  return {
    isTTY,
    columns: 80,
    write: (text: string) => written.push(text),
    text: () => written.join(''),
  };
}

const step = (progress: ProgressEvent, elapsedSeconds: number, invocation = 1): Step => ({
  action: 'CREATE',
  logicalResourceId: 'FileSystem',
  invocation,
  elapsedSeconds,
  event: { resourceType: 'Pangea::FSx::LustreFileSystem' } as Step['event'],
  progress,
});

describe('the terminal', () => {
  test('changes a line in place, in colors, only where there is one', () => {
    const [live, plain] = [output(true), output(false)];
    for (const sink of [live, plain]) {
      const terminal = new Terminal(sink, {});
      terminal.passing('50 %');
      terminal.line(terminal.style('green', 'done'));
    }
    expect(live.text()).toBe('\r\u001B[2K50 %\r\u001B[2K\u001B[32mdone\u001B[0m\n');
    expect(plain.text()).toBe('done\n');
  });

  test.each([[{ NO_COLOR: '1' }], [{ TERM: 'dumb' }]])('has no colors with %j', (environment) => {
    expect(new Terminal(output(true), environment).style('red', 'text')).toBe('text');
  });

  test.each([
    ['a b c', 3, ['a b', 'c']],
    ['averylongword b', 3, ['averylongword', 'b']],
    ['one\ntwo', 10, ['one', 'two']],
    ['', 10, ['']],
  ])('wraps %j at %d', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test.each([
    [0, '░░░░'],
    [0.5, '██░░'],
    [1, '████'],
    [7, '████'],
    [-1, '░░░░'],
  ])('draws %d as %s', (share, drawn) => {
    expect(bar(share, 4)).toBe(drawn);
  });

  test.each([
    [0, '0:00'],
    [65.9, '1:05'],
    [3599, '59:59'],
    [3661, '1:01:01'],
  ])('writes %d s as %s', (seconds, written) => {
    expect(duration(seconds)).toBe(written);
  });
});

describe('the screen', () => {
  test('has one line for each state, and the whole message of a failure', () => {
    const sink = output(false);
    const screen = new Screen(new Terminal(sink, {}), 10);
    screen.heading('Create', 'FileSystem', 'StorageCapacity 5000');
    screen.event(step({ status: 'IN_PROGRESS', message: 'It has begun.' }, 210));
    screen.event(step({ status: 'SUCCESS' }, 420, 2));
    const message = `StorageCapacity 5000 is not valid${' at all'.repeat(8)}`;
    screen.event(step({ status: 'FAILED', errorCode: 'InvalidRequest', message }, 0.07));
    screen.event(step({ status: 'SUCCESS', resourceModels: [{}] }, 0.05));
    expect(sink.text().split('\n')).toEqual([
      '',
      'Create FileSystem  StorageCapacity 5000',
      '     3:30  IN_PROGRESS  It has begun.',
      '     7:00  SUCCESS      42.0 s here',
      '     7 ms  FAILED       InvalidRequest',
      '                        StorageCapacity 5000 is not valid at all at all at all',
      '                        at all at all at all at all at all',
      '     5 ms  SUCCESS      1 file system',
      '',
    ]);
  });

  const shown = (show: (screen: Screen) => void): string[] => {
    const sink = output(false);
    show(new Screen(new Terminal(sink, {}), 10));
    return sink.text().split('\n').slice(0, -1);
  };

  test('gives a heading that is too long lines of its own', () => {
    const detail = 'DeploymentType none → PERSISTENT_2, PerUnitStorageThroughput none → 125';
    const lines = shown((screen) => {
      screen.heading('Replace', 'Scratch', detail);
    });
    expect(lines).toEqual(['', 'Replace Scratch', `  ${detail}`]);
  });

  test('gives a change that is too long two lines, and leaves what can be copied whole', () => {
    const command = `sudo mount -t lustre -o relatime,flock ${'a'.repeat(60)}@tcp:/x /fsx`;
    const [one, other] = ['a', 'b'].map((letter) => letter.repeat(40));
    const lines = shown((screen) => {
      screen.table([
        ['Name', `${one ?? ''} → ${other ?? ''}`],
        ['Short', '1 → 2'],
        ['Command', command],
      ]);
    });
    expect(lines).toEqual([
      `  Name     ${one ?? ''}`,
      `           → ${other ?? ''}`,
      '  Short    1 → 2',
      `  Command  ${command}`,
    ]);
  });

  test('wraps prose in a table', () => {
    const lines = shown((screen) => {
      screen.table([
        ['Basis', `Published prices for us-east-1${', probably correct'.repeat(4)}.`],
        ['Ids', `${'eni-0f2df7220516a2772, '.repeat(3)}eni-1 and 4 more`],
      ]);
    });
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines).toHaveLength(4);
  });

  test('has one line for events that are in the same state, and a new one for the next operation', () => {
    const waiting = (elapsed: number, more: Partial<Step> = {}): Step => ({
      ...step({ status: 'IN_PROGRESS', message: 'FSx is updating it.' }, elapsed, 2),
      ...more,
    });
    const lines = shown((screen) => {
      for (const elapsed of [100, 200, 300]) screen.event(waiting(elapsed));
      screen.event(waiting(1, { action: 'UPDATE' }));
      screen.event(step({ status: 'SUCCESS' }, 400, 3));
      screen.event(waiting(500));
    });
    expect(lines).toEqual([
      '     1:40  IN_PROGRESS  FSx is updating it.',
      '     0:01  IN_PROGRESS  FSx is updating it.',
      '     6:40  SUCCESS      40.0 s here',
      '     8:20  IN_PROGRESS  FSx is updating it.',
    ]);
  });

  test('keeps within the width of the terminal', () => {
    const lines = shown((screen) => {
      const message = 'FSx is changing StorageCapacity: clients may wait for a few minutes.';
      screen.event(step({ status: 'IN_PROGRESS', message }, 21));
    });
    expect(lines).toEqual([
      '     0:21  IN_PROGRESS  FSx is changing StorageCapacity: clients may wait for a',
      '                        few minutes.',
    ]);
  });

  test('knows no usual time of what is no file system', async () => {
    const sink = output(true);
    const screen = new Screen(new Terminal(sink, { NO_COLOR: '1' }), 1000);
    const event = { resourceType: 'AWS::FSx::Backup' } as Step['event'];
    screen.event({ ...step({ status: 'IN_PROGRESS' }, 105), event });
    await screen.wait(0.02);
    expect(sink.text()).toContain('███');
    expect(sink.text()).not.toContain('usually');
  });

  test('tells the status of the stack with its reason', () => {
    const lines = shown((screen) => {
      screen.stack('demo', 'CREATE_IN_PROGRESS', 'User Initiated');
      screen.stack('demo', 'ROLLBACK_IN_PROGRESS', 'It failed.');
    });
    expect(lines).toEqual([
      '',
      'Stack demo  CREATE_IN_PROGRESS',
      '',
      'Stack demo  ROLLBACK_IN_PROGRESS',
      '  It failed.',
    ]);
  });

  test('does not repeat what a handler said, and tells that it is asked again', () => {
    const lines = shown((screen) => {
      const busy = { status: 'FAILED', errorCode: 'Throttling', message: 'Slow down.' } as const;
      screen.event({ ...step(busy, 1), isRetried: true });
      screen.failure('Scratch', 'CREATE_FAILED', 'Resource handler returned message: "Slow down."');
      screen.failure('Other', 'CREATE_FAILED', 'Another reason.');
    });
    expect(lines).toEqual([
      '   100 ms  FAILED       Throttling, tried again',
      '                        Slow down.',
      '',
      'Other  CREATE_FAILED',
      '  Another reason.',
    ]);
  });

  test('moves a bar while it waits', async () => {
    const sink = output(true);
    const screen = new Screen(new Terminal(sink, { NO_COLOR: '1' }), 1000);
    screen.event(step({ status: 'IN_PROGRESS', message: 'It has begun.' }, 105));
    await screen.wait(0.02);
    expect(sink.text()).toContain('\r\u001B[2K     1:4');
    expect(sink.text()).toContain('█████░░░░░░░░░░░░░░░  usually about 7 min');
    const lines = sink.text().replaceAll('\r\u001B[2K', '\n').split('\n');
    expect(lines.every((line) => line.length < 80)).toBe(true);
  });

  test('writes nothing while it waits, where nothing can change in place', async () => {
    const sink = output(false);
    await new Screen(new Terminal(sink, {}), 1000).wait(0.01);
    expect(sink.text()).toBe('');
  });
});

describe('the report', () => {
  test('shows what an update made of the attributes', () => {
    const before = {
      DNSName: 'fs.example',
      EstimatedBaselineThroughput: '960',
      EstimatedBurstThroughput: '14.4',
      EstimatedMonthlyCost: '672.00',
      EstimatedMonthlyCostBreakdown: { Storage: '672.00' },
      NetworkInterfaceIds: ['eni-1', 'eni-2'],
    };
    const after = {
      ...before,
      EstimatedBaselineThroughput: '1440',
      EstimatedMonthlyCost: '1008.00',
      EstimatedMonthlyCostBreakdown: { Storage: '1008.00', MetadataIops: '0.50' },
      NetworkInterfaceIds: ['eni-1', 'eni-2', 'eni-3', 'eni-4'],
    };
    const names = [...Object.keys(before), 'EstimatedMonthlyCostBreakdown.Storage', 'VpcId'];
    expect(attributeRows(names, before, after)).toEqual([
      ['DNSName', 'fs.example'],
      ['EstimatedBaselineThroughput', '960 → 1,440 MB/s'],
      ['EstimatedBurstThroughput', '14.4 MB/s'],
      ['EstimatedMonthlyCost', '672.00 → 1,008.00 USD a month'],
      ['EstimatedMonthlyCostBreakdown', 'Storage 672.00 → 1,008.00, MetadataIops 0.50 USD a month'],
      ['NetworkInterfaceIds', 'eni-1, eni-2, eni-3 and 1 more'],
    ]);
  });

  test('names what an update changes', () => {
    const previous = { StorageCapacity: 4800, DataCompressionType: 'LZ4', SubnetIds: ['a'] };
    const desired = { ...previous, StorageCapacity: 7200, Tags: [{ Key: 'a', Value: 'b' }] };
    expect(changes(previous, desired)).toBe('StorageCapacity 4800 → 7200, Tags none → a=b');
  });

  test('finds the lines of a dependent that our resource has made', () => {
    const properties = {
      Data: { UserData: '#!/bin/bash\nmount fs.example:/x /mnt\n' },
      Sizes: [1],
    };
    expect(linesWith(properties, [{ DNSName: 'fs.example' }])).toEqual([
      'mount fs.example:/x /mnt',
    ]);
  });
});
