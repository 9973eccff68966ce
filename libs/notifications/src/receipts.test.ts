import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS, RECEIPT_STATES } from '@fairlead/contracts';
import { startPreviewStage } from './contract-suite/preview-stage.ts';
import type { PreviewStage } from './contract-suite/preview-stage.ts';
import { sampleDelivery } from './message/sample-delivery.ts';

let stage: PreviewStage;

beforeAll(async () => {
  stage = await startPreviewStage();
});

afterAll(() => stage.stop());

describe('Receipts', () => {
  it('"States, closed"', () => {
    expect(RECEIPT_STATES).toEqual([
      ...['pending', 'accepted', 'delivered', 'unknown', 'suppressed', 'dead'],
    ]);
  });

  it.each([
    ['teams', 'accepted'],
    ['pagerduty', 'accepted'],
    ['push', 'accepted'],
    ['sms', 'accepted'],
    ['mail', 'accepted'],
    ['slack', 'delivered'],
  ] as const)(
    '"`accepted` (the vendor took it", "`delivered` (only where the vendor says so": %s is %s',
    async (name, state) => {
      const { destination } = stage.on[name];
      const delivery = sampleDelivery('deployment-failed', { destination: destination.name });

      const answer = await destination.send(delivery, AbortSignal.timeout(30_000));

      expect(answer.state).toBe(state);
      expect(answer.detail ?? '').not.toMatch(/delivered/i);
    },
  );

  it.each(['teams', 'pagerduty', 'push', 'sms', 'mail', 'slack'] as const)(
    '\'No text says "delivered" of `accepted`\': %s',
    (name) => {
      const { destination } = stage.on[name];
      const deliveries = NOTIFIED_KINDS.map((kind) =>
        sampleDelivery(kind, { destination: destination.name }),
      );

      const texts = deliveries.flatMap((one) => [
        destination.withheld?.(one),
        JSON.stringify(destination.preview?.(one)),
      ]);

      expect(texts.join('\n')).toContain('[staging] ');
      expect(texts.join('\n')).not.toMatch(/delivered/i);
    },
  );
});
