import { Command, Help } from 'commander';
import type { Option } from 'commander';
import { addCompletion } from './commands/completion.ts';
import { addConfig } from './commands/config.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDeploy } from './commands/deploy.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvent } from './commands/event.ts';
import { addExplain } from './commands/explain.ts';
import { addForget } from './commands/forget.ts';
import { addList } from './commands/list.ts';
import { addMonitoring } from './commands/monitoring.ts';
import { addNotify } from './commands/notify.ts';
import { addRemediation } from './commands/remediation.ts';
import { addRollback } from './commands/rollback.ts';
import { addRun } from './commands/run.ts';
import { addStatus } from './commands/status.ts';
import { addSteering } from './commands/steering.ts';
import { addUp } from './commands/up.ts';
import { addVersion } from './commands/version.ts';
import { EXIT_HELP } from '@fairlead/client/internal/errors/exit';
import type { Io } from './io.ts';
import type { Result } from './result.ts';
import { versions, versionText } from './version.ts';

/** What a command's definition is given: the process's edges, and where its result goes. */
export interface CommandContext {
  readonly io: Io;
  finish(result: Result): void;
}

const HELP = `
Start:
  fairlead up --sandbox                       a local stack with a simulated cluster
  fairlead deploy --environment staging       what fairlead.yaml says, followed to its end

Configuration: --config FILE, FAIRLEAD_CONFIG, or fairlead.yaml|yml|json here.
Temporal: TEMPORAL_ADDRESS (default localhost:7233), TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS…,
or a profile of Temporal's own configuration file.

${EXIT_HELP}`;

/** Definitions only: every action is imported when it runs, so that help needs neither Temporal nor a schema. */
export function createProgram(io: Io, finish: (result: Result) => void): Command {
  const program = new Command('fairlead')
    .description(
      'Deploys applications to Kubernetes as durable Temporal workflows, and tells the right people the truth while it does.',
    )
    .addHelpText('after', HELP)
    .version(versionText(versions()), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'Print help for a command.')
    .configureHelp({ optionDescription })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.out(text);
      },
      writeErr: (text) => {
        io.err(text);
      },
      // Reported once, by `run`.
      outputError: () => undefined,
    });
  const context: CommandContext = { io, finish };
  addDeploy(program, context);
  addStatus(program, context);
  addList(program, context);
  addSteering(program, context);
  addRollback(program, context);
  addRemediation(program, context);
  addRun(program, context);
  addEvent(program, context);
  addForget(program, context);
  addExplain(program, context);
  addDeliveries(program, context);
  addMonitoring(program, context);
  addNotify(program, context);
  addConfig(program, context);
  addDoctor(program, context);
  addUp(program, context);
  addCompletion(program, context);
  addVersion(program, context);
  return program;
}

/** Commander's own words, and that it cannot be left out. */
function optionDescription(option: Option): string {
  const described = new Help().optionDescription(option);
  return option.mandatory ? `${described} (required)` : described;
}
