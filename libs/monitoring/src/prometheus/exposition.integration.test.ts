import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { seriesOf } from './exposition.ts';
import { A_CANARY_RUN, aTarget, aTotal } from './fixtures.ts';

/** What Debian's promtool finds fault with. */
function faultsOf(text: string): { readonly status: number | null; readonly faults: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return { status, faults: stdout + stderr };
}

it('passes promtool with every metric of the catalogue', async () => {
  const full = aTarget({
    application: 'a/"b"\\ü\n',
    deployments: { canary: { succeeded: aTotal(), failed: aTotal() }, rolling: {} },
    rollbacks: { failed: { count: 1, lastFinishedAt: '2026-01-02T03:04:05Z' } },
    running: A_CANARY_RUN,
  });

  const text = await seriesOf([full, aTarget()]);

  expect(text.match(/^# TYPE /gm)).toHaveLength(9);
  expect(faultsOf(text)).toEqual({ status: 0, faults: '' });
});

it('sees promtool find a fault', () => {
  expect(faultsOf('# TYPE fairlead_oops counter\nfairlead_oops 1\n').status).not.toBe(0);
});
