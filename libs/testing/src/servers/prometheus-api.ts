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

export interface PrometheusApi {
  /**
   * The value of each series at that time; default: now. A scalar has no labels.
   * @throws Error with what Prometheus says of the expression
   */
  query(expression: string, at?: Date): Promise<readonly PrometheusSample[]>;
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

export function prometheusApi(url: string): PrometheusApi {
  return {
    async query(expression, at) {
      const form = new URLSearchParams({ query: expression });
      if (at !== undefined) form.set('time', String(at.getTime() / 1_000));
      const data = await ask<QueryData>(`${url}/api/v1/query`, { method: 'POST', body: form });
      if (data.resultType === 'scalar') return [{ labels: {}, value: numberOf(data.result) }];
      return data.result.map(({ metric, value }) => ({ labels: metric, value: numberOf(value) }));
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
