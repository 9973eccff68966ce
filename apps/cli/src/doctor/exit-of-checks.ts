import type { Check } from '@fairlead/contracts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { ExitCode } from '@fairlead/client/internal/errors/exit';

/** 2 where only configuration is wrong, else 6: something is away, or does not do what it is there for. */
export function exitOfChecks(checks: readonly Pick<Check, 'state' | 'fault'>[]): ExitCode {
  const failed = checks.filter(({ state }) => state === 'fail');
  if (failed.length === 0) return EXIT.done;
  return failed.every(({ fault }) => fault === 'configuration') ? EXIT.usage : EXIT.unreachable;
}
