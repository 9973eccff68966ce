import type { v1, v2 } from '@datadog/datadog-api-client';
import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, createVendorCall } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { DatadogOptions } from './options.ts';

/** Names the system in receipts and errors. */
export const DATADOG = 'datadog';

/** Classes of the library as what they are taken as: plain objects. */
type Plain<Type> = Type extends Date ? Type : { [Key in keyof Type]: Plain<Type[Key]> };

/** Its methods, which take plain objects. */
type PlainApi<Api> = {
  readonly [Method in keyof Api]: Api[Method] extends (
    parameters: infer Parameters,
    ...rest: infer _Rest
  ) => infer Result
    ? (parameters: Plain<Parameters>) => Result
    : never;
};

export type EventBody = Plain<v1.EventCreateRequest>;
export type DistributionSeries = Plain<v1.DistributionPointsSeries>;
export type MonitorBody = Plain<v1.Monitor>;
export type DashboardBody = Plain<v1.Dashboard>;
export type WidgetBody = Plain<v1.Widget>;
export type WidgetDefinition = Plain<v1.WidgetDefinition>;
export type WidgetFormula = Plain<v1.WidgetFormula>;
export type WidgetQuery = Plain<v1.FormulaAndFunctionMetricQueryDefinition>;
export type ConditionalFormat = Plain<v1.WidgetConditionalFormat>;
export type Series = Plain<v2.MetricSeries>;
export type DoraDeployment = Plain<v2.DORADeploymentRequestAttributes>;
export type DoraFailure = Plain<v2.DORAFailureRequestAttributes>;

/** The parts of the vendor's library that are used. */
export interface DatadogApis {
  readonly authentication: Pick<v1.AuthenticationApi, 'validate'>;
  readonly dashboards: PlainApi<v1.DashboardsApi>;
  readonly dora: PlainApi<v2.DORAMetricsApi>;
  readonly events: PlainApi<v1.EventsApi>;
  readonly metrics: PlainApi<v2.MetricsApi>;
  readonly metricsV1: PlainApi<v1.MetricsApi>;
  readonly monitors: PlainApi<v1.MonitorsApi>;
}

export interface DatadogAnswer extends VendorAnswer {
  /** There was more of it than is read. */
  readonly cut: boolean;
}

export interface DatadogClient {
  /**
   * One call by the library. The answer is free of the keys.
   * @throws AdapterError what may be tried again, and `vendor-rejected` when no request can be made; what Datadog
   * refuses is an answer
   */
  ask(what: (apis: DatadogApis) => Promise<unknown>, signal: AbortSignal): Promise<DatadogAnswer>;
}

/** Its logger is of a library that brings no types. */
interface Quietable {
  setLevel(level: 'silent', persist: boolean): void;
}

/**
 * In the place of what makes objects of answers: nobody takes them, and one dashboard costs up to 0.2 s of them, as the
 * library tries every kind of widget for each widget.
 */
const UNREAD = new Proxy({} as never, { get: () => () => Promise.resolve() });

/** What a header may hold: https://www.rfc-editor.org/rfc/rfc9110#section-5.5, without blanks. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;
/** Seconds until it takes calls again, no date: https://docs.datadoghq.com/api/latest/rate-limits/ */
const WAIT_HEADER = 'x-ratelimit-reset';
/** Less the longest character of UTF-8: half of one is not read. */
const WHOLE_ANSWER_BYTES = ANSWER_LIMIT_BYTES - 4;

export function createDatadogClient(options: DatadogOptions): DatadogClient {
  const { apiKey, appKey, site, apiUrl } = options;
  const address = (apiUrl ?? `https://api.${site}`).replace(/\/+$/, '');

  async function createApis(fetch: typeof globalThis.fetch): Promise<DatadogApis> {
    // Costs 1.9 s and 146 MB, so that only who sends something pays for it.
    const library = await import('@datadog/datadog-api-client');
    const { client, v1, v2 } = library;
    // It writes each failure to the console, which is ours to tell.
    (library.logger as Quietable).setLevel('silent', false);
    const configuration = client.createConfiguration({
      // Catches every host of the site, and what DD_SITE says.
      baseServer: new client.ServerConfiguration(address, {}),
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
      fetch,
    });
    return {
      authentication: new v1.AuthenticationApi(configuration, undefined, UNREAD),
      dashboards: new v1.DashboardsApi(configuration, undefined, UNREAD),
      dora: new v2.DORAMetricsApi(configuration, undefined, UNREAD),
      events: new v1.EventsApi(configuration, undefined, UNREAD),
      metrics: new v2.MetricsApi(configuration, undefined, UNREAD),
      metricsV1: new v1.MetricsApi(configuration, undefined, UNREAD),
      monitors: new v1.MonitorsApi(configuration, undefined, UNREAD),
    };
  }

  function withoutKeys(text: string): string {
    return [apiKey, appKey].reduce((hidden, key) => hidden.replaceAll(key, '[hidden]'), text);
  }

  return {
    async ask(what, signal) {
      if (![apiKey, appKey].every((key) => HEADER_TEXT.test(key))) throw unfit(MALFORMED_KEY);
      const call = createVendorCall(DATADOG, signal, { waitHeader: WAIT_HEADER });
      const seen = { request: false };
      const apis = await createApis((...request) => {
        seen.request = true;
        return call.fetch(...request);
      });
      // The call has seen what came back: the library makes nothing of it.
      const error: unknown = await what(apis).catch((failure: unknown) => failure);
      if (!seen.request) throw unfit(`no request can be made: ${String(error)}`);
      const { status, text } = call.answer();
      return { status, text: withoutKeys(text), cut: Buffer.byteLength(text) > WHOLE_ANSWER_BYTES };
    },
  };
}

const MALFORMED_KEY = 'api_key or app_key is malformed: a header cannot hold it';

function unfit(why: string): AdapterError {
  return new AdapterError('vendor-rejected', `${DATADOG}: ${why}`);
}
