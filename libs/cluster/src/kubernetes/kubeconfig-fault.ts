import { accessSync, constants } from 'node:fs';
import type { Cluster, KubeConfig } from '@kubernetes/client-node';

/** Why no connection can be made with the current context, and what to do about it. Opens no file, asks nobody. */
export function describeFault(config: KubeConfig): string | undefined {
  // The client's types do not say that it may be missing.
  const name = config.getCurrentContext() as string | undefined;
  const names = config.getContexts().map((context) => context.name);
  const choice = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  if (name === undefined || name === '') {
    return `no context is the current one (${choice}); run kubectl config use-context NAME, or set FAIRLEAD_KUBE_CONTEXT`;
  }
  const context = config.getContextObject(name);
  if (context === null) {
    return `there is no context ${name} (${choice}); correct --context, FAIRLEAD_KUBE_CONTEXT or the current-context`;
  }
  const cluster = config.getCluster(context.cluster);
  if (cluster === null) {
    return `context ${name} is of the cluster ${context.cluster}, which is not there; add it under clusters`;
  }
  // A context without a user is one of an API server that asks for none.
  if (isSet(context.user) && config.getUser(context.user) === null) {
    return `context ${name} is of the user ${context.user}, who is not there; add it under users`;
  }
  const fault = serverFault(cluster) ?? fileFault(config);
  return fault === undefined ? undefined : `context ${name}: ${fault}`;
}

function serverFault({ server, skipTLSVerify, proxyUrl }: Cluster): string | undefined {
  if (!URL.canParse(server) || !/^https?:/.test(server)) {
    return 'the server of its cluster is no http or https URL; correct it';
  }
  // What the client refuses at every call.
  if (server.startsWith('http:') && !skipTLSVerify && !isSet(proxyUrl)) {
    return 'the server of its cluster is an http URL; it is used only with insecure-skip-tls-verify: true';
  }
  return undefined;
}

/** The first of the files beside it that cannot be read. The client takes them even where data stand in the kubeconfig. */
function fileFault(config: KubeConfig): string | undefined {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  const files = Object.entries({
    'certificate-authority': cluster?.caFile,
    'client-certificate': user?.certFile,
    'client-key': user?.keyFile,
  });
  for (const [key, file] of files) {
    if (!isSet(file)) continue;
    const reason = whyUnreadable(file);
    if (reason !== undefined) return `${key} ${file}: ${reason}`;
  }
  return undefined;
}

export function whyUnreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? 'there is no such file; put it there, or correct the path'
      : `it cannot be read (${code}); see to its rights`;
  }
}

function isSet(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== '';
}
