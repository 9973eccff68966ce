import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApplyRequest, MendRequest } from '@fairlead/contracts';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  createScriptedRemediation,
  remediationPolicyOf,
  reportIssue,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

/** "200 random interleavings (seeded)": the same at every run; `npm run soak` makes them all. */
const INTERLEAVINGS = Number(process.env['FAIRLEAD_SOAK_INTERLEAVINGS'] ?? 20);
const AT_ONCE = 20;
const SEED = 20_260_102;
/** Longest that a deployment waits then: longer than an action takes here. */
const SPREAD_MS = 40;
const DEADLINE_MS = 60_000;

const cluster = createScriptedCluster();
const scripted = createScriptedRemediation();
/** By the number of the target: who writes to it now. */
const deploying = new Set<string>();
const mending = new Set<string>();
const begun = new Set<string>();
const collisions: string[] = [];
let harness: WorkflowHarness;

beforeAll(async () => {
  cluster.script.beforeApply = ({ deploymentId }: ApplyRequest) => {
    const target = deploymentId.replace('d-', '');
    if (mending.has(target)) collisions.push(`deployment ${target} wrote during an action`);
    deploying.add(target);
    return undefined;
  };
  harness = await startWorkflowHarness(
    {
      ...cluster,
      ...scripted.activities,
      async clusterMend(request: MendRequest) {
        const { mend } = request;
        const target = 'workload' in mend ? mend.workload : mend.pod.replace(/-1$/, '');
        if (deploying.has(target)) collisions.push(`action on ${target} during a deployment`);
        mending.add(target);
        begun.add(target);
        await delay(20);
        mending.delete(target);
        return scripted.activities.clusterMend(request);
      },
      ...createRecordingDeliveries(),
      remediationPolicy: () => Promise.resolve(remediationPolicyOf({ cooldownMs: 0 })),
      lookupRecord: () => Promise.resolve(undefined),
      takeTurn: () => Promise.resolve({ granted: true }),
      endTurn: () => Promise.resolve(),
    },
    { pacedDestinations: ['chat'] },
  );
});

afterAll(() => harness.stop());

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the figures of Numerical Recipes: 0 to below 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function deploy(name: string): Promise<string> {
  const id = `d-${name}`;
  return harness.request(requestOf(id, { application: `app-${name}` })).then(async () => {
    const { outcome } = await harness.result(id);
    deploying.delete(name);
    return outcome;
  });
}

function report(name: string): Promise<string> {
  return reportIssue(harness.client, {
    ...{ kind: 'pod_crash', environment: 'staging', application: `app-${name}` },
    ...{ cluster: 'default', namespace: 'shop-staging', workload: name },
    ...{ source: 'watcher', actor: 'watcher' },
  }).then(
    () => 'taken',
    () => 'refused',
  );
}

/** Both at once, the report first, or the deployment while an action is being written; and then any moment after. */
async function interleave(name: string, random: () => number) {
  const when = random();
  const afterMs = random() * SPREAD_MS;
  const reported = report(name);
  if (when > 1 / 3) await reported;
  if (when > 2 / 3) {
    const what = `an action on ${name}`;
    await waitFor(() => begun.has(name), { deadlineMs: DEADLINE_MS, what });
  }
  await delay(afterMs);
  return Promise.all([deploy(name), reported]);
}

describe('"Deployment and remediation requested at once"', () => {
  it('"never both alive (I3)", and every deployment comes through', async () => {
    const random = randomNumbers(SEED);
    const answers: (readonly [string, string])[] = [];
    for (let from = 0; from < INTERLEAVINGS; from += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, index) =>
        interleave(`t${from + index}`, random),
      );
      answers.push(...(await Promise.all(some)));
    }

    expect(collisions).toEqual([]);
    expect(answers.map(([outcome]) => outcome)).toEqual(answers.map(() => 'succeeded'));
    // Both ways were really taken.
    const words = new Set(answers.map(([, report]) => report));
    expect([...words].sort()).toEqual(['refused', 'taken']);
    expect(scripted.mends.length).toBeGreaterThan(0);
  });
});
