import type { Cluster } from '@fairlead/cluster';
import type { PodUsage, WorkloadView } from '@fairlead/cluster/decisions';
import { withSample } from '../at-limit.ts';
import type { Streaks } from '../at-limit.ts';
import { findingsIn } from './findings.ts';
import type { Finding } from './findings.ts';
import { watchUsage } from './watch-usage.ts';

export interface WatchedWorkload {
  readonly namespace: string;
  readonly workload: string;
}

export interface WatchIssues<At extends WatchedWorkload> {
  readonly cluster: Cluster;
  readonly workloads: readonly At[];
  /**
   * Told of each finding as it is seen, and again every five minutes while it is there; 15 seconds after it answered that
   * nobody has taken it. Never rejects.
   */
  readonly report: (at: At, finding: Finding) => Promise<Taking>;
  /**
   * Told of a workload that has been well for ten minutes, and every ten minutes from then on: others open issues too.
   * Never rejects.
   */
  readonly well?: (at: At) => Promise<Taking>;
  /** Told once where nobody measures what pods use. */
  readonly unmeasured?: (namespace: string, why: string) => void;
  readonly sampleEveryMs?: number;
  /** Epoch milliseconds; default the machine's clock. */
  readonly now?: () => number;
}

/** Whether somebody knows of it now. */
export type Taking = 'taken' | 'not-taken';

export interface IssueWatch {
  close(): void;
}

/** Seldom enough for a target, which takes a repeat for what it is, often enough to know that it is still there. */
const REPEAT_MS = 5 * 60_000;

/** Until it is told again to a target that is busy, or could not be reached. */
const AGAIN_MS = 15_000;

/** Kubernetes waits up to five minutes between two starts of what crashes: a shorter calm says nothing. */
const WELL_MS = 10 * 60_000;

/** Watches workloads for what is worth an issue. While sight is lost nothing is told. */
export function watchIssues<At extends WatchedWorkload>(options: WatchIssues<At>): IssueWatch {
  const watches = options.workloads.map((at) => watchOne(at, options));
  const { cluster, workloads, unmeasured = () => undefined, sampleEveryMs } = options;
  const usage = watchUsage({
    cluster,
    namespaces: workloads.map(({ namespace }) => namespace),
    sample(namespace, measured) {
      for (const watch of watches) if (watch.at.namespace === namespace) watch.sample(measured);
    },
    absent: unmeasured,
    ...(sampleEveryMs === undefined ? {} : { everyMs: sampleEveryMs }),
  });
  return {
    close() {
      usage.close();
      for (const watch of watches) watch.close();
    },
  };
}

function watchOne<At extends WatchedWorkload>(
  at: At,
  { cluster, report, well = () => Promise.resolve('taken'), now = Date.now }: WatchIssues<At>,
): IssueWatch & { readonly at: At; sample(usage: readonly PodUsage[]): void } {
  /** By kind: when it is to be told again. */
  const tellAtMs = new Map<string, number>();
  let view: WorkloadView | undefined;
  let streaks: Streaks = new Map();
  let again: NodeJS.Timeout | undefined;
  /** When it is to be said that it is well; undefined while it is not so. */
  let wellAtMs: number | undefined;
  let closed = false;

  function judgeWell(isWell: boolean, nowMs: number): void {
    wellAtMs = isWell ? (wellAtMs ?? nowMs + WELL_MS) : undefined;
    if (wellAtMs === undefined || nowMs < wellAtMs) return;
    const repeatAtMs = nowMs + WELL_MS;
    wellAtMs = repeatAtMs;
    void well(at).then((taking) => {
      if (taking === 'taken' || wellAtMs !== repeatAtMs) return;
      wellAtMs = now() + AGAIN_MS;
      if (!closed) judge();
    });
  }

  function tell(finding: Finding, nowMs: number): void {
    const repeatAtMs = nowMs + REPEAT_MS;
    tellAtMs.set(finding.kind, repeatAtMs);
    void report(at, finding).then((taking) => {
      if (taking === 'taken' || tellAtMs.get(finding.kind) !== repeatAtMs) return;
      tellAtMs.set(finding.kind, now() + AGAIN_MS);
      if (!closed) judge();
    });
  }

  function judge(): void {
    clearTimeout(again);
    if (view === undefined) {
      wellAtMs = undefined;
      return;
    }
    const nowMs = now();
    const { findings, againAtMs } = findingsIn(view, nowMs, streaks);
    for (const kind of tellAtMs.keys()) {
      if (!findings.some((finding) => finding.kind === kind)) tellAtMs.delete(kind);
    }
    for (const finding of findings) {
      if (nowMs >= (tellAtMs.get(finding.kind) ?? -Infinity)) tell(finding, nowMs);
    }
    judgeWell(findings.length === 0 && isWhole(view), nowMs);
    const next = Math.min(againAtMs ?? Infinity, wellAtMs ?? Infinity, ...tellAtMs.values());
    if (next === Infinity) return;
    again = setTimeout(judge, Math.max(next - nowMs, 0));
    again.unref();
  }

  const watching = cluster.observeWorkload(
    { namespace: at.namespace, name: at.workload },
    (sight) => {
      view = sight.fresh ? sight.value : undefined;
      judge();
    },
  );
  return {
    at,
    sample(usage) {
      streaks = view === undefined ? new Map() : withSample(streaks, view, usage);
      judge();
    },
    close() {
      closed = true;
      clearTimeout(again);
      watching.close();
    },
  };
}

function isWhole({ workload: { replicas, status } }: WorkloadView): boolean {
  return replicas > 0 && status.readyReplicas >= replicas;
}
