import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { AdapterError } from '@fairlead/contracts';
import { describeFault, whyUnreadable } from './kubeconfig-fault.ts';

export interface ConnectionOptions {
  /** Path of a kubeconfig; without it, as kubectl finds one, else the pod's own service account. */
  readonly kubeconfig?: string;
  /** Default: the kubeconfig's current one. */
  readonly context?: string;
  /** Holds `KUBECONFIG` and `HOME`; default the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Which API server a connection goes to. */
export interface ConnectionTarget {
  /** What says so: `kubeconfig a, b` or the pod's service account. */
  readonly source: string;
  readonly context: string;
  /** Its address, without a password. */
  readonly server: string;
  /** The context's own, or that of the pod; absent where neither is told. */
  readonly namespace?: string;
}

interface Loaded {
  readonly config: KubeConfig;
  readonly source: string;
}

/** Where Kubernetes puts a pod's credentials, as the client reads them. */
const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * A kubeconfig that a connection can be made with: its context, cluster and user are there, and every file that they
 * name can be read. Throws an `AdapterError` of type `config-invalid` that names file, context and mend.
 */
export function loadKubeconfig(options: ConnectionOptions): KubeConfig {
  return load(options).config;
}

/** Throws like `loadKubeconfig`; asks nobody. */
export function connectionTarget(options: ConnectionOptions): ConnectionTarget {
  const { config, source } = load(options);
  const { origin, pathname } = new URL(config.getCurrentCluster()?.server ?? '');
  const context = config.getCurrentContext();
  const namespace = config.getContextObject(context)?.namespace;
  return {
    ...{ source, context },
    ...(isSet(namespace) ? { namespace } : {}),
    server: pathname === '/' ? origin : `${origin}${pathname}`,
  };
}

function load(options: ConnectionOptions): Loaded {
  const { context, env = process.env } = options;
  const loaded = find(options, env);
  if (context !== undefined) loaded.config.setCurrentContext(context);
  const fault = describeFault(loaded.config);
  if (fault !== undefined) throw invalid(`${loaded.source}: ${fault}`);
  return loaded;
}

/** In kubectl's order: what was asked for, `KUBECONFIG`, the home directory; else the pod that this runs in. */
function find(
  { kubeconfig }: ConnectionOptions,
  env: NonNullable<ConnectionOptions['env']>,
): Loaded {
  if (kubeconfig !== undefined) return read([kubeconfig], '--kubeconfig');
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file.trim() !== '');
  if (named.length > 0) return read(named, 'KUBECONFIG');
  const usual = join(env.HOME ?? homedir(), '.kube', 'config');
  if (existsSync(usual)) return read([usual], undefined);
  if (existsSync(SERVICE_ACCOUNT_TOKEN)) return inCluster();
  throw invalid(
    `there is no kubeconfig: KUBECONFIG is not set, ${usual} is not there, and this is no pod; ` +
      'set KUBECONFIG, give --kubeconfig FILE, or try without a cluster: --sandbox',
  );
}

/** Of several files those that are missing are passed over, and the first to say something wins, as in kubectl. */
function read(files: readonly string[], by: string | undefined): Loaded {
  const present = files.filter((file) => existsSync(file));
  const from = by === undefined ? '' : ` (${by})`;
  const source = `kubeconfig ${(present.length > 0 ? present : files).join(', ')}${from}`;
  const config = new KubeConfig();
  if (present.length === 0) {
    throw invalid(
      `${source}: there is no such file; correct ${by ?? 'it'}, or try without a cluster: --sandbox`,
    );
  }
  for (const file of present) addTo(config, parse(file));
  return { config, source };
}

function addTo(config: KubeConfig, more: KubeConfig): void {
  for (const cluster of more.getClusters()) {
    if (config.getCluster(cluster.name) === null) config.addCluster(cluster);
  }
  for (const user of more.getUsers()) {
    if (config.getUser(user.name) === null) config.addUser(user);
  }
  for (const context of more.getContexts()) {
    if (config.getContextObject(context.name) === null) config.addContext(context);
  }
  if (!isSet(config.getCurrentContext())) config.setCurrentContext(more.getCurrentContext());
}

function parse(file: string): KubeConfig {
  const config = new KubeConfig();
  const unreadable = whyUnreadable(file);
  if (unreadable !== undefined) throw invalid(`kubeconfig ${file}: ${unreadable}`);
  try {
    config.loadFromFile(file);
  } catch (error) {
    throw invalid(
      `kubeconfig ${file}: it is no kubeconfig (${reasonOf(error)}); write it anew, or name another`,
    );
  }
  return config;
}

function inCluster(): Loaded {
  const config = new KubeConfig();
  if (!isSet(process.env.KUBERNETES_SERVICE_HOST)) {
    throw invalid(
      "the pod's service account: KUBERNETES_SERVICE_HOST is not set, so the API server is not known; " +
        'Kubernetes sets it in every container: pass it on to this process',
    );
  }
  config.loadFromCluster();
  return { config, source: "the pod's service account" };
}

/** The client's types do not say that it may be missing. */
function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** Never the parser's whole message: it quotes the file, which holds tokens. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError) return 'it is empty or no map';
  const { reason, mark } = error as { reason?: string; mark?: { readonly line: number } };
  if (reason !== undefined) return `line ${(mark?.line ?? 0) + 1}: ${reason}`;
  return error.message;
}

function invalid(message: string): AdapterError {
  return new AdapterError('config-invalid', message);
}
