import { ISSUE_KINDS } from '@fairlead/contracts';
import type { IssueKind } from '@fairlead/contracts';
import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { durationArgument, nameArgument } from '../arguments.ts';
import type { CommandContext } from '../program.ts';
import {
  applicationOption,
  configOption,
  environmentOption,
  jsonOption,
  reasonOption,
} from './options.ts';

export interface RemediateOptions {
  readonly environment: string;
  readonly application?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly deployment?: string;
  readonly reason?: string;
  readonly detach?: true;
  readonly timeout?: number;
  readonly config?: readonly string[];
}

export interface IssueOptions {
  readonly environment: string;
  readonly application?: string;
  readonly config?: readonly string[];
}

const ISSUE = 'issue as `list --remediations` shows it, such as pod_crash/api';

export function addRemediation(program: Command, context: CommandContext): void {
  program
    .command('remediate')
    .description('Mend an issue of a Kubernetes Deployment: act, verify, and say what came of it.')
    .addArgument(new Argument('<issue>', 'what is wrong').choices(ISSUE_KINDS))
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption())
    .addOption(
      new Option('--namespace <ns>', 'namespace (default: the environment’s)').argParser(
        nameArgument,
      ),
    )
    .addOption(new Option('--pod <pod>', 'the pod that is in trouble').conflicts('deployment'))
    .addOption(new Option('--deployment <name>', 'the Kubernetes Deployment that is in trouble'))
    .addOption(reasonOption())
    .addOption(new Option('--detach', 'do not follow: exit 7 as soon as it is taken'))
    .addOption(
      new Option('--timeout <duration>', 'follow at most this long, then exit 7').argParser(
        durationArgument,
      ),
    )
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (issue: IssueKind, options: RemediateOptions) => {
      const { remediate } = await import('../actions/remediate.ts');
      context.finish(await remediate(issue, options, context.io));
    });
  addIssueCommand(program, context, {
    name: 'approve',
    description: 'Say yes to what was proposed for an issue.',
  });
  addIssueCommand(program, context, {
    name: 'dismiss',
    description: 'Close an issue: what is seen of it again is a new one.',
  });
}

/** A person's word on an issue that is known. */
function addIssueCommand(
  program: Command,
  context: CommandContext,
  { name, description }: { readonly name: 'approve' | 'dismiss'; readonly description: string },
): void {
  program
    .command(name)
    .description(description)
    .argument('<issue>', ISSUE)
    .addOption(environmentOption().makeOptionMandatory())
    .addOption(applicationOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (issue: string, options: IssueOptions) => {
      const commands = await import('../actions/issue-commands.ts');
      context.finish(await commands[name](issue, options, context.io));
    });
}
