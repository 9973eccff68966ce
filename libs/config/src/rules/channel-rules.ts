import type { RuleInput } from '../schema/field-meta.ts';

/** Slack needs somewhere to post to, and its names must tell destinations apart. */
export function slackRule({ value, has, report, warn }: RuleInput): void {
  const given = ['webhook_url', 'webhook_url_file', 'destinations'].some((key) => has([key]));
  if (!given) report([], 'slack needs webhook_url (or webhook_url_file), or destinations');
  for (const key of ['channel', 'username']) {
    if (has([key])) {
      warn([key], `only legacy webhooks honour ${key}; two channels need two webhooks`);
    }
  }
  const { destinations = [] } = value as { destinations?: ({ name?: string } | undefined)[] };
  const names = destinations.map((destination) => destination?.name);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === undefined || first === index) continue;
    report(
      ['destinations', index, 'name'],
      `a destination of this name is there already: destinations[${first}]`,
    );
  }
}

/** Firebase pushes to topics and writes to addresses: without either it tells nobody. */
export function firebaseRule({ value, has, warn }: RuleInput): void {
  const given = value as Readonly<Record<string, readonly unknown[] | undefined>>;
  const lists = ['notification_topics', 'email_to'];
  // A list that does not fit was reported itself.
  const tells = lists.some((key) =>
    given[key] === undefined ? has([key]) : given[key].length > 0,
  );
  if (tells) return;
  warn([], 'firebase tells nobody: give it notification_topics, email_to or both');
}

/** The REST pair, or the integration key that it would be used to look up. */
export function pagerdutyRule({ has, report }: RuleInput): void {
  const given = (key: string): boolean => has([key]) || has([`${key}_file`]);
  if (given('routing_key')) return;
  if (given('api_key') && given('service_id')) return;
  const lacking = ['api_key', 'service_id'].filter((key) => !given(key));
  report(
    [],
    `pagerduty needs api_key and service_id, or routing_key; missing: ${lacking.join(', ')}`,
  );
}
