/** One series of an answer. */
export interface PrometheusSample {
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite. */
  readonly value: number;
}

/** An alert that stands: Prometheus tells of no other. */
export interface PrometheusAlert {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One series over time. */
export interface PrometheusLine {
  readonly labels: Readonly<Record<string, string>>;
  /** Oldest first; none where there is no value. */
  readonly points: readonly { readonly at: Date; readonly value: number }[];
}

interface QueryRange {
  readonly from: Date;
  readonly to: Date;
  readonly stepSeconds: number;
}

export interface PrometheusApi {
  /**
   * The value of each series at that time; default: now. A scalar has no labels.
   * @throws Error with what Prometheus says of the expression
   */
  query(expression: string, at?: Date): Promise<readonly PrometheusSample[]>;
  /**
   * The values of each series at each step, both ends included.
   * @throws Error with what Prometheus says of the expression
   */
  queryRange(expression: string, range: QueryRange): Promise<readonly PrometheusLine[]>;
  alerts(): Promise<readonly PrometheusAlert[]>;
}

interface Answer<Data> {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data: Data;
}
type Point = readonly [seconds: number, value: string];
type QueryData =
  | { readonly resultType: 'scalar'; readonly result: Point }
  | {
      readonly resultType: 'vector';
      readonly result: readonly {
        readonly metric: Readonly<Record<string, string>>;
        readonly value: Point;
      }[];
    };

interface RangeData {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly values: readonly Point[];
  }[];
}

export function prometheusApi(url: string): PrometheusApi {
  return {
    async query(expression, at) {
      const form = new URLSearchParams({ query: expression });
      if (at !== undefined) form.set('time', String(at.getTime() / 1_000));
      const data = await ask<QueryData>(`${url}/api/v1/query`, { method: 'POST', body: form });
      if (data.resultType === 'scalar') return [{ labels: {}, value: numberOf(data.result) }];
      return data.result.map(({ metric, value }) => ({ labels: metric, value: numberOf(value) }));
    },
    async queryRange(expression, { from, to, stepSeconds }) {
      const body = new URLSearchParams({
        query: expression,
        start: String(from.getTime() / 1_000),
        end: String(to.getTime() / 1_000),
        step: String(stepSeconds),
      });
      const data = await ask<RangeData>(`${url}/api/v1/query_range`, { method: 'POST', body });
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map((point) => ({
          at: new Date(point[0] * 1_000),
          value: numberOf(point),
        })),
      }));
    },
    async alerts() {
      const data = await ask<{ readonly alerts: readonly PrometheusAlert[] }>(
        `${url}/api/v1/alerts`,
      );
      return data.alerts;
    },
  };
}

async function ask<Data>(url: string, init?: RequestInit): Promise<Data> {
  const response = await fetch(url, init);
  const answer = (await response.json()) as Answer<Data>;
  if (answer.status === 'error') throw new Error(`Prometheus refused: ${answer.error}`);
  return answer.data;
}

/** Prometheus writes numbers as text, to be able to say `NaN` and `+Inf`. */
function numberOf([, text]: Point): number {
  return Number(text.replace('Inf', 'Infinity'));
}
