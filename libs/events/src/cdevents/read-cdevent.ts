import { CDEVENTS_TOOL } from '@fairlead/contracts';
import type { Reading } from '../reading.ts';
import { idOf, isFields, textAt, timeOf, wordsOf } from '../reading.ts';
import { asCurrent } from './as-current.ts';
import type { CDEventKind } from './schemas.ts';
import { schemaOf } from './schemas.ts';

/** Of how many faults a sender is told at once. */
const FAULTS = 3;

const WORDS: Partial<Record<CDEventKind, string>> = {
  'service.deployed': 'deployed',
  'service.upgraded': 'upgraded',
  'service.rolledback': 'rolled back',
  'service.removed': 'removed',
};

/** What a CDEvent tells, once it is what its published schema says. */
export function readCDEvent(body: unknown): Reading {
  const current = asCurrent(body);
  if (typeof current === 'string') return { wrong: current };
  const { kind, body: event } = current;
  const { validate } = schemaOf(kind);
  if (!validate(event)) {
    const faults = (validate.errors ?? [])
      .slice(0, FAULTS)
      .map(
        ({ instancePath, message }) => `${instancePath || 'the event'} ${message ?? 'is wrong'}`,
      );
    return { wrong: `it is no ${kind} of CDEvents: ${faults.join('; ')}` };
  }
  const verb = WORDS[kind];
  if (verb === undefined) return { passed: `${kind} is no deployment; nothing is recorded` };
  const at = (...path: readonly string[]) => textAt(event, ...path);
  const [service, artifact] = [at('subject', 'id'), at('subject', 'content', 'artifactId')];
  const [source = '', id = ''] = [at('context', 'source'), at('context', 'id')];
  const when = timeOf(at('context', 'timestamp'));
  const environment = at('subject', 'content', 'environment', 'id');
  if (service === undefined || environment === undefined) return { wrong: 'it names no service' };
  return {
    ...(kind === 'service.rolledback' ? { isRollback: true } : {}),
    event: {
      ...{ type: 'finish', deployment: idOf('cdevents', source, id), eventId: 'finish' },
      ...{ environment, application: service, tool: CDEVENTS_TOOL },
      ...(when === undefined ? {} : { at: when }),
      ...(artifact === undefined ? {} : { components: [{ name: service, image: artifact }] }),
      ...wordsOf(wordsIn(event.customData) ?? `${verb}, says ${source}`),
    },
  };
}

/** CDEvents has no place for words; senders put them into their own data. */
function wordsIn(customData: unknown): string | undefined {
  if (!isFields(customData)) return undefined;
  const { message, reason } = customData;
  return [message, reason].find((one) => typeof one === 'string');
}
