import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AUDIT_POLICY } from './audit-log.ts';

/** One user for each client, so that the audit log tells them apart. `fairlead` is in no group: only RBAC lets it do anything. */
const USERS = {
  admin: ['system:masters'],
  fairlead: [],
  other: ['system:masters'],
  'controller-manager': ['system:masters'],
  scheduler: ['system:masters'],
  kwok: ['system:masters'],
} satisfies Record<string, string[]>;

export type ClusterUser = keyof typeof USERS;

/** The files of one control plane, all in its own directory. */
export interface ClusterFiles extends ClusterPaths {
  tokenOf: Record<ClusterUser, string>;
}

export interface ClusterPaths {
  directory: string;
  certificates: string;
  privateKey: string;
  publicKey: string;
  tokens: string;
  auditPolicy: string;
  auditLog: string;
}

export function clusterPaths(directory: string): ClusterPaths {
  return {
    directory,
    certificates: join(directory, 'pki'),
    privateKey: join(directory, 'service-accounts.key'),
    publicKey: join(directory, 'service-accounts.pub'),
    tokens: join(directory, 'tokens.csv'),
    auditPolicy: join(directory, 'audit-policy.json'),
    auditLog: join(directory, 'audit.log'),
  };
}

export async function writeClusterFiles(directory: string): Promise<ClusterFiles> {
  const users = Object.keys(USERS) as ClusterUser[];
  const files: ClusterFiles = {
    ...clusterPaths(directory),
    tokenOf: Object.fromEntries(users.map((user) => [user, randomUUID()])) as Record<
      ClusterUser,
      string
    >,
  };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const lines = users.map((user) =>
    [files.tokenOf[user], user, user, ...USERS[user].map((group) => `"${group}"`)].join(','),
  );
  await Promise.all([
    writeFile(files.privateKey, privateKey, { mode: 0o600 }),
    writeFile(files.publicKey, publicKey),
    writeFile(files.tokens, lines.join('\n'), { mode: 0o600 }),
    writeFile(files.auditPolicy, JSON.stringify(AUDIT_POLICY)),
  ]);
  return files;
}

export function kubeconfigPath(files: ClusterPaths, user: ClusterUser): string {
  return join(files.directory, `${user}.kubeconfig`);
}

/** Possible once the API server has written its certificate. Each file stands alone and may be copied. */
export async function writeKubeconfigs(files: ClusterFiles, server: string): Promise<void> {
  const certificate = await readFile(certificatePath(files), 'base64');
  for (const [user, token] of Object.entries(files.tokenOf) as [ClusterUser, string][]) {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': certificate } }],
      users: [{ name: user, user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user } }],
      'current-context': 'test',
    };
    await writeFile(kubeconfigPath(files, user), JSON.stringify(config), { mode: 0o600 });
  }
}

export function certificatePath(files: ClusterFiles): string {
  return join(files.certificates, 'apiserver.crt');
}
