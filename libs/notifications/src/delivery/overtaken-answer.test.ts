import { describe, expect, it } from '@jest/globals';
import type { NotifiedKind } from '@fairlead/contracts';
import { aDelivery } from '../fixtures.ts';
import { overtakenAnswer } from './overtaken-answer.ts';

const AT = '2026-01-02T03:04:05.000Z';
const CLOSES: readonly NotifiedKind[] = ['deployment-completed', 'rollback-completed'];

interface Judged {
  readonly kind: NotifiedKind;
  readonly afterMs: number;
  readonly closes: readonly NotifiedKind[] | undefined;
  readonly later: string | undefined;
}

const LATE: Judged = { kind: 'deployment-failed', afterMs: 60_000, closes: CLOSES, later: 'd-2' };

async function judge(over: Partial<Judged> = {}) {
  const { kind, afterMs, closes, later } = { ...LATE, ...over };
  const asked: unknown[] = [];
  const answer = await overtakenAnswer(
    aDelivery({ event: { kind, at: AT } }),
    closes === undefined ? {} : { closes },
    {
      quiet: { now: () => new Date(Date.parse(AT) + afterMs) },
      targets: {
        laterSuccess(target) {
          asked.push(target);
          return Promise.resolve(later);
        },
      },
    },
  );
  return { answer, asked };
}

describe('"The target\'s ledger knows what is open"', () => {
  it('so what would open it late is left out where a deployment has run well since', async () => {
    expect(await judge()).toEqual({
      answer: {
        state: 'suppressed',
        detail: 'covered: deployment d-2 of the same target ran well before this could be told',
      },
      asked: [{ environment: 'staging', application: 'shop', at: AT }],
    });
  });

  it('and goes where none has', async () => {
    expect((await judge({ later: undefined })).answer).toBeUndefined();
  });

  it.each<[string, Partial<Judged>]>([
    ['is told at once', { afterMs: 9_000 }],
    ['closes it', { kind: 'rollback-completed' }],
    ['goes where nothing is opened', { closes: undefined }],
  ])('and is not asked for what %s', async (_why, over) => {
    expect(await judge(over)).toEqual({ answer: undefined, asked: [] });
  });
});
