import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  IssueAnswer,
  IssueReport,
  IssueView,
  RemediationPolicy,
  SettingsActivities,
} from '@fairlead/contracts';
import { targetWorkflowId } from '@fairlead/contracts';
import {
  approveIssueSignal,
  approveIssueUpdate,
  dismissIssueSignal,
  dismissIssueUpdate,
  ledgerQuery,
  workloadWellSignal,
} from '@fairlead/contracts/messages';
import {
  createScriptedRemediation,
  remediationPolicyOf,
  reportIssue,
  startSkippingHarness,
} from '@fairlead/testing/workflows';
import type { SkippingHarness } from '@fairlead/testing/workflows';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const cluster = createScriptedRemediation();
let policy: RemediationPolicy;
let harness: SkippingHarness;
let number = 0;
let application: string;
/** Taken whenever somebody is to be told. */
let snapshots = 0;

const settings: SettingsActivities = {
  settingsSnapshot() {
    snapshots += 1;
    return Promise.resolve({ routes: [] });
  },
  remediationPolicy: () => Promise.resolve(policy),
};

beforeAll(async () => {
  // Without routes: a message that outlives the target's run stops this server's time.
  harness = await startSkippingHarness({ ...cluster.activities, ...settings });
});

beforeEach(() => {
  number += 1;
  application = `app-${number}`;
  cluster.mends.length = 0;
  cluster.results = [];
  cluster.subject = undefined;
  snapshots = 0;
  policy = remediationPolicyOf();
  cluster.beforeVerified = () => Promise.resolve();
});

afterAll(() => harness.stop());

function report(over: Partial<IssueReport> = {}): Promise<IssueAnswer> {
  return reportIssue(harness.client, {
    ...{ kind: 'pod_crash', environment: 'staging', application, cluster: 'default' },
    ...{ namespace: 'shop-staging', workload: 'api', source: 'watcher', actor: 'watcher' },
    ...over,
  });
}

function target() {
  return harness.client.workflow.getHandle(targetWorkflowId('staging', application));
}

async function issues(): Promise<readonly IssueView[]> {
  return (await target().query(ledgerQuery)).issues ?? [];
}

/** What a refused update says. */
async function refusal(asked: Promise<unknown>): Promise<{ type: string; message: string }> {
  const error: unknown = await asked.then(
    () => undefined,
    (one: unknown) => one,
  );
  const { cause } = error as { cause: { type: string; message: string } };
  return { type: cause.type, message: cause.message };
}

describe('an issue at a target', () => {
  it('"`max_attempts: 3`, `cooldown_period: 300`: never a fourth, never earlier than 300 s": then it is given up', async () => {
    cluster.results = Array.from({ length: 10 }, () => 'not-helped');

    expect(await report()).toMatchObject({ status: 'opened' });
    await harness.sleep(DAY_MS / 2);

    expect(cluster.mends.map(({ mend }) => mend.action)).toEqual([
      'restart_pod',
      'restart_deployment',
      'scale_deployment',
    ]);
    const times = cluster.mends.map(({ at }) => Date.parse(at));
    for (const [index, at] of times.slice(1).entries()) {
      expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(300_000);
    }
    expect(await issues()).toMatchObject(
      [{ key: 'pod_crash/api', state: 'given-up', gaveUp: /3 of 3 attempts/ }].map((one) => ({
        ...one,
        gaveUp: expect.stringMatching(one.gaveUp),
      })),
    );
  });

  it('"stays open until the target is healthy": what was given up is over when its workload was well', async () => {
    cluster.results = Array.from({ length: 10 }, () => 'not-helped');
    await report();
    await harness.sleep(DAY_MS / 2);

    await target().signal(workloadWellSignal, { namespace: 'shop-staging', workload: 'web' });
    expect(await issues()).toMatchObject([{ state: 'given-up' }]);
    await target().signal(workloadWellSignal, { namespace: 'shop-staging', workload: 'api' });

    expect(await issues()).toMatchObject([{ state: 'healed', attempts: { length: 3 } }]);
  });

  it('is acted upon although Temporal knows the attempts of a target that was forgotten', async () => {
    await report();
    await harness.sleep(MINUTE_MS);
    await target().terminate('as if it had been forgotten');

    await report();
    await harness.sleep(MINUTE_MS);

    expect(cluster.mends).toHaveLength(2);
    expect(await issues()).toMatchObject([
      { state: 'healed', attempts: [{ number: 2, result: 'helped' }] },
    ]);
  });

  it('"with 100 concurrent reports of the same issue: exactly one action"', async () => {
    const { promise: verified, resolve: verify } = Promise.withResolvers<undefined>();
    cluster.beforeVerified = () => verified;
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => report()));
    verify(undefined);
    await harness.sleep(10 * MINUTE_MS);

    const opened = answers.filter(
      (one) => one.status === 'fulfilled' && one.value.status === 'opened',
    );
    expect(opened).toHaveLength(1);
    expect(cluster.mends).toHaveLength(1);
    expect(await issues()).toMatchObject([{ state: 'healed', attempts: [{ result: 'helped' }] }]);
  });

  it('"Flapping target for 24 simulated hours": bounded actions, one page, bounded history', async () => {
    const seen = { 'given-up': 0, healed: 0 };
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      // Well for a while each hour, and sick again.
      if (minutes % 60 === 50) {
        await target().signal(workloadWellSignal, { namespace: 'shop-staging', workload: 'api' });
      } else {
        await report().catch(() => undefined);
      }
      await harness.sleep(10 * MINUTE_MS);
      const [issue] = await issues();
      if (issue?.state === 'given-up' || issue?.state === 'healed') seen[issue.state] += 1;
    }

    expect(cluster.mends).toHaveLength(3);
    expect(seen['given-up']).toBeGreaterThan(100);
    expect(seen.healed).toBeGreaterThan(20);
    // Of each attempt its message, and that it is given up: what came after that was told to nobody.
    expect(snapshots).toBe(4);
    const [{ gaveUp } = {}] = await issues();
    expect(gaveUp).toMatch(/^3 of 3 attempts/);
    const { historyLength } = await target().describe();
    expect(historyLength).toBeLessThan(1_000);
  });

  it('is looked after once for a workload and kind, whatever else is reported', async () => {
    await report({ pod: 'api-1' });
    await report({ kind: 'pod_pending' });
    await report({ workload: 'web' });
    await harness.sleep(10 * MINUTE_MS);

    expect((await issues()).map(({ key }) => key).sort()).toEqual([
      'pod_crash/api',
      'pod_crash/web',
      'pod_pending/api',
    ]);
    expect(cluster.mends).toHaveLength(3);
  });

  it('that was given up is noted when its pod is reported again, and nobody is told twice', async () => {
    cluster.subject = { workload: 'statefulset/db', pod: 'db-0', byHand: 'do it yourself' };
    const again = { workload: 'db', pod: 'db-0' };

    expect(await report(again)).toMatchObject({ status: 'opened', issue: { state: 'given-up' } });
    await harness.sleep(16 * MINUTE_MS);
    expect(await report(again)).toMatchObject({ status: 'noted', issue: { state: 'given-up' } });

    expect(snapshots).toBe(1);
  });

  it('is no attempt where nothing is wrong any more', async () => {
    cluster.results = ['healthy'];

    await report();
    await harness.sleep(MINUTE_MS);

    expect(cluster.mends).toEqual([]);
    expect(await issues()).toMatchObject([{ state: 'healed', attempts: [] }]);
  });
});

describe('`auto_remediate: false`', () => {
  beforeEach(() => {
    policy = remediationPolicyOf({ autoRemediate: false });
  });

  it('proposes, and acts once a person has approved', async () => {
    await report();
    await harness.sleep(MINUTE_MS);
    expect(cluster.mends).toEqual([]);
    expect(await issues()).toMatchObject([{ state: 'proposed' }]);

    const command = { issue: 'pod_crash/api', actor: 'ann' };
    await target().executeUpdate(approveIssueUpdate, { args: [command] });
    await harness.sleep(5 * MINUTE_MS);

    expect(cluster.mends).toHaveLength(1);
    expect(await refusal(target().executeUpdate(approveIssueUpdate, { args: [command] }))).toEqual({
      type: 'unfit-phase',
      message: 'issue pod_crash/api is healed: there is nothing to approve',
    });
  });

  it('pages nobody for what nobody approved, if it is well by then', async () => {
    await report();
    cluster.results = ['healthy'];
    await harness.sleep(policy.approvalTimeoutMs + MINUTE_MS);

    expect(await issues()).toMatchObject([{ state: 'healed', attempts: [] }]);
    expect(snapshots).toBe(1);
  });

  it('leaves what does not fit, as a signal from anywhere may be empty', async () => {
    await report();

    const empty = [approveIssueSignal, dismissIssueSignal, workloadWellSignal];
    for (const { name } of empty) await target().signal(name);
    expect(await issues()).toMatchObject([{ state: 'proposed' }]);
    await harness.sleep(policy.approvalTimeoutMs + MINUTE_MS);
    for (const { name } of empty) await target().signal(name);

    expect(await issues()).toMatchObject([{ state: 'given-up' }]);
  });

  it('gives up what nobody approves in time', async () => {
    await report();
    await harness.sleep(policy.approvalTimeoutMs + MINUTE_MS);

    expect(cluster.mends).toEqual([]);
    expect(await issues()).toMatchObject([
      { state: 'given-up', gaveUp: 'nobody approved what was proposed in time' },
    ]);
  });

  it('acts at once for a person who asks', async () => {
    await report({ source: 'person', actor: 'ann' });
    await harness.sleep(5 * MINUTE_MS);

    expect(cluster.mends).toHaveLength(1);
  });
});

describe('a report is refused', () => {
  it.each([
    [{ namespace: 'kube-system' }, 'invalid-request', /kube-system belongs to the cluster/],
    [{ namespace: 'other' }, 'remediation-off', /namespace other is not one that staging/],
    [{ kind: 'no_such' as 'pod_crash' }, 'invalid-request', /no issue no_such; known: pod_crash/],
  ])('where it is of %j', async (over, type, message) => {
    expect(await refusal(report(over))).toEqual({
      type,
      message: expect.stringMatching(message),
    });
    expect(cluster.mends).toEqual([]);
  });

  it('where remediation is off', async () => {
    policy = remediationPolicyOf({ enabled: false });

    expect(await refusal(report())).toMatchObject({ type: 'remediation-off' });
  });

  it('where the issue is known, with what is known of it', async () => {
    policy = remediationPolicyOf({ autoRemediate: false });
    await report();

    expect(await refusal(report())).toEqual({
      type: 'known-issue',
      message: 'issue pod_crash/api is known, and proposed',
    });
  });

  it('where fifty are open: it is no deployment that stands in the way', async () => {
    policy = remediationPolicyOf({ autoRemediate: false });
    for (let index = 0; index < 50; index += 1) await report({ workload: `w${index}` });

    expect(await refusal(report())).toEqual({
      type: 'issues-full',
      message: expect.stringMatching(/^50 issues are open here.*dismiss what is settled/),
    });
  });

  it('no more once a person has dismissed the issue', async () => {
    policy = remediationPolicyOf({ autoRemediate: false });
    await report();
    const command = { issue: 'pod_crash/api', actor: 'ann' };

    await target().executeUpdate(dismissIssueUpdate, { args: [command] });

    expect(await issues()).toEqual([]);
    expect(await report()).toMatchObject({ status: 'opened' });
    expect(
      await refusal(
        target().executeUpdate(dismissIssueUpdate, { args: [{ ...command, issue: 'x' }] }),
      ),
    ).toEqual({
      type: 'unknown-issue',
      message: 'there is no issue x here; known: pod_crash/api',
    });
  });
});

describe('"many things fail at once: not touching them"', () => {
  it('holds back what is beyond the limits, and gives it up with the reason', async () => {
    const environment = `crowd-${number}`;
    policy = remediationPolicyOf({ limits: { targetsAtOnce: 5, actionsPerHour: 2 } });
    for (const name of ['one', 'two', 'three']) {
      application = `${name}-${number}`;
      await report({ environment });
      await harness.sleep(MINUTE_MS);
    }

    expect(cluster.mends).toHaveLength(2);
    const handle = harness.client.workflow.getHandle(targetWorkflowId(environment, application));
    expect((await handle.query(ledgerQuery)).issues).toMatchObject([
      {
        ...{ state: 'given-up', attempts: [] },
        gaveUp: expect.stringMatching(
          /many things fail at once in crowd-\d+: not touching them \(2 actions within the last hour/,
        ),
      },
    ]);
  });
});
