import {
  configJsonSchema,
  describeConfig,
  inspectCallerConfig,
  inspectFullConfig,
  loadFullConfig,
  resolvePlanWithOrigins,
} from '@fairlead/config';
import type { ConfigError } from '@fairlead/config';
import type { ConfigOptions } from '../commands/config.ts';
import { errorDocument, toFairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { configInputs } from '@fairlead/client/internal/asking/plan';
import type { Result } from '../result.ts';
import { warnOf } from '../warn.ts';

/** Every block, with every variable that it needs. What is wrong is thrown, all at once. */
export function validate(options: ConfigOptions, io: Io): Result {
  const { files, off, values, warnings } = loadFullConfig(configInputs(options, io));
  warnOf(warnings, io);
  return {
    exitCode: EXIT.done,
    text:
      files.length === 0
        ? 'No file was found; every value has its default.'
        : `Valid: ${files.join(', ')}${stillLacking(values)}.`,
    json: { valid: true, files, off, warnings },
  };
}

/** A worker's file needs none of them; who wants to deploy should know. */
function stillLacking(values: ReturnType<typeof loadFullConfig>['values']): string {
  const keys = ['components', 'environments'] as const;
  const lacking = keys.filter((key) => values[key] === undefined);
  return lacking.length === 0 ? '' : `; deploys nothing yet: no ${lacking.join(', no ')}`;
}

/**
 * The values with their origins; with an environment, the plan's blocks and what a deployment there would have. Where
 * variables are missing, the rest is shown all the same, and exit code and standard error tell of them.
 */
export function show(options: ConfigOptions, io: Io): Result {
  const { environment } = options;
  const inputs = configInputs(options, io);
  const { config, missing } =
    environment === undefined ? inspectFullConfig(inputs) : inspectCallerConfig(inputs);
  if (missing !== undefined) return shownInPart(describeConfig({ config }), missing, io);
  if (environment === undefined) return shown(describeConfig({ config }), io);
  const plan = resolvePlanWithOrigins({ config, flags: { environment } });
  return shown(describeConfig({ config, plan }), io);
}

type Description = ReturnType<typeof describeConfig>;

function shown({ text, json }: Description, io: Io): Result {
  warnOf(json.warnings, io);
  return {
    exitCode: EXIT.done,
    text: text === '' ? 'Nothing is configured: every value has its default.' : text,
    json,
  };
}

function shownInPart({ text, json }: Description, missing: ConfigError, io: Io): Result {
  const error = toFairleadError(missing);
  io.err(`${io.errStyle.red('fairlead:')} ${error.message}\n`);
  return { exitCode: error.exitCode, text, json: { ...json, ...errorDocument(error) } };
}

export function schema(): Result {
  const json = configJsonSchema();
  return { exitCode: EXIT.done, text: JSON.stringify(json, undefined, 2), json };
}
