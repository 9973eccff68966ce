import { describe, expect, it } from '@jest/globals';
import type { ClusterChange, DeploymentResult, Outcome } from '@fairlead/contracts';
import fc from 'fast-check';
import { emptyLedger, rollbackTarget, withResult } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { componentOf } from './testing/cluster-model.ts';
import { PLACE, resultOf, running } from './testing/ledger-data.ts';

const EMPTY = emptyLedger('production', 'shop');
const LEFT: ClusterChange[] = [{ kind: 'remove-canary', component: componentOf(4, 'replicas') }];
const TERMINATED = { ...PLACE, terminated: true };
const HALTED = withResult(EMPTY, resultOf('lost', { outcome: 'failed', left: LEFT }), TERMINATED);

/** A deployment that brought these images where others ran. */
function brought(id: string, from: readonly string[], to: readonly string[]): DeploymentResult {
  return resultOf(id, { ran: running(...from), runs: running(...to) });
}

function imagesOf(run: { readonly components: readonly { readonly image: string }[] } | undefined) {
  return run?.components.map(({ image }) => image);
}

function history(...results: readonly DeploymentResult[]): Ledger {
  return results.reduce((ledger, result) => withResult(ledger, result, PLACE), EMPTY);
}

describe('a halt', () => {
  it.each([
    { outcome: 'succeeded', left: [], terminated: false, halts: false },
    { outcome: 'rolled-back', left: [], terminated: false, halts: false },
    { outcome: 'refused', left: [], terminated: false, halts: false },
    { outcome: 'failed', left: [], terminated: false, halts: false },
    { outcome: 'failed', left: LEFT, terminated: false, halts: true },
    { outcome: 'failed', left: [], terminated: true, halts: true },
    { outcome: 'failed', left: LEFT, terminated: true, halts: true },
  ] as const)(
    'is $halts when a run ended $outcome, terminated: $terminated',
    ({ outcome, left, terminated, halts }) => {
      const ledger = withResult(EMPTY, resultOf('mine', { outcome, left }), {
        ...PLACE,
        terminated,
      });

      expect(ledger.halt !== undefined).toBe(halts);
    },
  );

  it('keeps where, since when, why, and what is left', () => {
    const result = resultOf('mine', { outcome: 'failed', left: LEFT, error: 'it could not' });

    const { halt } = withResult(EMPTY, result, PLACE);

    expect(halt).toEqual({
      deploymentId: 'mine',
      kind: 'deploy',
      at: result.finishedAt,
      message: 'it could not',
      left: LEFT,
      namespace: 'shop',
      cluster: 'default',
    });
  });

  it.each([
    { outcome: 'succeeded', halted: undefined },
    { outcome: 'rolled-back', halted: 'lost' },
    { outcome: 'refused', halted: 'lost' },
    { outcome: 'failed', halted: 'lost' },
  ] as const)(
    'of which nothing is known to be left is of $halted when a run over it ended $outcome',
    ({ outcome, halted }) => {
      const blind = withResult(EMPTY, resultOf('lost', { outcome: 'failed' }), TERMINATED);

      const ledger = withResult(blind, resultOf('mine', { outcome }), PLACE);

      expect(ledger.halt?.deploymentId).toBe(halted);
    },
  );

  it.each([
    { outcome: 'refused', left: LEFT, halted: 'lost' },
    { outcome: 'refused', left: [], halted: undefined },
    { outcome: 'succeeded', left: [], halted: undefined },
    { outcome: 'rolled-back', left: [], halted: undefined },
    { outcome: 'failed', left: LEFT, halted: 'mine' },
  ] as const)(
    'is of $halted when a run over it ended $outcome with $left.length left',
    ({ outcome, left, halted }) => {
      const ledger = withResult(HALTED, resultOf('mine', { outcome, left }), PLACE);

      expect(ledger.halt?.deploymentId).toBe(halted);
    },
  );
});

describe('withResult', () => {
  it.each(['succeeded', 'rolled-back', 'failed', 'refused'] as const satisfies readonly Outcome[])(
    'remembers as good what ran well and nothing else when a run ended %s',
    (outcome) => {
      const result = { ...brought('mine', ['api:1'], ['api:2']), outcome };

      const { good, answered } = withResult(EMPTY, result, PLACE);

      const remembered = outcome === 'succeeded' ? ['before-mine', 'mine'] : [];
      expect(good.map(({ deploymentId }) => deploymentId)).toEqual(remembered);
      expect(answered.at(-1)?.answer).toEqual({ status: 'ended', deploymentId: 'mine', outcome });
    },
  );

  it('remembers nothing when nothing was to be changed', () => {
    const ledger = history(brought('one', ['api:1'], ['api:2']), resultOf('idle'));

    expect(imagesOf(ledger.good.at(-1))).toEqual(['api:2']);
    expect(ledger.totals.deployments.canary?.succeeded?.count).toBe(2);
  });

  it('keeps ten good runs at most', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }))), (pairs) => {
        const results = pairs.map(([from, to], index) =>
          brought(`d${index}`, [`api:${from}`], [`api:${to}`]),
        );

        const { good } = history(...results);

        expect(good.length).toBeLessThanOrEqual(10);
        const [last] = results.slice(-1);
        expect(good.at(-1)?.deploymentId).toBe(last?.deploymentId);
      }),
    );
  });

  it.each([
    { when: 'ours brought it', from: ['api:2'], expected: ['before-one', 'one', 'two'] },
    {
      when: 'someone else brought it',
      from: ['api:9'],
      expected: ['before-one', 'one', 'before-two', 'two'],
    },
    {
      when: 'a component came in',
      from: ['api:2', 'web:1'],
      expected: ['before-one', 'one', 'before-two', 'two'],
    },
    { when: 'nothing is known of it', from: [], expected: ['before-one', 'one', 'two'] },
  ])('notes what ran before by itself only where it must, when $when', ({ from, expected }) => {
    const ledger = history(
      brought('one', ['api:1'], ['api:2']),
      brought('two', from, ['api:3', 'web:2']),
    );

    expect(ledger.good.map(({ deploymentId }) => deploymentId)).toEqual(expected);
  });
});

describe('rollbackTarget', () => {
  const first = brought('one', ['api:1'], ['api:2']);
  const second = brought('two', ['api:2'], ['api:3']);
  const lost = resultOf('lost', { outcome: 'failed', left: LEFT });

  it.each([
    { when: 'nothing ever ran', ledger: EMPTY, expected: undefined },
    { when: 'the first deployment runs', ledger: history(first), expected: ['api:1'] },
    { when: 'the second deployment runs', ledger: history(first, second), expected: ['api:2'] },
    {
      when: 'the last deployment was rolled back',
      ledger: history(first, resultOf('bad', { outcome: 'rolled-back', rollback: 'succeeded' })),
      expected: ['api:1'],
    },
    {
      when: 'a deployment halted the target',
      ledger: withResult(history(first, second), lost, TERMINATED),
      expected: ['api:3'],
    },
    {
      when: 'the rollback of a deployment that halted was itself halted',
      ledger: withResult(
        withResult(history(first, second), lost, TERMINATED),
        resultOf('back', { kind: 'rollback', outcome: 'failed', left: LEFT }),
        { ...PLACE, goal: 'two' },
      ),
      expected: ['api:3'],
    },
    {
      when: 'a rollback from what runs was halted',
      ledger: withResult(
        history(first, second),
        resultOf('back', { kind: 'rollback', outcome: 'failed', left: LEFT }),
        { ...PLACE, goal: 'one' },
      ),
      expected: ['api:2'],
    },
    {
      when: 'a rollback that only put back what was left was halted',
      ledger: withResult(
        history(first, second),
        resultOf('back', { kind: 'rollback', outcome: 'failed', left: LEFT }),
        PLACE,
      ),
      expected: undefined,
    },
    {
      when: 'the very first deployment halted the target',
      ledger: HALTED,
      expected: undefined,
    },
    {
      when: 'someone changed the images by hand before the second',
      ledger: history(first, brought('two', ['api:9'], ['api:3'])),
      expected: ['api:9'],
    },
    {
      when: 'a rollback was the last to succeed: it is what runs now',
      ledger: history(first, second, brought('back', ['api:3'], ['api:2'])),
      expected: ['api:3'],
    },
  ])('is $expected when $when', ({ ledger, expected }) => {
    const target = rollbackTarget(ledger);

    expect(imagesOf(target)).toEqual(expected);
  });

  it.each([
    { to: 'one', expected: ['api:2'] },
    { to: 'two', expected: ['api:3'] },
    { to: 'before-one', expected: ['api:1'] },
    { to: 'never', expected: undefined },
  ])('is $expected when $to is asked for', ({ to, expected }) => {
    const target = rollbackTarget(history(first, second), to);

    expect(imagesOf(target)).toEqual(expected);
  });
});
