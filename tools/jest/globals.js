import { limitedHook, limitedTest } from './time-limit.ts';

/** For real servers and spawned processes: a deadline against hanging, not a measure of speed. */
const LIMIT_MS = 180_000;

export const { describe, expect, jest } = globalThis;
export const it = limitedTest(globalThis.it, LIMIT_MS);
export const afterAll = limitedHook(globalThis.afterAll, LIMIT_MS);
export const afterEach = limitedHook(globalThis.afterEach, LIMIT_MS);
export const beforeAll = limitedHook(globalThis.beforeAll, LIMIT_MS);
export const beforeEach = limitedHook(globalThis.beforeEach, LIMIT_MS);
