import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkTo, startPreviewStage } from './contract-suite/preview-stage.ts';
import type { PreviewStage, StageName } from './contract-suite/preview-stage.ts';
import { sampleDelivery } from './message/sample-delivery.ts';

const DESTINATIONS: readonly StageName[] = ['slack', 'teams', 'sms', 'pagerduty', 'push', 'mail'];
/** Two UTF-16 units each: a cut by those would leave half of one. */
const ENDLESS = '\u{1f680}'.repeat(100_000);

let stage: PreviewStage;

beforeAll(async () => {
  stage = await startPreviewStage();
});

afterAll(() => stage.stop());

/** What would be sent of a failure that has more to tell than any channel takes. */
function shownBy(name: StageName, text: string): { readonly id: string; readonly shown: string } {
  const { destination } = stage.on[name];
  const delivery = sampleDelivery('deployment-failed', {
    destination: destination.name,
    event: { message: text },
    facts: {
      reason: text,
      actor: text,
      error: { type: 'defect', message: text },
      components: Array.from({ length: 60 }, (_, n) => ({
        ...{ name: `c${n}`, image: `registry.example.com/shop/c${n}:2.4.1`, phase: 'canary' },
      })),
    },
  });
  const [preview] = destination.preview?.(delivery) ?? [];
  return { id: delivery.facts.deploymentId, shown: JSON.stringify(preview?.body) };
}

describe('Too long', () => {
  // An SMS names its cut where it has the room: sms/text.test.ts.
  it.each(DESTINATIONS.filter((name) => name !== 'sms'))(
    '"cut by code points, the cut named": %s',
    (name) => {
      const { shown } = shownBy(name, ENDLESS);

      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/\\ud[89a-f]/);
      expect(shown).toMatch(/\(cut\)|more characters\)/);
    },
  );

  it.each(DESTINATIONS)('"title, ID, environment and links always kept": %s', (name) => {
    const { shown, id } = shownBy(name, ENDLESS);

    for (const kept of ['Deployment Failed', id, 'staging', linkTo(id)]) {
      expect(shown).toContain(kept);
    }
  });

  it.each(['slack', 'teams', 'pagerduty', 'mail'] as const)('"12 of 60 components": %s', (name) => {
    const { shown } = shownBy(name, ENDLESS);

    expect(shown).toContain('c11 registry.example.com/shop/c11:2.4.1, 12 of 60 components');
    expect(shown).not.toContain('c12 ');
  });
});
