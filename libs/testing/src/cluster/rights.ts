import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClusterAccess } from '../servers/index.ts';
import { waitFor } from '../servers/index.ts';
import type { AdminApi } from './admin-api.ts';

/** Roles of `deploy/kubernetes/base`, for the user `fairlead`. Each call ends when they are in force. */
export interface Rights {
  /** Applies `cluster-role.yaml` and binds the user to it everywhere. */
  grantFairlead(): Promise<void>;
  /** Applies `lease-role.yaml` to the namespace and binds the user to it there. */
  grantLeases(namespace: string): Promise<void>;
}

/** What a SubjectAccessReview asks for. */
interface Right {
  readonly namespace?: string;
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
}

const BASE = fileURLToPath(new URL('../../../../deploy/kubernetes/base', import.meta.url));
const USER = 'fairlead';
const DEADLINE_MS = 60_000;
/** Control planes, by the admin's kubeconfig, where the user has its role. */
const granted = new Map<string, Promise<void>>();

/** `admin`: path of the admin's kubeconfig. */
export function createRights(
  kubectl: ClusterAccess['kubectl'],
  admin: string,
  api: AdminApi,
): Rights {
  async function apply(role: string, binding: object, options: readonly string[]): Promise<void> {
    const files = ['-f', join(BASE, role), '-f', '-'];
    await kubectl(['apply', ...options, ...files], JSON.stringify(binding));
  }

  /** What was bound holds once the API server's authorizer has seen it. */
  async function inForce(right: Right): Promise<void> {
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const body = { spec: { user: USER, resourceAttributes: right } };
    await waitFor(
      async () => {
        const { status } = await api.call<{ status: { allowed: boolean } }>('POST', path, { body });
        return status.allowed;
      },
      { deadlineMs: DEADLINE_MS, what: `${USER} to be granted ${JSON.stringify(right)}` },
    );
  }

  async function grantEverywhere(): Promise<void> {
    await apply('cluster-role.yaml', bindingTo('ClusterRole', 'fairlead-cluster'), []);
    await inForce({ verb: 'list', resource: 'pods' });
  }

  return {
    async grantFairlead() {
      const granting = granted.get(admin) ?? grantEverywhere();
      granted.set(admin, granting);
      await granting;
    },
    async grantLeases(namespace) {
      const role = bindingTo('Role', 'fairlead-lease');
      await apply('lease-role.yaml', role, ['--namespace', namespace]);
      const group = 'coordination.k8s.io';
      await inForce({ namespace, verb: 'create', group, resource: 'leases' });
    },
  };
}

function bindingTo(kind: 'ClusterRole' | 'Role', name: string): object {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: `${kind}Binding`,
    metadata: { name: 'fairlead' },
    roleRef: { apiGroup, kind, name },
    subjects: [{ apiGroup, kind: 'User', name: USER }],
  };
}
