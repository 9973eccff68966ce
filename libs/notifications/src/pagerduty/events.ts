import { rejection } from '@fairlead/vendor';
import type { Answer } from '../destination.ts';
import { PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import { toBareEvent, toEvent } from './payload.ts';
import type { Alert } from './payload.ts';
import { mendOf } from './mend.ts';
import { refused } from '../vendor/refused.ts';

/**
 * The road by Events API v2, which takes (202) and works later. What refuses our form gets it bare, once.
 * @throws AdapterError `vendor-rejected` for what is refused, the routing key among it
 */
export async function sendEvent(
  client: PagerdutyClient,
  routingKey: string,
  alert: Alert,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await client.enqueue(routingKey, toEvent(alert), signal);
  if (answer.status === 202) return { state: 'accepted' };
  if (answer.status !== 400) throw refused(PAGERDUTY, answer, mendOf(answer));
  const bare = await client.enqueue(routingKey, toBareEvent(alert), signal);
  if (bare.status === 202) {
    return { state: 'accepted', detail: `as plain text: ${rejection(PAGERDUTY, answer).message}` };
  }
  throw refused(PAGERDUTY, bare, mendOf(bare));
}
