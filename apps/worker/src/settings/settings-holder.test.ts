import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLog } from '@fairlead/temporal/logging';
import { waitFor } from '@fairlead/testing/servers';
import { createSettingsHolder } from './settings-holder.ts';
import type { WorkerSettings } from './worker-settings.ts';

function setUp(readings: readonly (WorkerSettings | Error)[], level: 'info' | 'warn' = 'warn') {
  const lines: Record<string, unknown>[] = [];
  const stream = {
    write: (line: string) => {
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  const log = createLog({ service: 'test', level, stream });
  const left = [...readings];
  const load = (): WorkerSettings => {
    const next = left.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('read too often');
    return next;
  };
  return { source: { load, log }, lines };
}

function settings(...channels: WorkerSettings['channels']): WorkerSettings {
  return {
    ...{ channels, roles: [], files: [], secretFiles: [], warnings: [] },
    ...{ systems: [], showsProgress: false, provision: [], watched: [] },
  };
}

describe('createSettingsHolder', () => {
  it('puts a changed configuration in force when it is read again', () => {
    const { source } = setUp([
      settings({ channel: 'log' }),
      settings({ channel: 'inbox-mail', directory: 'd' }),
    ]);
    const holder = createSettingsHolder(source);

    holder.reload();

    expect(holder.routing().destinations.map(({ name }) => name)).toEqual(['inbox-mail']);
  });

  it('keeps the old one and says so when the new one is broken', () => {
    const { source, lines } = setUp([
      settings({ channel: 'log' }),
      new Error('line 3: unknown key'),
    ]);
    const holder = createSettingsHolder(source);

    holder.reload();

    expect(holder.routing().destinations.map(({ name }) => name)).toEqual(['log']);
    expect(lines).toMatchObject([{ level: 'error', reason: 'line 3: unknown key' }]);
  });

  it('says since when the newest is broken, and forgets it when it is mended', () => {
    const told: boolean[] = [];
    const well = settings({ channel: 'log' });
    const { source } = setUp([well, new Error('first'), new Error('second'), well]);
    const holder = createSettingsHolder({ ...source, onReading: (usable) => told.push(usable) });

    holder.reload();
    const since = holder.state().broken?.since;
    holder.reload();

    expect(holder.state().broken).toEqual({ since, reason: 'second' });
    holder.reload();
    expect(holder.state()).not.toHaveProperty('broken');
    expect(told).toEqual([false, false, true]);
  });

  it('reads again when a file that holds a secret changes, and names it in no line', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fairlead-holder-'));
    const file = join(directory, 'token');
    const named = { ...settings({ channel: 'log' }), secretFiles: [file] };
    const { source, lines } = setUp(
      [named, settings({ channel: 'inbox-mail', directory })],
      'info',
    );
    const holder = createSettingsHolder({ ...source, lookEveryMs: 20 });

    writeFileSync(file, 'rotated');

    await waitFor(() => holder.routing().destinations[0]?.name === 'inbox-mail', {
      deadlineMs: 4_000,
      what: 'the configuration to be read again',
    });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(file);
    holder.close();
    rmSync(directory, { recursive: true });
  });

  it('warns of a paced destination that no queue serves yet', () => {
    const { source, lines } = setUp([
      settings({ channel: 'log' }),
      settings({ channel: 'inbox-chat', directory: 'd' }),
    ]);
    const holder = createSettingsHolder(source);

    holder.reload();

    expect(lines).toMatchObject([{ level: 'warn', destination: 'inbox-chat' }]);
  });

  it('takes a token for alerts that was exchanged, and warns of another address', () => {
    const alerts = { host: '127.0.0.1', port: 9095, token: 'old', rules: [], places: [] };
    const { source, lines } = setUp(
      [alerts, { ...alerts, token: 'new' }, { ...alerts, port: 9096 }].map((one) => ({
        ...settings({ channel: 'log' }),
        alerts: one,
      })),
    );
    const holder = createSettingsHolder(source);

    holder.reload();
    expect(holder.alerts()?.token).toBe('new');
    expect(lines).toEqual([]);
    holder.reload();

    expect(lines).toMatchObject([{ level: 'warn', address: '127.0.0.1:9096' }]);
  });

  it('fails at the start when the first reading fails', () => {
    const { source } = setUp([new Error('no such file')]);

    expect(() => createSettingsHolder(source)).toThrow('no such file');
  });
});
