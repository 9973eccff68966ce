import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { describeError } from './describe-error.ts';
import type { LogFields } from './log-fields.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Static message, structured fields, one line. */
export interface Log {
  readonly level: LogLevel;
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogOptions {
  /** Names the program in every line. */
  readonly service: string;
  readonly level: LogLevel;
  /** Default standard error, so that a parent's standard output stays its own. */
  readonly stream?: DestinationStream;
}

/** Lines are written at once: a process that is killed has logged all it did. */
export function createLog({
  service,
  level,
  stream = pino.destination({ dest: 2, sync: true }),
}: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: { service },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    stream,
  );
  const write = (method: LogLevel) => writer(logger, method);
  return {
    level,
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

function writer(logger: PinoLogger, method: LogLevel): Log[LogLevel & keyof Log] {
  return (message: string, fields: LogFields = {}) => {
    logger[method](fields, message);
  };
}
