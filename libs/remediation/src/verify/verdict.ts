import { createCatchUp, createReadinessMemory, judge } from '@fairlead/cluster/decisions';
import type {
  Decision,
  Judgement,
  PodView,
  Workload,
  WorkloadView,
} from '@fairlead/cluster/decisions';
import type { VerifyRequest, VerifyResult, WorkloadHealth } from '@fairlead/contracts';
import { healthOf, NOTHING_THERE } from '../health.ts';
import { presently } from '../presently.ts';

/** Of one view: it is too old, it decides, or it tells how the workload is. */
export type Verdict =
  | { readonly sight: Decision<never> }
  | { readonly ended: VerifyResult }
  | { readonly after: WorkloadHealth; readonly againAtMs?: number };

/**
 * Clocks differ, and a pod's time of creation is told in whole seconds. What is doomed and was there so shortly before
 * the act is as good as new: kubelet's own first wait after a crash is longer.
 */
const CLOCKS_DIFFER_MS = 5000;

/** Judges every view of one verification, by all that it has seen before. */
export function createVerdict(
  { mend, at }: Pick<VerifyRequest, 'mend' | 'at'>,
  { found, readAtMs }: { readonly found: Workload; readonly readAtMs: number },
): (view: WorkloadView | undefined, nowMs: number) => Verdict {
  const memory = createReadinessMemory();
  const isBehind = createCatchUp(found, readAtMs);
  const newSinceMs = Date.parse(at) - CLOCKS_DIFFER_MS;

  /** A pod that was ended, and is still shown as if it were not. */
  function showsEnded({ pods }: WorkloadView): boolean {
    return (
      mend.action === 'restart_pod' &&
      pods.some(({ uid, deleting }) => uid === mend.uid && !deleting)
    );
  }

  function isNew({ createdAt }: PodView): boolean {
    return Date.parse(createdAt) >= newSinceMs;
  }

  /** What was sick before is given time; new pods come first, so that theirs is the word that counts. */
  function judged(view: WorkloadView, nowMs: number): Judgement {
    const pods = view.pods.toSorted((a, b) => Number(isNew(b)) - Number(isNew(a)));
    const { replicas } = view.workload;
    const judgement = judge({ ...view, pods }, { replicas, alone: false, nowMs, memory });
    if (judgement.state !== 'doomed') return judgement;
    const pod = pods.find(({ name }) => name === judgement.pod);
    return pod === undefined || isNew(pod)
      ? judgement
      : { state: 'progressing', words: judgement.message };
  }

  return (seen, nowMs) => {
    const behind = isBehind(seen, nowMs);
    if (behind !== undefined) return { sight: behind };
    if (seen === undefined) return ending(NOTHING_THERE.words, NOTHING_THERE);
    if (showsEnded(seen)) return { sight: { behind: true } };
    const view = presently(seen, nowMs);
    const judgement = judged(view, nowMs);
    const after = healthOf(view, judgement);
    if (view.workload.uid !== found.uid) {
      return ending('someone deleted it and made it anew', after);
    }
    if (judgement.state === 'doomed') return ending(after.words, after);
    const againAtMs = judgement.state === 'progressing' ? judgement.againAtMs : undefined;
    return { after, ...(againAtMs === undefined ? {} : { againAtMs }) };
  };
}

function ending(detail: string, after: WorkloadHealth): Verdict {
  return { ended: { helped: false, detail, after } };
}
