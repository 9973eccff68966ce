import { json, objectOf, refused } from './datadog-replies.ts';
import type { Body } from './datadog-replies.ts';
import type { Validate } from './datadog-intake.ts';
import type { VendorReply } from './mock-vendor.ts';

/** Tag configurations, by metric. */
export interface Configurations {
  readonly all: ReadonlyMap<string, Body>;
  readonly answer: (method: string, metric: string, body: Body) => VendorReply;
}

/** `isKnown` says of which metrics values came in: only those can be configured. */
export function createConfigurations(
  validate: Validate,
  isKnown: (metric: string) => boolean,
): Configurations {
  const all = new Map<string, Body>();

  function write(metric: string, what: 'Create' | 'Update', body: Body): VendorReply {
    const fault = validate('v2', `MetricTagConfiguration${what}Request`, body);
    if (fault !== undefined) return refused(400, fault);
    const data = objectOf(body['data']);
    if (data['id'] !== metric) return refused(400, 'the ID is not the one of the path');
    all.set(metric, { ...all.get(metric), ...objectOf(data['attributes']) });
    return shown(metric, what === 'Create' ? 201 : 200);
  }

  function shown(metric: string, status: number): VendorReply {
    const attributes = all.get(metric);
    if (attributes === undefined) return refused(404, 'Not found');
    return json(status, { data: { id: metric, type: 'manage_tags', attributes } });
  }

  return {
    all,
    answer(method, metric, body) {
      if (method === 'GET') return shown(metric, 200);
      if (method === 'DELETE') return all.delete(metric) ? { status: 204 } : refused(404, 'none');
      if (!isKnown(metric)) return refused(404, `Metric ${metric} does not exist`);
      if (method === 'POST') {
        return all.has(metric)
          ? refused(409, 'it is there already')
          : write(metric, 'Create', body);
      }
      return all.has(metric) ? write(metric, 'Update', body) : refused(404, 'none');
    },
  };
}
