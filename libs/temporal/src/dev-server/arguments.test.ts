import { describe, expect, it } from '@jest/globals';
import { devServerArguments } from './arguments.ts';

const plan = {
  ip: '127.0.0.1',
  port: 1,
  httpPort: 2,
  metricsPort: 3,
  uiPort: false,
  namespace: 'default',
  searchAttributes: ['DeployPhase'],
} as const;

describe('devServerArguments', () => {
  it('lifts the poll limits and registers the attributes', () => {
    const line = devServerArguments(plan).join(' ');

    expect(line).toMatch(/history\.transferProcessorMaxPollRPS=10000/);
    expect(line).toMatch(/history\.timerProcessorMaxPollRPS=10000/);
    expect(line).toMatch(/--search-attribute DeployPhase=Keyword/);
    expect(line).toMatch(/--headless/);
    expect(line).not.toMatch(/--db-filename/);
  });

  it('serves the UI and keeps its state when asked', () => {
    const line = devServerArguments({ ...plan, uiPort: 4, dbFile: 'a.db' }).join(' ');

    expect(line).toMatch(/--ui-port 4/);
    expect(line).toMatch(/--db-filename a\.db --sqlite-pragma journal_mode=WAL/);
    expect(line).not.toMatch(/--headless/);
  });
});
