import { libraryCall } from './library-call.ts';
import type { LibraryAnswer } from './library-call.ts';
import type { PagerdutyOptions } from './options.ts';
import type { PagerdutyEvent } from './payload.ts';
import { toBody } from './request.ts';

/** Names the channel in receipts and errors. */
export const PAGERDUTY = 'pagerduty';

/** One call of the REST API. */
interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Record<string, string | string[]>;
  readonly data?: object;
}

/** What PagerDuty refuses is an answer; what may be tried again is thrown, an `AdapterError`. */
export interface PagerdutyClient {
  /** Events API v2. */
  enqueue(routingKey: string, event: PagerdutyEvent, signal: AbortSignal): Promise<LibraryAnswer>;
  rest(request: RestRequest, signal: AbortSignal): Promise<LibraryAnswer>;
}

export function createPagerdutyClient({ keys, apiUrl }: PagerdutyOptions): PagerdutyClient {
  const gateway = apiUrl?.replace(/\/+$/, '');
  const plain = gateway?.startsWith('http:') ?? false;
  const { apiKey = '', fromEmail } = 'apiKey' in keys ? keys : {};

  return {
    async enqueue(routingKey, event, signal) {
      const { event: send } = await import('@pagerduty/pdjs');
      // The library's type lacks what the API takes for a resolve and for `client`.
      const data = toBody(routingKey, event) as Parameters<typeof send>[0]['data'];
      const server = gateway?.replace(/^https?:\/\//, '');
      const call = { vendor: PAGERDUTY, plain, secrets: [routingKey], signal };
      return libraryCall(call, async (settings) =>
        send({ data, ...(server === undefined ? {} : { server }), ...settings }),
      );
    },
    async rest({ method, path, query, data }, signal) {
      const { api } = await import('@pagerduty/pdjs');
      const request = {
        method,
        url: `${gateway ?? 'https://api.pagerduty.com'}${path}`,
        token: apiKey,
        headers: fromEmail === undefined || method === 'GET' ? {} : { From: fromEmail },
        ...(query === undefined ? {} : { queryParameters: query }),
        ...(data === undefined ? {} : { data }),
      };
      const call = { vendor: PAGERDUTY, plain, secrets: [apiKey], signal };
      return libraryCall(call, async (settings) => api({ ...request, ...settings }));
    },
  };
}
