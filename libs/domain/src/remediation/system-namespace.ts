/** Of Kubernetes and its distributions; and by custom of what serves the cluster: `istio-system`, `gatekeeper-system`. */
const SYSTEM = /^(?:kube|openshift|gke|gmp|eks|aks)-|^openshift$|-system$/;

/** Whether a namespace serves the cluster and no application: nothing there is ever touched. */
export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM.test(namespace);
}
