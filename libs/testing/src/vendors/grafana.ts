import { createGrafanaAnnotations } from './grafana-annotations.ts';
import type { GrafanaAnnotation } from './grafana-annotations.ts';
import { readGrafanaContract, refusal } from './grafana-contract.ts';
import type { GrafanaContract, GrafanaRequest } from './grafana-contract.ts';
import { createGrafanaDashboards } from './grafana-dashboards.ts';
import type { GrafanaDashboard, GrafanaFolder } from './grafana-dashboards.ts';
import { createGrafanaRules } from './grafana-rules.ts';
import type { GrafanaRule } from './grafana-rules.ts';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';

export type { GrafanaAnnotation } from './grafana-annotations.ts';
export type { GrafanaDashboard, GrafanaFolder } from './grafana-dashboards.ts';
export type { GrafanaRule } from './grafana-rules.ts';

export interface MockGrafana extends MockVendor {
  readonly apiKey: string;
  /** What it keeps; a test may put in what people made. */
  readonly folders: Map<string, GrafanaFolder>;
  readonly dashboards: Map<string, GrafanaDashboard>;
  readonly rules: Map<string, GrafanaRule>;
  readonly annotations: GrafanaAnnotation[];
  readonly dataSources: GrafanaDataSource[];
  /** Everything that was stored, oldest first, whatever was answered: `dashboard deployment-metrics`. */
  saved(): readonly string[];
  /** A person opens the dashboard, changes it and saves. */
  edit(uid: string, change: Readonly<Record<string, unknown>>): void;
  /** The next request with this method is carried out, and its answer is lost: 502. */
  loseAnswer(method: string): void;
  /** Once, before the next request with this method. */
  before(method: string, act: () => void): void;
  /** How it writes the dashboards that it is given; by default as they are. */
  rewrite(by: (json: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): void;
}

export interface GrafanaDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly isDefault: boolean;
}

const API_KEY = 'glsa_token-of-the-service-account';

/**
 * Grafana 13's HTTP API, as far as it is used: folders, dashboards, search, rules, annotations, data sources. A contract
 * that many share is read and compiled once.
 */
export async function startMockGrafana(
  contract: GrafanaContract = readGrafanaContract(),
): Promise<MockGrafana> {
  let rewrite: Parameters<MockGrafana['rewrite']>[0] = (json) => json;
  const boards = createGrafanaDashboards(contract, {
    rules: (folder) => [...alerting.rules.values()].some(({ folderUID }) => folderUID === folder),
    rewrite: (json) => rewrite(json),
  });
  const alerting = createGrafanaRules(contract, (uid) => boards.folders.has(uid));
  const told = createGrafanaAnnotations(contract);
  const dataSources: GrafanaDataSource[] = [
    { uid: 'prometheus-of-the-test', name: 'Prometheus', type: 'prometheus', isDefault: true },
  ];
  const lost: string[] = [];
  const pending: { readonly method: string; readonly act: () => void }[] = [];

  function answer(request: VendorRequest): VendorReply {
    const { method } = request;
    const next = pending.findIndex((one) => one.method === method);
    if (next >= 0) pending.splice(next, 1)[0]?.act();
    const reply = refuse(request) ?? serve(toRequest(request));
    const losing = lost.indexOf(method);
    if (losing < 0) return reply;
    lost.splice(losing, 1);
    return { status: 502, body: 'Bad Gateway' };
  }

  function serve(request: GrafanaRequest): VendorReply {
    return (
      boards.routes(request) ??
      alerting.routes(request) ??
      told.routes(request) ??
      dataSourcesOf(contract, dataSources, request) ??
      refusal(404, 'Not found')
    );
  }

  const vendor = await startMockVendor(answer);
  return {
    ...vendor,
    apiKey: API_KEY,
    folders: boards.folders,
    dashboards: boards.dashboards,
    rules: alerting.rules,
    annotations: told.annotations,
    dataSources,
    saved: () => [...boards.saved, ...alerting.saved],
    edit(uid, change) {
      const before = boards.dashboards.get(uid);
      if (before === undefined) throw new Error(`there is no dashboard ${uid}`);
      const version = before.version + 1;
      const json = { ...before.json, ...change, version };
      boards.dashboards.set(uid, { ...before, json, version, updatedBy: 'kim', message: '' });
    },
    loseAnswer(method) {
      lost.push(method);
    },
    before(method, act) {
      pending.push({ method, act });
    },
    rewrite(by) {
      rewrite = by;
    },
  };
}

function refuse({ method, headers }: VendorRequest): VendorReply | undefined {
  if (headers.authorization !== `Bearer ${API_KEY}`) return refusal(401, 'Invalid API key');
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  if (!hasBody || (headers['content-type'] ?? '').startsWith('application/json')) return undefined;
  return refusal(415, 'the body is no JSON');
}

function toRequest({ method, path, headers, body }: VendorRequest): GrafanaRequest {
  const { pathname, searchParams } = new URL(path, 'http://vendor');
  return {
    route: `${method} ${pathname}`,
    query: searchParams,
    body: body === '' ? undefined : parse(body),
    editable: headers['x-disable-provenance'] === 'true',
  };
}

function dataSourcesOf(
  contract: GrafanaContract,
  dataSources: readonly GrafanaDataSource[],
  { route }: GrafanaRequest,
): VendorReply | undefined {
  const full = dataSources.map((one, index) => ({
    id: index + 1,
    orgId: 1,
    access: 'proxy',
    url: 'http://prometheus:9090',
    basicAuth: false,
    readOnly: false,
    jsonData: {},
    ...one,
  }));
  if (route === 'GET /api/datasources') {
    return contract.reply(200, 'DataSourceListItemDTO', full);
  }
  const uid = /^GET \/api\/datasources\/uid\/([^/]+)$/.exec(route)?.[1];
  if (uid === undefined) return undefined;
  const found = full.find((one) => one.uid === uid);
  return found === undefined
    ? refusal(404, 'Data source not found')
    : contract.reply(200, 'DataSource', found);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
