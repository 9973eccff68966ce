import type {
  ApplyRequest,
  ApplyResult,
  ClusterChange,
  ClusterSnapshot,
  ComponentSnapshot,
  DependencyDrift,
  Doom,
  SnapshotRequest,
  WatchRequest,
} from '@fairlead/contracts';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createClusterActivities } from '../activities.ts';
import type { Controller, LabelSelector, PodTemplate, RouteRule } from '../objects.ts';
import type { Cluster } from '../port.ts';
import { STEPS } from './plans.ts';

/** What people do to a cluster, in the ways that both kinds of cluster have. */
export interface ClusterHarness {
  readonly cluster: Cluster;
  createNamespace(): Promise<string>;
  /** A ready Kubernetes Deployment with one container of its name, labels `app: <name>`, and a Service of its name. */
  seedWorkload(seed: {
    readonly namespace: string;
    readonly name: string;
    readonly image: string;
    readonly replicas: number;
  }): Promise<void>;
  /** An accepted route; the weight is left out where it is not given. */
  seedRoute(seed: {
    readonly namespace: string;
    readonly name: string;
    readonly service: string;
    readonly weight?: number;
    readonly others?: Readonly<Record<string, number>>;
  }): Promise<void>;
  /** The gateway takes note of the route as it is now. */
  acceptRoute(namespace: string, name: string): Promise<void>;
  seedDependency(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): Promise<void>;
  removeDependency(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): Promise<void>;
  editReplicas(namespace: string, name: string, replicas: number): Promise<void>;
  editTemplate(namespace: string, name: string, template: PodTemplate): Promise<void>;
  editRouteWeights(namespace: string, name: string, weights: readonly number[]): Promise<void>;
  editRouteRules(namespace: string, name: string, rules: readonly RouteRule[]): Promise<void>;
  removeWorkload(namespace: string, name: string): Promise<void>;
  /** This pod alone crashes, and goes on crashing. */
  crashPod(namespace: string, pod: string): Promise<void>;
  seedDisruptionBudget(
    namespace: string,
    budget: {
      readonly name: string;
      readonly selector: LabelSelector;
      /** Of pods that are all ready. */
      readonly disruptionsAllowed: number;
    },
  ): Promise<void>;
  seedAutoscaler(
    namespace: string,
    autoscaler: {
      readonly name: string;
      readonly workload: string;
      readonly minReplicas: number;
      readonly maxReplicas: number;
      readonly controller?: Controller;
    },
  ): Promise<void>;
  editAutoscaler(namespace: string, name: string, maxReplicas: number): Promise<void>;
  /** As a worker may use Leases in its own namespace. */
  grantLeases(namespace: string): Promise<void>;
}

export type Router = 'replicas' | 'gateway-api';
export const ROUTERS = ['replicas', 'gateway-api'] as const satisfies readonly Router[];
export const ROUTE = 'shop';
const DEPLOYMENT = 'dep-1';
export const OLD_IMAGE = 'registry.test/api:1';
export const NEW_IMAGE = 'registry.test/api:2';

/** Long enough for every wait that is meant to succeed. */
const DEADLINE_MS = 60_000;

/** The activities as a worker runs them, each in an environment of its own. */
export interface Runner {
  snapshot(
    request: Partial<SnapshotRequest> & { readonly namespace: string },
  ): Promise<ClusterSnapshot>;
  apply(
    namespace: string,
    changes: readonly ClusterChange[],
    over?: Partial<ApplyRequest>,
  ): Promise<ApplyResult>;
  watch(
    namespace: string,
    component: ComponentSnapshot,
    side: 'stable' | 'canary',
  ): { readonly doom: Promise<Doom>; readonly cancel: () => void };
  compare(namespace: string, component: ComponentSnapshot): Promise<readonly DependencyDrift[]>;
}

export function createRunner(cluster: Cluster): Runner {
  const activities = createClusterActivities({ cluster });
  return {
    async snapshot(request) {
      return inActivity((one: SnapshotRequest) => activities.clusterSnapshot(one), {
        deploymentId: DEPLOYMENT,
        type: 'canary',
        components: [{ name: 'api', workload: 'api', image: NEW_IMAGE, after: [] }],
        traffic: { router: 'replicas' },
        steps: STEPS,
        allowManaged: false,
        ...request,
      }).result;
    },
    apply: (namespace, changes, over = {}) =>
      inActivity((one: ApplyRequest) => activities.clusterApply(one), {
        deploymentId: DEPLOYMENT,
        namespace,
        lists: [changes],
        progressDeadlineMs: DEADLINE_MS,
        ...over,
      }).result,
    watch(namespace, component, side) {
      const { result, environment } = inActivity(
        (one: WatchRequest) => activities.clusterWatchHealth(one),
        {
          deploymentId: DEPLOYMENT,
          namespace,
          components: [component],
          side,
        },
      );
      return {
        doom: result,
        cancel() {
          environment.cancel();
        },
      };
    },
    compare: (namespace, component) =>
      inActivity(
        (one: Parameters<typeof activities.clusterCompareDependencies>[0]) =>
          activities.clusterCompareDependencies(one),
        {
          namespace,
          components: [component],
        },
      ).result,
  };
}

/** Failures are what many of these tests are about; the SDK need not print each. */
const say = () => undefined;
export const QUIET = { log: say, trace: say, debug: say, info: say, warn: say, error: say };

function inActivity<A, R>(
  activity: (request: A) => Promise<R>,
  request: A,
): { readonly result: Promise<R>; readonly environment: MockActivityEnvironment } {
  const environment = new MockActivityEnvironment({}, { logger: QUIET });
  return {
    result: environment.run<[A], R, (request: A) => Promise<R>>(activity, request),
    environment,
  };
}

export interface Planned {
  readonly namespace: string;
  readonly component: ComponentSnapshot;
  readonly run: Runner;
}

/** A namespace with `api` at the image `old`, and the snapshot of a canary to `image`. */
export async function planCanary(
  harness: ClusterHarness,
  {
    router = 'replicas',
    image = NEW_IMAGE,
    old = OLD_IMAGE,
    replicas = 4,
    ...route
  }: {
    readonly router?: Router;
    readonly image?: string;
    readonly old?: string;
    readonly replicas?: number;
    readonly weight?: number;
    readonly others?: Readonly<Record<string, number>>;
  } = {},
): Promise<Planned> {
  const namespace = await harness.createNamespace();
  await harness.seedWorkload({ namespace, name: 'api', image: old, replicas });
  await harness.seedRoute({ namespace, name: ROUTE, service: 'api', ...route });
  const run = createRunner(harness.cluster);
  const snapshot = await run.snapshot({
    namespace,
    components: [{ name: 'api', workload: 'api', image, after: [] }],
    traffic: router === 'replicas' ? { router } : { router, route: ROUTE },
  });
  const [component] = snapshot.components;
  if (component === undefined) {
    throw new Error(`refused: ${snapshot.refusals.map(({ message }) => message).join('; ')}`);
  }
  return { namespace, component, run };
}

/** Somebody else's edit of a pod template. */
export async function editByHand(
  harness: ClusterHarness,
  at: { readonly namespace: string; readonly name: string },
): Promise<void> {
  const found = await harness.cluster.workload(at);
  if (found === undefined) throw new Error(`there is no ${at.name} to edit`);
  const { template } = found;
  await harness.editTemplate(at.namespace, at.name, {
    ...template,
    metadata: { ...template.metadata, annotations: { edited: 'by hand' } },
  });
}
