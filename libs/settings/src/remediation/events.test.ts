import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { eventSettings } from './events.ts';

function settingsOf(remediation: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'fairlead-events-'));
  try {
    const file = join(cwd, 'fairlead.yaml');
    const environments = 'environments: { staging: { expected_duration: 7m } }';
    const component = 'components: [{ name: api, image: example.com/api:1 }]';
    writeFileSync(file, `${environments}\n${component}\nremediation: { ${remediation} }\n`);
    return eventSettings(loadFullConfig({ files: [file], env: {}, cwd }));
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('how events are read', () => {
  it('says the configuration, and a plan of nothing that is ours', () => {
    const settings = settingsOf(
      'receiver: { bearer_token: x, events: { applications: { "Shop (api)": shop } } }',
    );
    const foreign = { source: 'events', tool: 'Helm', undoable: false, locks: false } as const;

    expect(settings).toMatchObject({ environments: ['staging'], anyApplication: false });
    expect(settings?.applicationsAs.get('Shop (api)')).toBe('shop');
    expect(settings?.plan({ environment: 'staging', application: 'shop' }, foreign)).toMatchObject({
      ...{ application: 'shop', components: [], namespace: '', foreign },
      expectedDurationMs: 420_000,
    });
  });

  it('is not said without a receiver', () => {
    expect(settingsOf('enabled: false')).toBeUndefined();
  });
});
