import type { VendorReply } from './mock-vendor.ts';

export type Body = Readonly<Record<string, unknown>>;

export function json(status: number, body: unknown): VendorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function refused(status: number, why: string): VendorReply {
  return json(status, { errors: [why] });
}

/** An empty object for what is none. */
export function parseBody(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}

export function objectOf(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

export function listOf(value: unknown): readonly Body[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}
