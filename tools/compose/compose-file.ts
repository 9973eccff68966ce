import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

/** What is looked at of a service. */
export interface Service {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly format?: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

export function readYaml(path: string): unknown {
  // Anchors are merged as Compose merges them.
  return parse(readText(path), { merge: true }) as unknown;
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function readCompose(): ComposeFile {
  return readYaml('docker-compose.yml') as ComposeFile;
}

export function serviceOf(name: string): Service {
  const service = readCompose().services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}

export interface Mount {
  /** A path of the repository, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly bound: boolean;
}

export function mountsOf({ volumes = [] }: Service): readonly Mount[] {
  return volumes.map((volume) => {
    const [source = '', target = ''] = volume.split(':');
    const bound = source.startsWith('./');
    return { source: bound ? source.slice(2) : source, target, bound };
  });
}

/** Where a path of the container is in the repository; undefined when no mount has it, or a volume. */
export function inRepository(service: Service, path: string): string | undefined {
  const mount = mountsOf(service).find(
    ({ bound, target }) => bound && (path === target || path.startsWith(`${target}/`)),
  );
  if (mount === undefined) return undefined;
  const found = posix.join(mount.source, path.slice(mount.target.length));
  return existsSync(join(ROOT, found)) ? found : undefined;
}

/** The port inside of each that is published. */
export function publishedPorts({ ports = [] }: Service): readonly number[] {
  return ports.map((port) => Number(port.split(':').at(-1)));
}

/** The ports that a service has open to the others: published ones, and those that its environment opens. */
export function openPorts(name: string): readonly number[] {
  const service = readCompose().services[name];
  if (service === undefined) return [];
  const { environment = {} } = service;
  const opened = [
    `${environment['FAIRLEAD_HEALTH_HOST']}:${environment['FAIRLEAD_HEALTH_PORT']}`,
    environment['FAIRLEAD_METRICS_ADDRESS'],
    environment['PROMETHEUS_ENDPOINT'],
  ].filter((address) => address?.startsWith('0.0.0.0:') === true);
  return [...publishedPorts(service), ...opened.map((address) => Number(address?.split(':')[1]))];
}

/** Names and values of an environment file that is read raw: what stands behind the first `=` is the value. */
export function readEnvSample(path: string): ReadonlyMap<string, string> {
  const lines = readText(path)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
}
