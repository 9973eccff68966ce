export interface WorkloadFixture {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
  /** Further labels of the pods; `app: <name>` is there, and the Service selects it. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The Kubernetes Deployment's own selector; `app: <name>` by default. */
  readonly selector?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Merged into the Kubernetes Deployment's `spec`. */
  readonly spec?: object;
  /** Merged into the pod's `spec`. */
  readonly podSpec?: object;
  /** Merged into the container. */
  readonly container?: object;
}

/** A Kubernetes Deployment with one container of its name, and a Service of its name. */
export function workloadObjects(fixture: WorkloadFixture): object {
  const { namespace, name, image, replicas } = fixture;
  const app = { app: name };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      namespace,
      name,
      labels: fixture.labels ?? {},
      annotations: fixture.annotations ?? {},
    },
    spec: {
      replicas,
      selector: { matchLabels: fixture.selector ?? app },
      template: {
        metadata: {
          labels: { ...app, ...fixture.podLabels },
          annotations: fixture.podAnnotations ?? {},
        },
        spec: {
          // No scheduler runs: pods name their node.
          nodeName: 'node-0',
          terminationGracePeriodSeconds: 0,
          containers: [{ name, image, ...fixture.container }],
          ...fixture.podSpec,
        },
      },
      ...fixture.spec,
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: { selector: app, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  };
  return { apiVersion: 'v1', kind: 'List', items: [deployment, service] };
}
