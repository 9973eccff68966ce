import { describe, expect, it } from '@jest/globals';
import { DURATION_BUCKETS_SECONDS } from '@fairlead/contracts';
import { seriesOf } from './exposition.ts';
import { A_CANARY_RUN, aTarget, aTotal } from './fixtures.ts';

/** The series of a text, without what explains them. */
async function linesOf(...states: Parameters<typeof seriesOf>[0]): Promise<string[]> {
  const text = await seriesOf(states);
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const SHOP = 'environment="staging",application="shop"';
const OURS = `${SHOP},source="fairlead"`;

describe('seriesOf', () => {
  it('tells deployments by type and outcome, and when the last of each ended', async () => {
    const deployments = {
      canary: {
        succeeded: aTotal({ count: 7, lastFinishedAt: '2026-01-02T03:04:05.678Z' }),
        failed: aTotal({ count: 2 }),
      },
      rolling: { 'rolled-back': aTotal() },
    };

    const lines = await linesOf(aTarget({ deployments }));

    expect(lines).toEqual(
      expect.arrayContaining([
        `fairlead_deployments_total{${OURS},type="canary",outcome="succeeded"} 7`,
        `fairlead_deployments_total{${OURS},type="canary",outcome="failed"} 2`,
        `fairlead_deployments_total{${OURS},type="rolling",outcome="rolled-back"} 1`,
        `fairlead_deployment_finished_timestamp_seconds{${OURS},type="canary",outcome="succeeded"} 1767323045.678`,
      ]),
    );
    expect(lines.filter((line) => line.startsWith('fairlead_deployments_total'))).toHaveLength(3);
  });

  it('tells apart what other tools have deployed', async () => {
    const { totals } = aTarget({ rollbacks: { failed: { count: 2 } } });
    const { rollbacks } = totals;
    const foreign = { events: { deployments: { rolling: { failed: aTotal() } }, rollbacks } };

    const lines = await linesOf({ ...aTarget(), totals: { ...totals, foreign } });

    expect(lines).toEqual(
      expect.arrayContaining([
        `fairlead_deployments_total{${SHOP},source="events",type="rolling",outcome="failed"} 1`,
        `fairlead_rollbacks_total{${SHOP},source="events",result="failed"} 2`,
        `fairlead_rollbacks_total{${OURS},result="failed"} 2`,
      ]),
    );
  });

  it('tells what became of issues', async () => {
    const issues = {
      open: { pod_crash: 1, deployment_stuck: 0 },
      totals: {
        attempts: { pod_crash: { restart_pod: { 'not-helped': 2 } } },
        ended: { deployment_stuck: { healed: 3 } },
      },
    };

    const lines = await linesOf({ ...aTarget(), issues });

    expect(lines).toEqual(
      expect.arrayContaining([
        `fairlead_issues_open{${SHOP},issue="pod_crash"} 1`,
        `fairlead_issues_open{${SHOP},issue="deployment_stuck"} 0`,
        `fairlead_issues_ended_total{${SHOP},issue="deployment_stuck",end="healed"} 3`,
        `fairlead_remediation_attempts_total{${SHOP},issue="pod_crash",action="restart_pod",result="not-helped"} 2`,
      ]),
    );
  });

  it('adds up the durations of all outcomes of a type, in cumulative buckets', async () => {
    const deployments = {
      canary: {
        succeeded: aTotal({ count: 2, durationSecondsSum: 50.5 }),
        failed: aTotal({
          count: 3,
          durationSecondsSum: 9_000,
          buckets: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
        }),
      },
    };

    const lines = await linesOf(aTarget({ deployments }));

    const name = 'fairlead_deployment_duration_seconds';
    const labels = `${OURS},type="canary"`;
    expect(lines.filter((line) => line.startsWith(name))).toEqual([
      ...[1, 1, 2, 2, 2, 2, 2, 2, 2, 3].map(
        (value, i) => `${name}_bucket{${labels},le="${DURATION_BUCKETS_SECONDS[i]}"} ${value}`,
      ),
      `${name}_bucket{${labels},le="+Inf"} 5`,
      `${name}_sum{${labels}} 9050.5`,
      `${name}_count{${labels}} 5`,
    ]);
  });

  it('shows rollbacks that never happened as 0, without a time', async () => {
    const failed = { count: 2, lastFinishedAt: '2026-01-02T03:04:05Z' };

    const lines = await linesOf(aTarget({ rollbacks: { failed } }));

    expect(lines).toEqual([
      `fairlead_rollbacks_total{${OURS},result="succeeded"} 0`,
      `fairlead_rollbacks_total{${OURS},result="failed"} 2`,
      `fairlead_rollback_finished_timestamp_seconds{${OURS},result="failed"} 1767323045`,
    ]);
  });

  it('shows what runs only while it runs', async () => {
    const { canary: _canary, ...rolling } = A_CANARY_RUN;

    const [idle, running, canary] = await Promise.all([
      linesOf(aTarget()),
      linesOf(aTarget({ running: { ...rolling, type: 'rolling' } })),
      linesOf(aTarget({ running: A_CANARY_RUN })),
    ]);

    expect(running.filter((line) => !idle.includes(line))).toEqual([
      `fairlead_deployment_started_timestamp_seconds{${SHOP},type="rolling"} 1767323400.5`,
      `fairlead_deployment_expected_seconds{${SHOP},type="rolling"} 600`,
    ]);
    expect(canary.filter((line) => line.startsWith('fairlead_canary'))).toEqual([
      `fairlead_canary_healthy{${SHOP}} 1`,
      `fairlead_canary_weight_ratio{${SHOP}} 0.5`,
    ]);
  });

  it('shows a canary that is doomed as 0', async () => {
    const running = { ...A_CANARY_RUN, canary: { healthy: false, weight: 0 } };

    const lines = await linesOf(aTarget({ running }));

    expect(lines).toContain(`fairlead_canary_healthy{${SHOP}} 0`);
    expect(lines).toContain(`fairlead_canary_weight_ratio{${SHOP}} 0`);
  });

  it('explains each metric once, however many targets have it', async () => {
    const text = await seriesOf([aTarget(), aTarget({ application: 'blog' })]);

    expect(text.match(/^# TYPE fairlead_rollbacks_total counter$/gm)).toHaveLength(1);
    expect(text.match(/^fairlead_rollbacks_total\{/gm)).toHaveLength(4);
  });

  it('names no metric of which there is nothing to tell', async () => {
    const text = await seriesOf([aTarget()]);

    expect(text).not.toContain('fairlead_canary_healthy');
    expect(text).not.toContain('fairlead_deployments_total');
  });

  it('takes the last word on a target that is told of twice', async () => {
    const before = aTarget({ rollbacks: { failed: { count: 1 } } });
    const after = aTarget({ rollbacks: { failed: { count: 2 } } });

    const lines = await linesOf(before, after);

    expect(lines).toEqual([
      `fairlead_rollbacks_total{${OURS},result="succeeded"} 0`,
      `fairlead_rollbacks_total{${OURS},result="failed"} 2`,
    ]);
  });

  it('escapes names from outside', async () => {
    const lines = await linesOf(aTarget({ application: 'a"b\\c\nd' }));

    expect(lines[0]).toBe(
      String.raw`fairlead_rollbacks_total{environment="staging",application="a\"b\\c\nd",source="fairlead",result="succeeded"} 0`,
    );
  });

  it('remembers nothing from one time to the next', async () => {
    await seriesOf([aTarget({ running: A_CANARY_RUN })]);

    expect(await seriesOf([])).toBe('\n');
  });

  it('tells where the time went, as sums and counts', async () => {
    const total = { count: 2, secondsSum: 7.5 };
    const timings = {
      phases: { canary: { 'awaiting-approval': total } },
      components: { api: { duration: total, ready: { count: 1, secondsSum: 3 } } },
      detect: total,
      safe: { count: 1, secondsSum: 4 },
    };

    const lines = await linesOf(aTarget({ timings }));

    const [phase, component] = ['type="canary",phase="awaiting-approval"', 'component="api"'];
    expect(lines).toEqual(
      expect.arrayContaining([
        `fairlead_phase_duration_seconds_sum{${SHOP},${phase}} 7.5`,
        `fairlead_phase_duration_seconds_count{${SHOP},${phase}} 2`,
        `fairlead_component_duration_seconds_sum{${SHOP},${component}} 7.5`,
        `fairlead_component_duration_seconds_count{${SHOP},${component}} 2`,
        `fairlead_component_ready_seconds_sum{${SHOP},${component}} 3`,
        `fairlead_component_ready_seconds_count{${SHOP},${component}} 1`,
        `fairlead_time_to_detect_seconds_sum{${SHOP}} 7.5`,
        `fairlead_time_to_detect_seconds_count{${SHOP}} 2`,
        `fairlead_time_to_safe_seconds_sum{${SHOP}} 4`,
        `fairlead_time_to_safe_seconds_count{${SHOP}} 1`,
      ]),
    );
  });
});
