import { loadCallerConfig, loadFullConfig, resolvePlanWithOrigins } from '@fairlead/config';
import type { ConfigOptions } from '../commands/config.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { configInputs } from '../plan.ts';
import { configText } from '../render/config-text.ts';
import type { Result } from '../result.ts';
import { warnOf } from '../warn.ts';

/** Every block, with every variable that it needs. What is wrong is thrown, all at once. */
export function validate(options: ConfigOptions, io: Io): Result {
  const { files, off, warnings } = loadFullConfig(configInputs(options, io));
  warnOf(warnings, io);
  return {
    exitCode: EXIT.done,
    text:
      files.length === 0
        ? 'No file was found; every value has its default.'
        : `Valid: ${files.join(', ')}.`,
    json: { valid: true, files, off, warnings },
  };
}

/** The file's values with their origins; with an environment, what a deployment there would have. */
export function show(options: ConfigOptions, io: Io): Result {
  return options.environment === undefined
    ? showFile(options, io)
    : showPlan({ ...options, environment: options.environment }, io);
}

function showFile(options: ConfigOptions, io: Io): Result {
  const { entries, files, off, warnings } = loadFullConfig(configInputs(options, io));
  warnOf(warnings, io);
  return {
    exitCode: EXIT.done,
    text: configText(entries, off),
    json: { files, off, values: entries },
  };
}

function showPlan(options: ConfigOptions & { readonly environment: string }, io: Io): Result {
  const { entries, warnings } = resolvePlanWithOrigins({
    config: loadCallerConfig(configInputs(options, io)),
    flags: { environment: options.environment },
  });
  warnOf(warnings, io);
  return {
    exitCode: EXIT.done,
    text: configText(entries),
    json: { environment: options.environment, values: entries },
  };
}
