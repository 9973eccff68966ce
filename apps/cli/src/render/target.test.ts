import { expect, it } from '@jest/globals';
import type { LedgerView } from '@fairlead/contracts';
import { NOW_MS, aRecord } from '@fairlead/client/internal/testing/fixtures';
import { createStyle } from './style.ts';
import { targetText } from './target.ts';
import { targetsTable } from './targets-table.ts';

const options = { nowMs: NOW_MS, style: createStyle(false) };
const none = { succeeded: { count: 0 }, failed: { count: 0 } };
const ledger: LedgerView = {
  environment: 'staging',
  application: 'shop',
  queue: [],
  totals: { deployments: {}, rollbacks: none },
};
const running = {
  deploymentId: 'd-2',
  actor: 'alice',
  startedAt: '2026-11-25T04:33:12Z',
  type: 'canary',
  expectedDurationMs: 1,
} as const;
const present = {
  deploymentId: 'd-1',
  finishedAt: '2026-11-24T00:00:00Z',
  namespace: 'shop',
  cluster: 'default',
  components: [{ name: 'api', workload: 'api', image: 'shop/api:1', after: [] }],
};

it('says that a target is idle, and what runs there', () => {
  expect(targetText({ ...ledger, present }, options)).toBe(
    'staging/shop\n  idle\n  runs: api shop/api:1 (d-1, 2026-11-24T00:00:00Z)',
  );
});

it('shows what runs with its record, or without when no worker answers', () => {
  const busy = { ...ledger, running, queue: [{ deploymentId: 'd-3', actor: 'bob' }] };

  expect(targetText(busy, { ...options, record: aRecord() })).toMatch(/\n {2}canary {2}staging/);
  expect(targetText(busy, options)).toMatch(
    /running d-2 \(canary\) by alice[^]*queued 1: d-3 by bob/,
  );
});

it('says why a target is halted and what to do', () => {
  const halt = {
    deploymentId: 'd-2',
    kind: 'deploy' as const,
    at: '2026-11-25T05:00:00Z',
    message: 'terminated',
    namespace: 'n',
    cluster: 'c',
    left: [],
  };

  expect(targetText({ ...ledger, halt }, options)).toMatch(
    /halted by d-2 [^]*fairlead rollback --environment staging --application shop/,
  );
});

it('lists targets in columns', () => {
  expect(targetsTable([{ ...ledger, running, present }]).split('\n')).toEqual([
    'TARGET        STATE    DEPLOYMENT  BY     QUEUED  RUNS',
    'staging/shop  running  d-2         alice  0       shop/api:1',
  ]);
  expect(targetsTable([])).toMatch(/No targets/);
});
