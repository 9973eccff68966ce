import type { LinkTo } from '../message/message.ts';

/** One service. Given a routing key, nothing is looked up and the REST API is not used. */
export interface PagerdutyOptions {
  readonly keys: RoutingKeyOptions | RestOptions;
  /** In the vendor's place, for both APIs: `/v2/enqueue`, `/services`, `/incidents` are put behind it. */
  readonly apiUrl?: string;
  /** Of a failure, by environment; `warning` where nobody may be woken. Default: `critical`. */
  readonly severityIn?: (environment: string) => 'critical' | 'warning';
  readonly linkTo?: LinkTo;
}

interface RoutingKeyOptions {
  /** A secret: integration key of Events API v2, 32 letters and digits. */
  readonly routingKey: string;
}

export interface RestOptions {
  /** A secret: of the REST API. */
  readonly apiKey: string;
  readonly serviceId: string;
  /** Of a user of the account. Needed where the service has no Events API v2 integration. */
  readonly fromEmail?: string;
}
