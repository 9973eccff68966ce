import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../servers/index.ts';
import { effectiveWrites } from './audit.ts';

const OF = { user: 'fairlead', namespace: 'shop' };

function entry(username: string, verb: string, code: number): AuditEntry {
  const metadata = { name: 'api-canary', generation: 1 };
  return {
    ...{ level: 'RequestResponse', verb, requestURI: '', user: { username } },
    objectRef: { resource: 'deployments', namespace: 'shop' },
    responseStatus: { code },
    requestObject: { metadata },
    ...(code < 300 ? { responseObject: { metadata } } : {}),
    ...{ requestReceivedTimestamp: '', stageTimestamp: '' },
  };
}

const answered = entry('fairlead', 'create', 201);
const lost = entry('fairlead', 'create', 504);
const again = entry('fairlead', 'create', 409);
const controller = entry('controller', 'update', 200);

describe('what a user wrote', () => {
  it.each([
    ['a creation', [answered, controller], 1],
    ['a creation that died before its answer', [lost, controller, again], 1],
    ['one that is tried again before anybody else saw it', [lost, again, controller], 1],
    ['two creations', [answered, answered], 2],
    ['a creation that was refused', [lost], 0],
    ['what somebody else created', [lost, entry('kim', 'create', 201), controller], 0],
    ['a creation by nobody of ours', [controller], 0],
  ])('is counted as often as it was made: %s', (_name, entries, times) => {
    const creations = Array.from({ length: times }, () => 'create deployments/api-canary');

    expect(effectiveWrites(entries, OF)).toEqual(creations);
  });
});
