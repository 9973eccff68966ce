import { expect, it } from '@jest/globals';
import { nextStep } from './next-step.ts';

const target = { environment: 'staging', application: 'shop' };

it.each([
  { failure: 'CrashLoopBackOff', first: /^look, then `fairlead rollback --environment staging/ },
  { failure: undefined, first: /^look, then `fairlead rollback/ },
  { failure: 'target-edited', first: /^undo the edit, then `fairlead rollback/ },
  { failure: 'cluster-not-found', first: /clean up by hand, then `fairlead forget [^`]*--force`/ },
])('names what can succeed after $failure', ({ failure, first }) => {
  expect(nextStep({ ...target, failure })).toMatch(first);
});
