import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
import { once } from './once.ts';
import { schemaFault } from './schema-fault.ts';

export interface MockPagerduty extends MockVendor {
  readonly apiKey: string;
  readonly serviceId: string;
  readonly fromEmail: string;
  /** The events that it took. */
  readonly events: readonly PagerdutyEventBody[];
  /** Of the REST API, and what became of them. */
  readonly incidents: readonly PagerdutyIncident[];
  /** Dedup keys of what events opened and did not resolve. */
  openAlerts(): readonly string[];
  /** Another key for the service's integration; undefined takes the integration away. Only this one is taken. */
  setRoutingKey(key: string | undefined): void;
  /** Of the service; default: `active`. */
  setStatus(status: string): void;
}

export interface PagerdutyEventBody {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key: string;
  readonly [field: string]: unknown;
}

export interface PagerdutyIncident {
  readonly id: string;
  readonly type: 'incident';
  readonly title: string;
  readonly incident_key: string;
  readonly service: { readonly id: string };
  readonly status: 'triggered' | 'resolved';
  readonly resolution?: string;
  readonly body?: { readonly details: string };
  readonly notes: readonly string[];
}

const API_KEY = 'api-key-of-the-account';
const SERVICE = 'PSERVICE';
const FROM = 'deployer@example.com';
const ACCEPT = 'application/vnd.pagerduty+json;version=2';
/** Largest body of an event: https://developer.pagerduty.com/docs/events-api-v2-overview */
const EVENT_BYTES = 512 * 1024;
const SCHEMA = new URL('../../schemas/pagerduty/pagerduty.schema.json', import.meta.url);

/** Both of PagerDuty's APIs on one server: REST (services, incidents) and Events v2. */
export async function startMockPagerduty(): Promise<MockPagerduty> {
  const validate = schema();
  const events: PagerdutyEventBody[] = [];
  const incidents: PagerdutyIncident[] = [];
  let routingKey: string | undefined = 'R'.repeat(32);
  let status = 'active';

  function answer(request: VendorRequest): VendorReply {
    const { pathname, searchParams } = new URL(request.path, 'http://vendor');
    const route = `${request.method} ${pathname}`;
    if (route === 'POST /v2/enqueue') return enqueue(request);
    const refused = refuseRest(request);
    if (refused !== undefined) return refused;
    if (route === `GET /services/${SERVICE}`) return json(200, { service: service(searchParams) });
    if (route === 'GET /incidents') {
      return json(200, listOf(incidents.filter(matches(searchParams))));
    }
    if (route === 'POST /incidents') return create(parse(request.body));
    if (route === 'PUT /incidents') return update(parse(request.body));
    const noted = /^POST \/incidents\/(\w+)\/notes$/.exec(route)?.[1];
    return noted === undefined
      ? restError(404, 2100, 'Not Found')
      : note(noted, parse(request.body));
  }

  function enqueue({ headers, body }: VendorRequest): VendorReply {
    const event = parse(body);
    if (!isJson(headers) || Buffer.byteLength(body) > EVENT_BYTES || headers.authorization) {
      return invalidEvent('the request is none of Events API v2');
    }
    const errors = validate('Event', event);
    if (errors !== undefined) return invalidEvent(errors);
    const taken = event as PagerdutyEventBody;
    if (taken.routing_key !== routingKey) return invalidEvent('Invalid routing key');
    events.push(taken);
    const { dedup_key } = taken;
    return json(202, { status: 'success', message: 'Event processed', dedup_key });
  }

  function service(query: URLSearchParams) {
    const integration = {
      id: 'PINTEGRATION',
      type: 'events_api_v2_inbound_integration',
      summary: 'Fairlead',
      integration_key: routingKey,
    };
    const email = { id: 'PMAIL', type: 'generic_email_inbound_integration', summary: 'Email' };
    const integrations = [email, ...(routingKey === undefined ? [] : [integration])];
    const service = { id: SERVICE, type: 'service', name: 'Deployments', status };
    // Without `include` an integration is a reference, which holds no key.
    const full = query.getAll('include[]').includes('integrations');
    return {
      ...service,
      integrations: full
        ? integrations
        : integrations.map(({ id, type }) => ({ id, type: `${type}_reference` })),
    };
  }

  function create(body: unknown): VendorReply {
    const errors = validate('CreateIncidentBody', body);
    if (errors !== undefined) return restError(400, 2001, errors);
    const { incident } = body as { incident: PagerdutyIncident };
    if (incident.service.id !== SERVICE) return restError(404, 2100, 'Service Not Found');
    const { incident_key } = incident;
    if (incidents.some((one) => one.incident_key === incident_key && one.status === 'triggered')) {
      const why = 'Open incident with matching dedup key already exists on this service';
      return restError(400, 2002, why);
    }
    const id = `PINCIDENT${incidents.length + 1}`;
    const created = { ...incident, id, status: 'triggered', notes: [] } as const;
    incidents.push(created);
    return json(201, { incident: created });
  }

  function update(body: unknown): VendorReply {
    const errors = validate('UpdateIncidentsBody', body);
    if (errors !== undefined) return restError(400, 2001, errors);
    const { incidents: changes } = body as { incidents: Partial<PagerdutyIncident>[] };
    for (const { id, status, resolution } of changes) {
      change(id, { ...(status && { status }), ...(resolution && { resolution }) });
    }
    const changed = incidents.filter(({ id }) => changes.some((one) => one.id === id));
    return json(200, listOf(changed));
  }

  function note(id: string, body: unknown): VendorReply {
    const errors = validate('CreateNoteBody', body);
    if (errors !== undefined) return restError(400, 2001, errors);
    const { content } = (body as { note: { content: string } }).note;
    const incident = incidents.find((one) => one.id === id);
    if (incident === undefined) return restError(404, 2100, 'Not Found');
    change(id, { notes: [...incident.notes, content] });
    return json(201, { note: { id: 'PNOTE', content, created_at: '2026-01-02T03:04:05Z' } });
  }

  function change(id: string | undefined, over: Partial<PagerdutyIncident>): void {
    const index = incidents.findIndex((one) => one.id === id);
    const before = incidents[index];
    if (before !== undefined) incidents[index] = { ...before, ...over };
  }

  const vendor = await startMockVendor(answer);
  return {
    ...vendor,
    apiKey: API_KEY,
    serviceId: SERVICE,
    fromEmail: FROM,
    events,
    incidents,
    openAlerts() {
      const last = new Map(events.map((event) => [event.dedup_key, event.event_action]));
      return [...last].filter(([, action]) => action !== 'resolve').map(([key]) => key);
    },
    setRoutingKey(key) {
      routingKey = key;
    },
    setStatus(given) {
      status = given;
    },
  };
}

function refuseRest({ method, headers }: VendorRequest): VendorReply | undefined {
  if (headers.authorization !== `Token token=${API_KEY}`) {
    return restError(401, 2006, 'Unauthorized');
  }
  if (headers.accept !== ACCEPT) return restError(400, 2001, 'the version is not in Accept');
  if (method === 'GET') return undefined;
  if (!isJson(headers)) return restError(400, 2001, 'the body is no JSON');
  if (headers.from !== FROM) return restError(400, 2001, 'Requester User Not Found');
  return undefined;
}

function matches(query: URLSearchParams): (incident: PagerdutyIncident) => boolean {
  const asked = (name: string, value: string): boolean =>
    !query.has(name) || query.getAll(name).includes(value);
  return ({ incident_key, service, status }) =>
    asked('incident_key', incident_key) &&
    asked('service_ids[]', service.id) &&
    asked('statuses[]', status);
}

/** Says what is wrong with a value, by the schema's definition of this name. */
const schema = once((): ((definition: string, value: unknown) => string | undefined) => {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { uri: (text) => URL.canParse(text), 'date-time': (text) => !isNaN(Date.parse(text)) },
  });
  ajv.addSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  return (definition, value) => schemaFault(ajv, `pagerduty#/$defs/${definition}`, value);
});

function isJson(headers: VendorRequest['headers']): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json');
}

function invalidEvent(why: string): VendorReply {
  const message = 'Event object is invalid';
  return json(400, { status: 'invalid event', message, errors: [why] });
}

function restError(status: number, code: number, message: string): VendorReply {
  return json(status, { error: { message, code, errors: [message] } });
}

function listOf(incidents: readonly PagerdutyIncident[]) {
  return { incidents, limit: 25, offset: 0, total: null, more: false };
}

function json(status: number, body: object): VendorReply {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
