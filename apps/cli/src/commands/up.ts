import type { Command } from 'commander';
import { portArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import { Option } from 'commander';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { configOption } from './options.ts';

export interface UpOptions {
  readonly sandbox?: boolean;
  readonly state?: string;
  readonly port: number;
  readonly uiPort?: number;
  readonly db?: string;
  readonly kubeconfig?: string;
  readonly logLevel: string;
  readonly config?: readonly string[];
}

/** Temporal's own defaults: what every other tool of it looks for. */
const TEMPORAL_PORT = 7233;
const UI_PORT_DISTANCE = 1000;

/** The worker's own; its library is too heavy for a definition. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];

const STATE = '.fairlead';

const HELP = `
Examples:
  fairlead up --sandbox                   nothing needed: a simulated cluster, and an inbox for every message
  fairlead up --db .fairlead/temporal.db  a real cluster by your kubeconfig; runs are kept across restarts

Ctrl-C ends it all.`;

export function addUp(program: Command, context: CommandContext): void {
  program
    .command('up')
    .description('A local stack in the foreground: Temporal with its UI, and a worker.')
    .option('--sandbox', 'a simulated cluster, and an inbox that shows every message')
    .option('--state <dir>', `where the sandbox keeps its state (default: ${STATE})`)
    .addOption(
      new Option('--port <port>', 'port of Temporal')
        .argParser(portArgument)
        .default(TEMPORAL_PORT),
    )
    .addOption(
      new Option(
        '--ui-port <port>',
        `port of the UI (default: --port + ${UI_PORT_DISTANCE})`,
      ).argParser(portArgument),
    )
    .option('--db <file>', 'keep Temporal’s state in this file (default: in memory)')
    .option('--kubeconfig <file>', 'cluster of the worker (default: KUBECONFIG, ~/.kube/config)')
    .addOption(
      new Option('--log-level <level>', 'of the worker, whose log goes to stderr')
        .choices(LOG_LEVELS)
        .default('warn'),
    )
    .addOption(configOption())
    .addHelpText('after', HELP)
    .action(async (options: UpOptions) => {
      const { up } = await import('../actions/up.ts');
      if (options.state !== undefined && options.sandbox !== true) {
        throw usageError('--state is the sandbox’s: give --sandbox too, or leave it out.');
      }
      const uiPort = options.uiPort ?? options.port + UI_PORT_DISTANCE;
      context.finish(await up({ ...options, uiPort, state: options.state ?? STATE }, context.io));
    });
}
