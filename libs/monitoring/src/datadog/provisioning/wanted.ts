import type { Wire } from '../answer.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Marker } from './marker.ts';
import type { Wanted } from './store.ts';
import { toWire } from './to-wire.ts';

export interface WantedParts<Body> {
  readonly key: string;
  readonly title: string;
  /** What of a body counts. */
  readonly contentOf: (wire: Wire) => Wire;
  /** Without a marker as files hold it. */
  readonly body: (marker?: Marker) => Body;
}

export function toWanted<Body extends object>(parts: WantedParts<Body>): Wanted<Body> {
  const { key, title, contentOf, body } = parts;
  const wire = contentOf(toWire(body()));
  return { key, title, form: fingerprintOf(wire), wire, body };
}
