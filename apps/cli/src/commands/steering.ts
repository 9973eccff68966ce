import { COMMANDS } from '@fairlead/contracts';
import type { CommandName } from '@fairlead/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import {
  applicationOption,
  configOption,
  environmentOption,
  jsonOption,
  reasonOption,
} from './options.ts';

export interface SteeringOptions {
  readonly environment?: string;
  readonly application?: string;
  readonly config?: readonly string[];
  readonly reason?: string;
  readonly full?: boolean;
}

const DESCRIPTIONS: Readonly<Record<CommandName, string>> = {
  promote: 'Answer an approval, or end a pause: the canary goes on.',
  abort: 'Stop a deployment and bring back what ran before; a queued one is withdrawn.',
  pause: 'Hold a canary where it is.',
  resume: 'Let a paused canary go on.',
};

/** promote, abort, pause, resume: the same shape, another word. */
export function addSteering(program: Command, context: CommandContext): void {
  for (const name of COMMANDS) {
    const command = program
      .command(name)
      .description(DESCRIPTIONS[name])
      .argument('[deployment]', 'deployment ID; or name the target with --environment')
      .addOption(environmentOption())
      .addOption(applicationOption())
      .addOption(configOption())
      .addOption(reasonOption());
    if (name === 'promote') command.option('--full', 'skip the remaining steps');
    command
      .addOption(jsonOption())
      .action(async (deployment: string | undefined, options: SteeringOptions) => {
        const { steer } = await import('../actions/steer.ts');
        context.finish(await steer({ name, deployment, options }, context.io));
      });
  }
}
