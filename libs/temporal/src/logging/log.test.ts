import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.ts';
import type { LogLevel } from './log.ts';
import { toTemporalLogger } from './temporal-logger.ts';

function captured(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const stream = {
    write: (line: string) => {
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  return { log: createLog({ service: 'test', level, stream }), lines };
}

describe('createLog', () => {
  it('writes one line of JSON with a word for the level and the time in UTC', () => {
    const { log, lines } = captured();

    log.warn('waiting for Temporal', { address: 'host:7233', waitedMs: 5 });

    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/Z$/),
        service: 'test',
        message: 'waiting for Temporal',
        address: 'host:7233',
        waitedMs: 5,
      },
    ]);
  });

  it('leaves out what is below the level', () => {
    const { log, lines } = captured('error');

    log.warn('not this');
    log.error('this');

    expect(lines.map(({ message }) => message)).toEqual(['this']);
  });

  it('tells an error with its type and without the text of its cause', () => {
    const { log, lines } = captured();
    const error = Object.assign(new Error('refused', { cause: new Error('token s3cr3t') }), {
      type: 'vendor-rejected',
    });

    log.error('failed', { error });

    expect(lines[0]?.error).toMatchObject({ type: 'vendor-rejected', message: 'refused' });
    expect(JSON.stringify(lines)).not.toContain('s3cr3t');
  });
});

describe('toTemporalLogger', () => {
  it('keeps the keys that are on the list and leaves out the others', () => {
    const { log, lines } = captured();

    toTemporalLogger(log).info('Activity failed', { workflowId: 'w', taskToken: 'x', attempt: 2 });

    expect(lines[0]).toMatchObject({ message: 'Activity failed', workflowId: 'w', attempt: 2 });
    expect(lines[0]).not.toHaveProperty('taskToken');
  });

  it('leaves what the SDK says of every worker to who asks for debug', () => {
    const { log, lines } = captured('info');

    toTemporalLogger(log).warn('No workflows registered, not polling for workflow tasks');

    expect(lines).toEqual([]);
  });

  it('knows every level of the SDK', () => {
    const { log, lines } = captured('trace');
    const logger = toTemporalLogger(log);

    for (const level of ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const) {
      logger.log(level, 'x');
    }

    expect(lines.map(({ level }) => level)).toEqual(['trace', 'debug', 'info', 'warn', 'error']);
  });
});
