import type { AuditEntry, AuditFilter } from './audit-log.ts';
import { readAuditLog } from './audit-log.ts';
import { clusterPaths, kubeconfigPath } from './cluster-files.ts';
import { createKubectl } from './kubectl.ts';
import type { Kubectl } from './kubectl.ts';

/** How to reach a control plane that runs. */
export interface ClusterAccess {
  /** `https://127.0.0.1:PORT` */
  server: string;
  /** Paths. `fairlead` may do nothing until RBAC lets it; `admin` and `other` may do all. */
  kubeconfigs: Record<'admin' | 'fairlead' | 'other', string>;
  kubectl: Kubectl;
  /** Path of the file. */
  auditLog: string;
  /** Requests that are done. */
  auditEntries(filter?: AuditFilter): Promise<AuditEntry[]>;
}

/** `directory`: of the control plane's files. `binary`: path of the program that holds kubectl. */
export function clusterAccess({
  binary,
  directory,
  server,
}: {
  binary: string;
  directory: string;
  server: string;
}): ClusterAccess {
  const paths = clusterPaths(directory);
  const admin = kubeconfigPath(paths, 'admin');
  return {
    server,
    kubeconfigs: {
      admin,
      fairlead: kubeconfigPath(paths, 'fairlead'),
      other: kubeconfigPath(paths, 'other'),
    },
    kubectl: createKubectl({ binary, kubeconfig: admin, directory }),
    auditLog: paths.auditLog,
    auditEntries: (filter) => readAuditLog(paths.auditLog, filter),
  };
}
