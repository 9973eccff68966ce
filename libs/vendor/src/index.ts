export { ANSWER_LIMIT_BYTES, assertFinal, rejection, retryAfterMs } from './policy.ts';
export type { VendorAnswer, Waits } from './policy.ts';
export { createVendorCall } from './vendor-call.ts';
export type { VendorCall, VendorHabits } from './vendor-call.ts';
