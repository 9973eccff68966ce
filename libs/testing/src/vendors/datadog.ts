import { createIntake } from './datadog-intake.ts';
import type { Intake } from './datadog-intake.ts';
import { createConfigurations } from './datadog-percentiles.ts';
import { json, parseBody, refused } from './datadog-replies.ts';
import type { Body } from './datadog-replies.ts';
import { readDatadogSchemas } from './datadog-schema.ts';
import { completeDashboard, completeMonitor, createShelf } from './datadog-shelf.ts';
import type { Shelf } from './datadog-shelf.ts';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';

export type { Shelf as DatadogShelf } from './datadog-shelf.ts';

export interface MockDatadog extends MockVendor, Omit<Intake, 'answer'> {
  readonly apiKey: string;
  readonly appKey: string;
  readonly monitors: Shelf;
  readonly dashboards: Shelf;
  /** Tag configurations, by metric. */
  readonly configurations: ReadonlyMap<string, Body>;
  /** What each metric query is answered with: members of `MetricsQueryResponse`. */
  setQueryAnswer(answer: Body): void;
  /** The next lists, one each, show nothing on their first page although there is something. */
  hideFirstPage(times?: number): void;
  /** The next POSTs, one each, are stored and then answered with this. */
  failAfterStoring(reply: VendorReply, times?: number): void;
}

const API_KEY = 'api-key-of-the-organisation';
const APP_KEY = 'application-key-of-the-organisation';
/** What the API key alone opens. */
const API_KEY_ALONE = new Set([
  'GET /api/v1/validate',
  'POST /api/v1/events',
  'POST /api/v1/distribution_points',
  'POST /api/v2/series',
  'POST /api/v2/dora/deployment',
  'POST /api/v2/dora/failure',
]);
const DEFAULT_PAGE = 100;

/** All that we use of Datadog's API on one server. `now` is its clock, for what is too old. */
export async function startMockDatadog(now: () => Date = () => new Date()): Promise<MockDatadog> {
  const validate = readDatadogSchemas();
  const { answer: takeIn, ...intake } = createIntake(validate, now);
  const { all: configurations, answer: configure } = createConfigurations(
    validate,
    (metric) => intake.values(metric).length > 0,
  );
  const monitors = createShelf(completeMonitor);
  const dashboards = createShelf(completeDashboard);
  let queryAnswer: Body = { status: 'ok', series: [] };
  let hidden = 0;
  const failures: VendorReply[] = [];

  function answer(request: VendorRequest): VendorReply {
    const { pathname, searchParams } = new URL(request.path, 'http://vendor');
    const route = `${request.method} ${pathname}`;
    const denied = deny(route, request);
    if (denied !== undefined) return denied;
    const body = parseBody(request.body);
    const taken = takeIn(route, request.body, body);
    if (taken !== undefined) return taken;
    if (route === 'GET /api/v1/validate') return json(200, { valid: true });
    if (route === 'GET /api/v1/query') return query(searchParams);
    if (route === 'GET /api/v1/monitor') return listMonitors(searchParams);
    if (route === 'GET /api/v1/dashboard') return listDashboards(searchParams);
    const [, kind, id] = /^\w+ \/api\/v1\/(monitor|dashboard)(?:\/([\w-]+))?$/.exec(route) ?? [];
    if (kind === 'monitor') return keep(monitors, 'Monitor', { request, body, id });
    if (kind === 'dashboard') return keep(dashboards, 'Dashboard', { request, body, id });
    const [, metric] = /^\w+ \/api\/v2\/metrics\/([\w.]+)\/tags$/.exec(route) ?? [];
    if (metric !== undefined) return configure(request.method, metric, body);
    return refused(404, 'Not found');
  }

  function query(asked: URLSearchParams): VendorReply {
    const isWhole = ['from', 'to', 'query'].every((name) => asked.get(name));
    if (!isWhole) return refused(400, 'from, to and query are needed');
    return json(200, { query: asked.get('query'), ...queryAnswer });
  }

  function listMonitors(asked: URLSearchParams): VendorReply {
    const wanted = asked.get('monitor_tags')?.split(',') ?? [];
    const found = monitors.all.filter(({ tags }) =>
      wanted.every((tag) => Array.isArray(tags) && tags.includes(tag)),
    );
    // Without a page there is one, with all.
    if (!asked.has('page')) return json(200, page(found, 0, found.length));
    const size = Number(asked.get('page_size') ?? DEFAULT_PAGE);
    return json(200, page(found, Number(asked.get('page')) * size, size));
  }

  function listDashboards(asked: URLSearchParams): VendorReply {
    const start = Number(asked.get('start') ?? 0);
    const count = Number(asked.get('count') ?? DEFAULT_PAGE);
    const some = page(dashboards.all, start, count).map(
      ({ widgets: _w, template_variables: _t, notify_list: _n, ...summary }) => summary,
    );
    return json(200, { dashboards: some });
  }

  function page<Item>(all: readonly Item[], start: number, count: number): readonly Item[] {
    const some = all.slice(start, start + count);
    if (start !== 0 || some.length === 0 || hidden === 0) return some;
    hidden -= 1;
    return [];
  }

  function keep(
    shelf: Shelf,
    definition: string,
    { request, body, id = '' }: Written,
  ): VendorReply {
    const { method } = request;
    if (method === 'POST' || method === 'PUT') {
      const fault = validate('v1', definition, body);
      if (fault !== undefined) return refused(400, fault);
    }
    if (method === 'POST') {
      const kept = shelf.add(body);
      return failures.shift() ?? json(200, kept);
    }
    if (method === 'DELETE') {
      const deleted = `deleted_${definition.toLowerCase()}_id`;
      return shelf.remove(id) ? json(200, { [deleted]: idOf(id) }) : refused(404, 'Not found');
    }
    const kept = method === 'PUT' ? shelf.replace(id, body) : shelf.find(id);
    return kept === undefined ? refused(404, 'Not found') : json(200, kept);
  }

  const vendor = await startMockVendor(answer);
  return {
    ...vendor,
    ...intake,
    apiKey: API_KEY,
    appKey: APP_KEY,
    monitors,
    dashboards,
    configurations,
    setQueryAnswer(body) {
      queryAnswer = body;
    },
    hideFirstPage(times = 1) {
      hidden = times;
    },
    failAfterStoring(reply, times = 1) {
      failures.push(...Array<VendorReply>(times).fill(reply));
    },
  };
}

interface Written {
  readonly request: VendorRequest;
  readonly body: Body;
  readonly id: string | undefined;
}

function deny(route: string, { method, headers }: VendorRequest): VendorReply | undefined {
  if (headers['dd-api-key'] !== API_KEY) return refused(403, 'Forbidden');
  if (!API_KEY_ALONE.has(route) && headers['dd-application-key'] !== APP_KEY) {
    return refused(403, 'Forbidden');
  }
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  // The one endpoint whose description says so.
  const type = route === 'POST /api/v1/distribution_points' ? 'text/json' : 'application/json';
  if (hasBody && headers['content-type'] !== type) return refused(415, `the body is not ${type}`);
  return undefined;
}

/** Of monitors it is a number. */
function idOf(id: string): string | number {
  return /^\d+$/.test(id) ? Number(id) : id;
}
