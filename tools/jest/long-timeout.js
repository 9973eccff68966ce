import { jest } from '@jest/globals';

// Real servers and spawned processes: a deadline against hanging, not a measure of speed.
jest.setTimeout(180_000);
