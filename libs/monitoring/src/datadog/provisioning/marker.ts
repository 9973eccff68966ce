/** What we write into everything of ours that is provisioned: whose it is, and what we wrote last. */
export interface Marker {
  /** Of the alert or dashboard, fixed for ever. */
  readonly id: string;
  /** Fingerprint of the form that was written. */
  readonly form: string;
  /**
   * Fingerprint of what Datadog made of it, with its own defaults: what differs from it a person changed. Absent until
   * that is known.
   */
  readonly seal?: string;
}

const MARKER = /managed_by:fairlead ([a-z0-9-]+) ([0-9a-f]{16})(?: ([0-9a-f]{16}))?/;

const COMMENTED = new RegExp(`\\{\\{!-- ${MARKER.source} --\\}\\}`);

export function markerText({ id, form, seal }: Marker): string {
  return `managed_by:fairlead ${id} ${form}${seal === undefined ? '' : ` ${seal}`}`;
}

export function findMarker(text: string): Marker | undefined {
  const [, id, form, seal] = MARKER.exec(text) ?? [];
  if (id === undefined || form === undefined) return undefined;
  return { id, form, ...(seal === undefined ? {} : { seal }) };
}

/** As if there were none, so that writing another one is no edit. */
export function withoutMarker(text: string): string {
  return text.replace(COMMENTED, '').replace(MARKER, '').trimEnd();
}
