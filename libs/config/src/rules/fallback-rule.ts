import type { RuleInput } from '../schema/field-meta.ts';

interface GivenConfig {
  readonly notification?: Readonly<Record<string, unknown>> & {
    readonly fallback?: string;
    readonly page_owner?: string;
    readonly slack?: {
      readonly webhook_url?: unknown;
      readonly destinations?: readonly ({ readonly name?: string } | undefined)[];
    };
  };
}

/** A fallback that can stand in for nobody is warned of: it is the only destination itself, or gets nothing. */
export function fallbackRule({ value, warn, has }: RuleInput): void {
  const { notification = {} } = value as GivenConfig;
  const { fallback, page_owner: owner = 'fairlead', slack } = notification;
  if (fallback === undefined || notification[fallback.split(':')[0] ?? ''] === undefined) return;
  const path = ['notification', 'fallback'];
  if (fallback === 'pagerduty' && owner !== 'fairlead') {
    warn(path, `with page_owner ${owner} PagerDuty gets nothing; name another channel`);
    return;
  }
  const own = ['webhook_url', 'webhook_url_file'].some((key) =>
    has(['notification', 'slack', key]),
  );
  const channels = [
    ...(slack !== undefined && own ? ['slack'] : []),
    ...(slack?.destinations ?? []).map((one) => `slack:${one?.name ?? ''}`),
    ...['teams', 'sms', 'firebase'].filter((name) => notification[name] !== undefined),
    ...(notification.pagerduty !== undefined && owner === 'fairlead' ? ['pagerduty'] : []),
  ];
  if (channels.some((channel) => channel !== fallback)) return;
  warn(
    path,
    'it is the only destination, so there is none that it could be told in place of; add another one, or leave fallback out',
  );
}
