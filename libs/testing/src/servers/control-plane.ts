import { join } from 'node:path';

import { TEST_CLUSTER_DIRECTORY } from '../../../../tools/setup/index.ts';
import type { ClusterFiles } from './cluster-files.ts';
import { kubeconfigPath } from './cluster-files.ts';

/** Only what tests rest upon: each further one costs memory and start time. */
const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'garbage-collector-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'namespace-controller',
  'resourcequota-controller',
  'disruption-controller',
];

export interface Ports {
  etcdClient: number;
  etcdPeer: number;
  apiServer: number;
}

/** Data is thrown away, so nothing is synced to disk. */
export function etcdFlags(files: ClusterFiles, ports: Ports): string[] {
  const client = `http://127.0.0.1:${ports.etcdClient}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    ...['--data-dir', join(files.directory, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', `default=${peer}`],
    ...['--quota-backend-bytes', '8589934592', '--auto-compaction-retention', '1'],
  ];
}

/** Admission plugins that are off would want a token controller and a node lifecycle controller. */
export function apiServerFlags(files: ClusterFiles, ports: Ports): string[] {
  return [
    ...['--etcd-servers', `http://127.0.0.1:${ports.etcdClient}`],
    ...['--bind-address', '127.0.0.1', '--secure-port', String(ports.apiServer)],
    ...['--advertise-address', '127.0.0.1', '--endpoint-reconciler-type', 'none'],
    ...['--cert-dir', files.certificates, '--service-cluster-ip-range', '10.0.0.0/16'],
    ...['--service-account-issuer', 'https://kubernetes.default.svc'],
    ...['--service-account-key-file', files.publicKey],
    ...['--service-account-signing-key-file', files.privateKey],
    ...['--token-auth-file', files.tokens, '--authorization-mode', 'RBAC'],
    ...['--disable-admission-plugins', 'ServiceAccount,TaintNodesByCondition'],
    ...['--allow-privileged', '--enable-priority-and-fairness=false'],
    ...['--max-requests-inflight', '0', '--max-mutating-requests-inflight', '0'],
    ...['--audit-policy-file', files.auditPolicy, '--audit-log-path', files.auditLog],
    // Never rotated, so that a reader finds all of it in one file.
    ...['--audit-log-maxsize', '0'],
  ];
}

export function controllerManagerFlags(files: ClusterFiles): string[] {
  return [
    ...['--kubeconfig', kubeconfigPath(files, 'controller-manager'), '--leader-elect=false'],
    ...['--controllers', CONTROLLERS.join(',')],
    ...['--bind-address', '127.0.0.1', '--secure-port', '0'],
    ...['--kube-api-qps', '5000', '--kube-api-burst', '10000'],
    ...['--concurrent-deployment-syncs', '50', '--concurrent-replicaset-syncs', '50'],
    ...['--concurrent-gc-syncs', '20'],
  ];
}

/** Its default for pod addresses overlaps the service range. */
export function kwokFlags(files: ClusterFiles): string[] {
  return [
    ...['--kubeconfig', kubeconfigPath(files, 'kwok'), '--manage-all-nodes=true'],
    ...['--config', join(TEST_CLUSTER_DIRECTORY, 'stages.yaml')],
    ...['--node-lease-duration-seconds', '0', '--cidr', '10.244.0.1/16'],
  ];
}

export function schedulerFlags(files: ClusterFiles): string[] {
  return [
    ...['--kubeconfig', kubeconfigPath(files, 'scheduler'), '--leader-elect=false'],
    ...['--secure-port', '0', '--kube-api-qps', '5000', '--kube-api-burst', '10000'],
  ];
}
