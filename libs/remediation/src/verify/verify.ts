import { createWaitClocks, decided, read } from '@fairlead/cluster/decisions';
import type { WaitClocks, WorkloadView } from '@fairlead/cluster/decisions';
import type { VerifyRequest, VerifyResult } from '@fairlead/contracts';
import { NOTHING_THERE } from '../health.ts';
import { areMeasured, atLimits } from '../at-limit.ts';
import type { Place } from '../place.ts';
import { createRestartCount } from './restart-count.ts';
import { createVerdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

interface Verifying extends Place {
  /** Of the time that it may take until the workload is healthy, over all attempts of the activity. */
  readonly clocks: WaitClocks;
}

/** Waits until the workload is healthy, then for as long as it is to stay so. */
export async function verify(request: VerifyRequest, place: Verifying): Promise<VerifyResult> {
  const { cluster, namespace, now } = place;
  const name = request.workload;
  const found = await read(place, cluster.workload({ namespace, name }));
  if (found === undefined) return notThere();
  const judge = createVerdict(request, { found, readAtMs: now() });
  for (;;) {
    const healthy = await untilHealthy(request, { ...place, judge });
    if ('helped' in healthy) return healthy;
    const healthyAtMs = now();
    const kept = await whileHealthy(request, { ...place, judge, healthy });
    if (kept === 'again') continue;
    return 'helped' in kept ? kept : withinLimits(request, { ...place, judge, kept, healthyAtMs });
  }
}

/** Of what was to give room: a container that is at its limit still has got none. */
async function withinLimits(
  { mend, forMs }: VerifyRequest,
  { kept, judge, healthyAtMs, ...place }: Kept,
): Promise<VerifyResult> {
  const verdict = judge(kept, place.now());
  if (!('after' in verdict)) return ended(verdict);
  const { after } = verdict;
  const detail = `healthy for ${seconds(forMs)}`;
  if (mend.action !== 'scale_deployment') return { helped: true, detail, after };
  const usage = await read(place, place.cluster.podUsage(place.namespace)).catch(() => undefined);
  // Before, the new pods took nothing off the others.
  const measured = usage?.filter((one) => Date.parse(one.at) > healthyAtMs) ?? [];
  const [strained] = atLimits(kept, measured);
  if (strained !== undefined) {
    return { helped: false, detail: `${detail}, but still ${strained.words}`, after };
  }
  if (areMeasured(kept, measured)) return { helped: true, detail, after };
  const unmeasured = 'what its containers use was not measured since';
  return { helped: true, detail: `${detail}; ${unmeasured}`, after };
}

interface Kept extends Verifying {
  readonly judge: Judge;
  readonly kept: WorkloadView;
  /** Since when it was. */
  readonly healthyAtMs: number;
}

type Judge = (view: WorkloadView | undefined, nowMs: number) => Verdict;

/** The workload as it was when it was healthy, or why it is not mended. */
function untilHealthy(
  { workload: name, withinMs }: VerifyRequest,
  { cluster, namespace, signal, now, clocks, judge }: Verifying & { readonly judge: Judge },
): Promise<WorkloadView | VerifyResult> {
  return decided<WorkloadView | undefined, WorkloadView | VerifyResult>({
    observe: (listener) => cluster.observeWorkload({ namespace, name }, listener),
    decide(view, nowMs) {
      const verdict = judge(view, nowMs);
      if ('sight' in verdict) return verdict.sight;
      if (view === undefined || 'ended' in verdict) return { done: ended(verdict) };
      if (verdict.after.healthy) return { done: view };
      const { againAtMs } = verdict;
      return { wait: true, ...(againAtMs === undefined ? {} : { againAtMs }) };
    },
    signal,
    now,
    deadline: {
      clock: clocks.of('healthy'),
      answer(view) {
        const verdict = judge(view, now());
        if (!('after' in verdict)) return notThere();
        const { after } = verdict;
        const detail = `not healthy within ${seconds(withinMs)}: ${after.words}`;
        return { helped: false, detail, after };
      },
    },
  });
}

/**
 * `again`: someone scaled it, or rolled it out, or only the controllers' counts come late, which is no sign of
 * sickness: it is waited for anew.
 */
function whileHealthy(
  { workload: name, forMs }: VerifyRequest,
  { healthy, judge, ...place }: Place & { readonly judge: Judge; readonly healthy: WorkloadView },
): Promise<WorkloadView | VerifyResult | 'again'> {
  const { cluster, namespace, signal, now } = place;
  const restarted = createRestartCount(healthy.pods);
  // It runs only with sight of the cluster, and begins anew with each attempt: nobody watched in between.
  const clock = createWaitClocks({ limitMs: forMs, before: {}, unheardMs: 0, now }).of('stays');
  return decided<WorkloadView | undefined, WorkloadView | VerifyResult | 'again'>({
    observe: (listener) => cluster.observeWorkload({ namespace, name }, listener),
    decide(view, nowMs) {
      const verdict = judge(view, nowMs);
      if ('sight' in verdict) return verdict.sight;
      if (view === undefined || 'ended' in verdict) return { done: ended(verdict) };
      const { after } = verdict;
      if (view.workload.generation !== healthy.workload.generation) return { done: 'again' };
      const pod = restarted(view.pods);
      if (pod !== undefined) return { done: broke(`pod ${pod} was restarted`, after) };
      if (after.healthy) return { wait: true };
      return { done: isWhole(view) ? 'again' : broke(after.words, after) };
    },
    signal,
    now,
    deadline: {
      clock,
      answer(view) {
        return view ?? notThere();
      },
    },
  });
}

/** Pods are told of before their ReplicaSet has counted them. */
function isWhole({ workload, pods }: WorkloadView): boolean {
  return pods.filter(({ ready, deleting }) => ready && !deleting).length >= workload.replicas;
}

function ended(verdict: Verdict): VerifyResult {
  return 'ended' in verdict ? verdict.ended : notThere();
}

function broke(words: string, after: VerifyResult['after']): VerifyResult {
  return { helped: false, detail: `was healthy, then: ${words}`, after };
}

function notThere(): VerifyResult {
  return { helped: false, detail: NOTHING_THERE.words, after: NOTHING_THERE };
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
