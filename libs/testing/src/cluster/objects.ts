type Labels = Readonly<Record<string, string>>;

export interface WorkloadFixture {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
  /** Further labels of the pods; `app: <name>` is there, and the Service selects it. */
  readonly podLabels?: Labels;
  /** The Kubernetes Deployment's own selector; `app: <name>` by default. */
  readonly selector?: Labels;
  readonly podAnnotations?: Labels;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Merged into the Kubernetes Deployment's `spec`. */
  readonly spec?: object;
  /** Merged into the pod's `spec`. */
  readonly podSpec?: object;
  /** Merged into the container. */
  readonly container?: object;
}

export interface RouteFixture {
  readonly namespace: string;
  readonly name: string;
  readonly service: string;
  /** Left to the API's default when it is not given. */
  readonly weight?: number;
  /** Further backends of the one rule: Service name to weight. */
  readonly others?: Readonly<Record<string, number>>;
}

/** A Kubernetes Deployment with one container of its name. */
export function deploymentObject(fixture: WorkloadFixture): object {
  const { name, image, replicas, labels = {}, annotations = {} } = fixture;
  const app = { app: name };
  return {
    metadata: { name, labels, annotations },
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
}

export function serviceObject({ name }: Pick<WorkloadFixture, 'name'>): object {
  return {
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  };
}

export function routeObject({ name, service, weight, others = {} }: RouteFixture): object {
  const backend = (of: string, parts: number | undefined) => ({
    name: of,
    port: 80,
    ...(parts === undefined ? {} : { weight: parts }),
  });
  const foreign = Object.entries(others).map(([other, parts]) => backend(other, parts));
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name },
    spec: {
      parentRefs: [{ name: 'gateway' }],
      rules: [{ backendRefs: [backend(service, weight), ...foreign] }],
    },
  };
}
