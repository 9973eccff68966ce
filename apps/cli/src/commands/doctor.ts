import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { configOption, environmentOption, jsonOption } from './options.ts';

export interface DoctorOptions {
  readonly config?: readonly string[];
  readonly environment?: string;
}

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description(
      'Check Temporal, workers, clusters, systems and channels: a line each, with the mend.',
    )
    .addOption(environmentOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../actions/doctor.ts');
      context.finish(await doctor(options, context.io));
    });
}
