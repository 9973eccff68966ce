import { describe, expect, it } from '@jest/globals';
import type { PlainEvent } from '@fairlead/contracts';
import { readPlainEvent, toldOf } from './plain-event.ts';

const BEGIN: PlainEvent = {
  ...{ type: 'begin', deployment: 'build-42', environment: 'staging', application: 'shop' },
  components: [{ name: 'api', image: 'registry.example.com/api:2' }],
};

describe('an event from outside', () => {
  it('is taken as it is when it is whole', () => {
    expect(readPlainEvent(BEGIN)).toEqual(BEGIN);
  });

  it.each<[unknown, RegExp]>([
    [[], /one JSON object/],
    [{ ...BEGIN, colour: 'red' }, /no "colour"; it has type, deployment/],
    [{ ...BEGIN, type: 'started' }, /type is one of begin, progress, rollback, finish/],
    [{ ...BEGIN, deployment: 'Build 42' }, /deployment is an ID/],
    [{ ...BEGIN, outcome: 'succeeded' }, /outcome belongs to a finish/],
    [{ ...BEGIN, type: 'finish', outcome: 'ok' }, /outcome is one of succeeded, failed/],
    [{ ...BEGIN, message: 7 }, /message is text/],
    [{ ...BEGIN, components: [{ name: 'api' }] }, /components is a list/],
  ])('%j is refused in a sentence', (value, message) => {
    expect(readPlainEvent(value)).toMatch(message);
  });

  it.each([
    [{ type: 'begin' }, { eventId: 'begin', type: 'begun' }],
    [{ type: 'progress' }, { eventId: 'new', type: 'progress' }],
    [
      { type: 'progress', eventId: 'p1' },
      { eventId: 'p1', type: 'progress' },
    ],
    [{ type: 'rollback' }, { eventId: 'rollback', type: 'rollback-begun' }],
    [{ type: 'finish' }, { eventId: 'finish', type: 'succeeded' }],
    [
      { type: 'finish', outcome: 'rolled-back' },
      { eventId: 'finish', type: 'rolled-back' },
    ],
  ] as const)('%j tells %j', (event, told) => {
    expect(toldOf({ ...event, deployment: 'build-42' }, () => 'new')).toEqual(told);
  });
});
