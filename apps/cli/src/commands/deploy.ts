import { FAILURE_PLACES } from '@fairlead/contracts';
import type { BusyPolicy, DeploymentType, FailurePlace } from '@fairlead/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import { choiceArgument, componentArgument } from '../arguments.ts';
import type { ComponentArgument } from '../arguments.ts';
import { EXIT_HELP } from '@fairlead/client/internal/errors/exit';
import type { CommandContext } from '../program.ts';
import {
  addRequestOptions,
  applicationOption,
  configOption,
  environmentOption,
} from './options.ts';
import type { FollowOptions } from './options.ts';

export interface DeployOptions extends FollowOptions {
  readonly environment: string;
  readonly application?: string;
  readonly type?: DeploymentType;
  readonly component?: readonly ComponentArgument[];
  readonly namespace?: string;
  readonly config?: readonly string[];
  readonly onBusy?: BusyPolicy;
  readonly simulateFailure?: FailurePlace;
  readonly disableMonitoring?: boolean;
  readonly disableNotifications?: boolean;
  readonly disableRemediation?: boolean;
  readonly reason?: string;
  readonly requestId?: string;
  readonly force?: boolean;
}

/** The contract's, without what is not there yet. */
const TYPES = ['rolling', 'canary'] as const satisfies readonly DeploymentType[];

const HELP = `
Examples:
  fairlead deploy -e staging
  fairlead deploy -e staging --component api=registry.example.com/shop/api:2.4.1
  fairlead deploy -e production --type canary --on-busy queue --reason "release 2.4.1"
  fairlead deploy -e staging --simulate-failure        rehearse the way back
  fairlead deploy -e production --request-id "build-$CI_PIPELINE_ID" --json

Ctrl-C detaches: the deployment goes on. Follow it again with \`fairlead status ID --watch\`.

${EXIT_HELP}`;

export function addDeploy(program: Command, context: CommandContext): void {
  const command = program
    .command('deploy')
    .description('Bring a target to the wanted images, and follow it to its end.')
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption())
    .addOption(
      new Option(
        '--type <type>',
        'how (default: the environment’s; else canary where a canary block is, else rolling)',
      )
        .choices(TYPES)
        .argParser(choiceArgument(TYPES, ['blue-green'])),
    )
    .addOption(
      new Option(
        '--component <name=image>',
        'replaces the image in the file; the file’s other components are deployed too; repeatable',
      ).argParser(componentArgument),
    )
    .option('--namespace <ns>', 'Kubernetes namespace (default: the environment’s)')
    .addOption(configOption())
    .addOption(
      new Option('--simulate-failure [place]', 'rehearse: fail there, and go the real way back')
        .choices(FAILURE_PLACES)
        .preset('health'),
    )
    .option(
      '--disable-monitoring',
      'no events to monitoring systems for this run; the totals count it all the same',
    )
    .option('--disable-notifications', 'no messages for this run')
    .option('--disable-remediation', 'no remediation for this run')
    .option('--force', 'over a halted target: put back what was left, then deploy');
  addRequestOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: DeployOptions) => {
      const { deploy } = await import('../actions/deploy.ts');
      context.finish(await deploy(options, context.io));
    });
}
