import { refusal } from './grafana-contract.ts';
import type { GrafanaContract, GrafanaRequest, GrafanaRoutes } from './grafana-contract.ts';
import type { VendorReply } from './mock-vendor.ts';

export interface GrafanaAnnotation {
  readonly id: number;
  /** Milliseconds. Where they are the same it is a point. */
  readonly time: number;
  readonly timeEnd: number;
  readonly text: string;
  readonly tags: readonly string[];
}

interface GrafanaAnnotations {
  readonly annotations: GrafanaAnnotation[];
  readonly routes: GrafanaRoutes;
}

/** All tags of one as JSON: https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#tags_length */
const TAGS_BYTES = 500;

export function createGrafanaAnnotations(contract: GrafanaContract): GrafanaAnnotations {
  const annotations: GrafanaAnnotation[] = [];

  function routes({ route, query, body }: GrafanaRequest): VendorReply | undefined {
    if (route === 'GET /api/annotations') return list(query);
    if (route === 'POST /api/annotations') return add(body);
    const id = /^PATCH \/api\/annotations\/(\d+)$/.exec(route)?.[1];
    return id === undefined ? undefined : patch(Number(id), body);
  }

  function list(query: URLSearchParams): VendorReply {
    const tags = query.getAll('tags');
    const found = annotations.filter((one) => tags.every((tag) => one.tags.includes(tag)));
    const answered = found.slice(0, Number(query.get('limit') ?? 100)).map((one) => ({
      ...one,
      alertId: 0,
      alertName: '',
      dashboardId: 0,
      panelId: 0,
      userId: 1,
      newState: '',
      prevState: '',
      created: one.time,
      updated: one.time,
      login: 'sa-1-fairlead',
      email: '',
      avatarUrl: '',
      data: {},
    }));
    return contract.reply(200, 'Annotation', answered);
  }

  function add(body: unknown): VendorReply {
    const errors = contract.errors('PostAnnotationsCmd', body);
    if (errors !== undefined) return refusal(400, errors);
    const { time = 0, timeEnd = time, text, tags = [] } = body as Partial<GrafanaAnnotation>;
    if (text === undefined || text === '') return refusal(400, 'text field should not be empty');
    if (tooLong(tags)) return refusal(400, 'tags length exceeds the maximum allowed');
    const id = annotations.length + 1;
    annotations.push({ id, time, timeEnd, text, tags });
    return contract.reply(200, 'PostAnnotationOKBody', { message: 'Annotation added', id });
  }

  function patch(id: number, body: unknown): VendorReply {
    const errors = contract.errors('PatchAnnotationsCmd', body);
    if (errors !== undefined) return refusal(400, errors);
    const index = annotations.findIndex((one) => one.id === id);
    const before = annotations[index];
    if (before === undefined) return refusal(404, 'Could not find annotation to update');
    const change = body as Partial<GrafanaAnnotation>;
    if (tooLong(change.tags ?? [])) return refusal(400, 'tags length exceeds the maximum allowed');
    annotations[index] = { ...before, ...change };
    return contract.reply(200, 'SuccessResponseBody', { message: 'Annotation patched' });
  }

  return { annotations, routes };
}

function tooLong(tags: readonly string[]): boolean {
  return Buffer.byteLength(JSON.stringify(tags)) > TAGS_BYTES;
}
