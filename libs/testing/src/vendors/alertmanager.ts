import { readAlertmanagerContract } from './alertmanager-contract.ts';
import { startMockVendor } from './mock-vendor.ts';
import type { MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';

export interface MockAlertmanager extends MockVendor {
  readonly username: string;
  readonly password: string;
  /** All that it ever took, the latest word on each label set. */
  readonly alerts: readonly MockAlert[];
  readonly silences: readonly MockSilence[];
}

interface MockAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

interface MockSilence {
  readonly id: string;
  readonly matchers: readonly MockMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly status: { readonly state: 'active' | 'expired' };
}

interface MockMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual?: boolean;
}

const USERNAME = 'fairlead';
const PASSWORD = 'password-of-alertmanager';
/** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** API v2 behind basic authentication, as 0.25 answers: the real one has no accounts, and never misbehaves. */
export async function startMockAlertmanager(
  now: () => Date = () => new Date(),
): Promise<MockAlertmanager> {
  const check = readAlertmanagerContract();
  const alerts: MockAlert[] = [];
  const silences: MockSilence[] = [];

  function answer(request: VendorRequest): VendorReply {
    const { pathname, searchParams } = new URL(request.path, 'http://vendor');
    const route = `${request.method} ${pathname}`;
    const basic = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
    if (request.headers.authorization !== `Basic ${basic}`) {
      return { status: 401, body: 'Unauthorized' };
    }
    if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
      return json(415, { code: 415, message: 'unsupported media type' });
    }
    const filters = searchParams.getAll('filter');
    if (route === 'GET /api/v2/alerts') {
      return json(200, alerts.filter(isStanding).filter(hasLabels(filters)).map(gettable));
    }
    if (route === 'POST /api/v2/alerts') return takeAlerts(parse(request.body));
    if (route === 'GET /api/v2/silences') return json(200, silences.filter(hasMatchers(filters)));
    if (route === 'POST /api/v2/silences') return takeSilence(parse(request.body));
    const id = /^DELETE \/api\/v2\/silence\/([\w-]+)$/.exec(route)?.[1];
    return id === undefined ? { status: 404, body: 'Not Found' } : expire(id);
  }

  function isStanding({ endsAt }: MockAlert): boolean {
    return Date.parse(endsAt) > now().getTime();
  }

  function takeAlerts(body: unknown): VendorReply {
    const errors = check('postableAlerts', body);
    if (errors !== undefined) return json(422, { code: 601, message: errors });
    const posted = body as MockAlert[];
    const problems = posted.flatMap((alert) => problemOf(alert) ?? []);
    // Of a batch the good ones are kept, whatever it answers.
    posted.filter((alert) => problemOf(alert) === undefined).forEach(keep);
    return problems.length === 0 ? { status: 200 } : json(400, problems.join('; '));
  }

  function keep(alert: MockAlert): void {
    const index = alerts.findIndex((one) => keyOf(one) === keyOf(alert));
    if (index === -1) alerts.push(alert);
    else alerts[index] = alert;
  }

  function takeSilence(body: unknown): VendorReply {
    const errors = check('postableSilence', body);
    if (errors !== undefined) return json(422, { code: 601, message: errors });
    const posted = body as Omit<MockSilence, 'id' | 'status'>;
    if (Date.parse(posted.endsAt) <= now().getTime()) {
      return json(400, "failed to create silence: end time can't be in the past");
    }
    const id = `5114e5ce-0000-4000-8000-${String(silences.length + 1).padStart(12, '0')}`;
    silences.push({ ...posted, id, status: { state: 'active' } });
    return json(200, { silenceID: id });
  }

  function expire(id: string): VendorReply {
    const index = silences.findIndex((one) => one.id === id);
    const silence = silences[index];
    if (silence === undefined) return { status: 404 };
    // As 0.25: what has expired cannot expire again.
    if (silence.status.state === 'expired') return json(500, `silence ${id} already expired`);
    silences[index] = { ...silence, status: { state: 'expired' } };
    return { status: 200 };
  }

  const vendor = await startMockVendor(answer);
  return { ...vendor, username: USERNAME, password: PASSWORD, alerts, silences };
}

function problemOf({ labels, startsAt, endsAt }: MockAlert): string | undefined {
  const names = Object.keys(labels);
  if (names.length === 0) return 'at least one label pair required';
  if (!names.every((name) => LABEL_NAME.test(name))) return 'invalid name';
  return Date.parse(startsAt) > Date.parse(endsAt)
    ? 'start time must be before end time'
    : undefined;
}

function keyOf({ labels }: MockAlert): string {
  return JSON.stringify(Object.entries(labels).sort());
}

function gettable(alert: MockAlert) {
  return {
    annotations: {},
    ...alert,
    fingerprint: keyOf(alert),
    receivers: [{ name: 'nobody' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    updatedAt: alert.startsAt,
  };
}

function hasLabels(filters: readonly string[]): (alert: MockAlert) => boolean {
  return ({ labels }) =>
    filters.map(parseFilter).every(({ name, value }) => (labels[name] ?? '') === value);
}

/** As every version since 0.21: name, operator and value of one of its matchers are the filter's own. */
function hasMatchers(filters: readonly string[]): (silence: MockSilence) => boolean {
  return ({ matchers }) =>
    filters
      .map(parseFilter)
      .every((filter) =>
        matchers.some(
          ({ name, value, isRegex, isEqual = true }) =>
            name === filter.name &&
            value === filter.value &&
            !isRegex &&
            isEqual === (filter.operator === '='),
        ),
      );
}

function parseFilter(text: string) {
  const parts = /^([a-zA-Z_][a-zA-Z0-9_]*)(=|!=)"((?:[^"\\\n]|\\["\\n])*)"$/.exec(text);
  if (parts === null) throw new Error(`bad matcher format: ${text}`);
  const [, name = '', operator = '', value = ''] = parts;
  return { name, operator, value: JSON.parse(`"${value}"`) as string };
}

function json(status: number, body: unknown): VendorReply {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
