import { isFields } from '../reading.ts';
import type { Fields } from '../reading.ts';
import { CDEVENT_KINDS, schemaOf } from './schemas.ts';
import type { CDEventKind } from './schemas.ts';

const TYPE = /^dev\.cdevents\.([a-z]+\.[a-z]+)\.(\d+)\.(\d+)\.\d+(?:-[\w.]+)?$/;

export interface CurrentEvent {
  readonly kind: CDEventKind;
  readonly body: Fields;
}

/**
 * The event as CDEvents 0.5.1 writes it. Spec 0.4 had lower versions of each event, `context.version`, and a type of
 * the subject. A text says what is wrong.
 */
export function asCurrent(body: unknown): CurrentEvent | string {
  if (!isFields(body) || !isFields(body.context)) return 'a CDEvent has a context';
  const { context, subject } = body;
  const type = typeof context.type === 'string' ? context.type : '';
  const [, name, major, minor] = TYPE.exec(type) ?? [];
  const kind = CDEVENT_KINDS.find((one) => one === name);
  if (kind === undefined) {
    return `context.type is none that is taken: ${CDEVENT_KINDS.map((one) => `dev.cdevents.${one}`).join(', ')}`;
  }
  const current = schemaOf(kind).type;
  const [, , currentMajor, currentMinor] = TYPE.exec(current) ?? [];
  if (major !== currentMajor || Number(minor) > Number(currentMinor)) {
    return `context.type is of a version that is not known yet; the newest that is taken is ${current}`;
  }
  return { kind, body: { ...body, context: contextOf(context, current), subject: bare(subject) } };
}

function contextOf(context: Fields, type: string): Fields {
  const { version, ...rest } = context;
  return { ...(version === undefined ? {} : { specversion: version }), ...rest, type };
}

function bare(subject: unknown): unknown {
  if (!isFields(subject)) return subject;
  const { type: _older, ...rest } = subject;
  return rest;
}
