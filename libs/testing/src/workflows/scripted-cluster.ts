import { CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type {
  ApplyRequest,
  ApplyResult,
  ClusterActivities,
  ClusterChange,
  ClusterSnapshot,
  Doom,
  SnapshotRequest,
} from '@fairlead/contracts';

/** What the next activity does instead of its usual work. */
export interface Script {
  /** Answer of `clusterSnapshot`. */
  snapshot?: Partial<ClusterSnapshot>;
  /** Called before a list of changes is made; may wait, throw, or answer with a doom. */
  beforeApply?: (request: ApplyRequest) => Promise<Doom | undefined> | Doom | undefined;
}

export interface ScriptedCluster extends ClusterActivities {
  readonly script: Script;
  /** Every change that was made, in order: `canary api 1`, `route api 50`. */
  readonly made: string[];
  /** Ends every watch with this doom. */
  doom(doom: Doom): void;
  readonly watching: () => number;
}

/** Activities that do as a test says and write down what they were asked: for the workflow's own decisions. */
export function createScriptedCluster(): ScriptedCluster {
  const script: Script = {};
  const made: string[] = [];
  const watchers = new Set<(doom: Doom) => void>();

  return {
    script,
    made,
    watching: () => watchers.size,
    doom(doom) {
      for (const end of watchers) end(doom);
    },
    clusterSnapshot: (request) => Promise.resolve({ ...snapshotOf(request), ...script.snapshot }),
    async clusterApply(request) {
      const doom = await heartbeatWhile(Promise.resolve(script.beforeApply?.(request)));
      if (doom !== undefined) return { doom, observed: [] };
      made.push(...request.lists.flat().map(describeChange));
      return observedAfter(request);
    },
    async clusterWatchHealth() {
      let end: (doom: Doom) => void = () => undefined;
      const doomed = new Promise<Doom>((resolve) => (end = resolve));
      watchers.add(end);
      try {
        return await heartbeatWhile(doomed);
      } finally {
        watchers.delete(end);
      }
    },
    clusterCompareDependencies: () => Promise.resolve([]),
  };
}

/** Cancellation arrives with heartbeats, as in the real activities. */
async function heartbeatWhile<T>(work: Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat();
  }, 50);
  try {
    return await Promise.race([work, context.cancelled]);
  } catch (error) {
    if (error instanceof CancelledFailure || error instanceof ApplicationFailure) throw error;
    throw error;
  } finally {
    clearInterval(beat);
  }
}

function snapshotOf(request: SnapshotRequest): ClusterSnapshot {
  const { traffic } = request;
  return {
    refusals: [],
    warnings: [],
    components: request.components.map(({ name, workload, image }) => ({
      name,
      workload,
      uid: `uid-${name}`,
      replicas: 10,
      images: [
        { container: name, init: false, from: `registry.example.com/${name}:1`, to: image },
      ].filter(({ from, to }) => from !== to),
      templateDigest: `digest-${name}`,
      previousImage: `registry.example.com/${name}:1`,
      traffic:
        traffic.router === 'gateway-api'
          ? { router: 'gateway-api', route: traffic.route, service: name, routeDigest: 'r' }
          : { router: 'replicas' },
      dependencies: [],
    })),
  };
}

function describeChange(change: ClusterChange): string {
  const { name } = change.component;
  switch (change.kind) {
    case 'canary':
    case 'scale':
      return `${change.kind} ${name} ${change.replicas}`;
    case 'images':
      return `images ${name} ${change.to}`;
    case 'route':
      return `route ${name} ${change.weight}`;
    case 'await':
      return `await ${name} ${change.side} ${change.replicas} ${change.images}`;
    case 'remove-canary':
      return `remove-canary ${name}`;
  }
}

/** How long every new pod takes here. */
export const READY_SECONDS = 2;

function observedAfter({ lists }: ApplyRequest): ApplyResult {
  const names = new Set(lists.flat().map(({ component }) => component.name));
  return {
    observed: [...names].map((component) => ({
      component,
      stableReady: 9,
      canaryReady: 1,
      weight: 10,
      readySeconds: READY_SECONDS,
    })),
  };
}
