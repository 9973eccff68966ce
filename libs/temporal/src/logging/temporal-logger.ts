import type { LogLevel as TemporalLevel, LogMetadata, Logger } from '@temporalio/common';
import type { Log, LogLevel } from './log.ts';
import { LOG_FIELDS } from './log-fields.ts';

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<TemporalLevel, LogLevel>;

/** What the SDK tells of every worker at every start and end; true of ours by design. */
const CHATTER: ReadonlySet<string> = new Set([
  'Worker state changed',
  'No workflows registered, not polling for workflow tasks',
  'No activities registered, not polling for activity tasks',
  'No Nexus services registered, not polling for Nexus tasks',
]);

const KNOWN: ReadonlySet<string> = new Set(LOG_FIELDS);

/** Lets the SDK, workflows and activities log through ours. Keys that are not on our list are left out. */
export function toTemporalLogger(log: Log): Logger {
  const write = (level: LogLevel) => (message: string, metadata?: LogMetadata) => {
    log[CHATTER.has(message) ? 'debug' : level](message, knownFields(metadata));
  };
  return {
    log: (level, message, metadata) => {
      write(LEVELS[level])(message, metadata);
    },
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

function knownFields(metadata: LogMetadata = {}): Record<string, unknown> {
  const entries = Object.entries(metadata) as readonly [string, unknown][];
  return Object.fromEntries(entries.filter(([key]) => KNOWN.has(key)));
}
