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
  /** Requests that are done; where a control plane is shared, since it was joined. */
  auditEntries(filter?: AuditFilter): Promise<AuditEntry[]>;
}

/**
 * `directory`: of the control plane's files. `binary`: path of the program that holds kubectl. `auditSkip`: bytes of the
 * audit log that are not looked at; default none.
 */
export function clusterAccess({
  binary,
  directory,
  server,
  auditSkip = 0,
}: {
  binary: string;
  directory: string;
  server: string;
  auditSkip?: number;
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
    auditEntries: (filter) => readAuditLog({ path: paths.auditLog, skip: auditSkip }, filter),
  };
}
