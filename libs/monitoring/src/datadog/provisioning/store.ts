import type { ProvisionChange } from '@fairlead/contracts';
import type { Wire } from '../answer.ts';
import type { Marker } from './marker.ts';

/** One kind of what we provision, at Datadog: monitors or dashboards. */
export interface Store<Body> {
  readonly thing: ProvisionChange['thing'];
  readonly wanted: readonly Wanted<Body>[];
  /** All of ours, as far as Datadog shows them now: a list may lag behind what was just written. */
  list(signal: AbortSignal): Promise<readonly Item[]>;
  /** Undefined when it is gone, or no longer ours. */
  read(id: string, signal: AbortSignal): Promise<Item | undefined>;
  /** Answers with the new one's ID. */
  create(body: Body, signal: AbortSignal): Promise<string>;
  update(id: string, body: Body, signal: AbortSignal): Promise<void>;
  /** One that is gone already is no fault. */
  remove(id: string, signal: AbortSignal): Promise<void>;
}

/** One thing as it is to be. */
export interface Wanted<Body> {
  /** Fixed for ever: the alert's or dashboard's ID of ours. */
  readonly key: string;
  readonly title: string;
  /** Fingerprint of the body. */
  readonly form: string;
  /** As it goes over the wire, without its marker. */
  readonly wire: Wire;
  readonly body: (marker: Marker) => Body;
}

/** One thing of ours as it is. */
export interface Item {
  /** Datadog's. */
  readonly id: string;
  readonly key: string;
  readonly title: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly marker?: Marker;
  /** Without the marker and without what Datadog keeps about it. */
  readonly content: Wire;
  /** Of the content. */
  readonly fingerprint: string;
}
