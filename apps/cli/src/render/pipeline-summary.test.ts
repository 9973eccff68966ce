import { expect, it } from '@jest/globals';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';
import { recordSummary } from './pipeline-summary.ts';

it('shows how a canary ended, with its components and the verdicts of its steps', () => {
  const record = aRecord({
    outcome: 'rolled-back',
    durationSeconds: 65,
    reason: 'release <2>',
    error: { type: 'CrashLoopBackOff', message: 'api-canary: it crashes' },
  });

  expect(recordSummary(record)).toBe(`### ↺ rolled back: staging/shop

canary, deployment 20261125-043312-x7k2qp, took 1m 05s, by alice: release \\<2\\>

**CrashLoopBackOff**: api\\-canary: it crashes

| component | wanted | before | state |
| --- | --- | --- | --- |
| api | shop/api:2 | shop/api:1 | canary |

| step | what | verdict |
| --- | --- | --- |
| 1 | weight 10% | pass |
| 2 | pause 5m 00s | fail |
| 3 | approval | not reached |

\`fairlead explain 20261125-043312-x7k2qp\` tells more.
`);
});

it('shows the last lines of a wrapped command, and no table of what it does not know', () => {
  const output = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  const record = aRecord({
    ...{ source: 'command', tool: 'helm', outcome: 'failed', output },
    ...{ components: [], steps: [], step: 0 },
  });

  const summary = recordSummary(record);

  expect(summary).toMatch(/^### ✖ failed: staging\/shop\n\nhelm, deployment /);
  expect(summary).toContain('```\nline 11\n');
  expect(summary).toContain('line 30\n```');
  expect(summary).not.toContain('|');
});

it('says who stopped what was aborted', () => {
  const at = '2026-11-25T04:36:00Z';
  const event = {
    id: 'x',
    kind: 'command-accepted',
    at,
    message: 'abort by kim: wrong one',
  } as const;

  const summary = recordSummary(aRecord({ outcome: 'rolled-back', events: [event] }));

  expect(summary).toContain('\n\nabort by kim: wrong one\n\n');
  expect(summary).toContain('| 2 | pause 5m 00s | aborted |');
});

it('says that someone must act where something was left', () => {
  const left = [{ kind: 'remove-canary', component: 'api', workload: 'api' }];
  const failed = { outcome: 'failed', left } as unknown as Parameters<typeof aRecord>[0];

  expect(recordSummary(aRecord(failed))).toContain('someone must act');
  expect(recordSummary(aRecord({ outcome: 'failed' }))).not.toContain('someone must act');
});
