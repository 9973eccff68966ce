import { DEPLOYMENT_TYPES } from '@fairlead/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { BusyPolicy } from '@fairlead/contracts';
import {
  choiceArgument,
  durationArgument,
  listArgument,
  nameArgument,
  requestIdArgument,
} from '../arguments.ts';

/** What a run does when the caller goes away. */
const CANCEL_POLICIES = ['detach', 'abort'] as const;
type CancelPolicy = (typeof CANCEL_POLICIES)[number];

/** The contract's, without what is not there yet. */
const BUSY_POLICIES = ['refuse', 'queue'] as const satisfies readonly BusyPolicy[];

export interface FollowOptions {
  readonly detach?: boolean;
  readonly timeout?: number;
  readonly onCancel: CancelPolicy;
  readonly report?: string;
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on stdout, all else on stderr');
}

export function configOption(): Option {
  return new Option(
    '-c, --config <file>',
    'configuration file; repeatable, later ones win (default: FAIRLEAD_CONFIG, or the one here)',
  ).argParser(listArgument);
}

export function environmentOption(): Option {
  return new Option(
    '-e, --environment <env>',
    'environment, as the configuration names it',
  ).argParser(nameArgument);
}

export function applicationOption(
  description = 'application (default: the configuration’s)',
): Option {
  return new Option('-a, --application <app>', description).argParser(nameArgument);
}

export function reasonOption(): Option {
  return new Option('--reason <text>', 'why; recorded and shown');
}

/** For pipelines; docs/pipelines.md. */
export function reportOption(): Option {
  return new Option(
    '--report <folder>',
    'write record.json, summary.md (Markdown) and result.env there; for pipelines',
  );
}

/** Of another tool's deployment: no strategy of ours, so every type may be said. */
export function typeOption(): Option {
  return new Option('--type <type>', 'how it is counted (default: rolling)')
    .choices(DEPLOYMENT_TYPES)
    .argParser(choiceArgument(DEPLOYMENT_TYPES, []));
}

export function busyOption(): Option {
  return new Option(
    '--on-busy <policy>',
    'when the target is busy (default: the configuration’s, or refuse)',
  )
    .choices(BUSY_POLICIES)
    .argParser(choiceArgument(BUSY_POLICIES, ['supersede']));
}

/** What `deploy` and `rollback` share: how to ask, and how to follow. */
export function addRequestOptions(command: Command): Command {
  return command
    .addOption(busyOption())
    .addOption(reasonOption())
    .addOption(
      new Option(
        '--request-id <id>',
        'becomes the deployment ID; repeating it never deploys twice (default: generated)',
      ).argParser(requestIdArgument),
    )
    .addOption(new Option('--detach', 'do not follow: exit 7 as soon as it is accepted'))
    .addOption(
      new Option('--timeout <duration>', 'follow at most this long, then exit 7').argParser(
        durationArgument,
      ),
    )
    .addOption(
      new Option('--on-cancel <policy>', 'what Ctrl-C does: leave it running, or abort it')
        .choices(CANCEL_POLICIES)
        .default('detach'),
    )
    .addOption(reportOption())
    .addOption(jsonOption());
}
