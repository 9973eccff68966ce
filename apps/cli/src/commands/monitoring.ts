import { Option } from 'commander';
import type { Command } from 'commander';
import type { ProvisionVerb } from '@fairlead/contracts';
import type { CommandContext } from '../program.ts';
import { configOption, jsonOption } from './options.ts';

export interface ProvisionOptions {
  readonly system?: string;
  readonly force?: true;
  readonly removeDuplicates?: true;
  readonly config?: readonly string[];
}

export interface ExportOptions {
  readonly system: 'prometheus' | 'grafana' | 'datadog';
  readonly out: string;
  readonly datasource?: string;
  readonly config?: readonly string[];
}

const PROVISION_HELP = `
A worker does it, with its own credentials; the configuration here says which systems there are. What people made is
never touched; what a person edited of ours stays, unless --force.
Exit codes: 0 done, 2 configuration or credentials are wrong, 6 Temporal, a worker or the system is out of reach.`;

const EXPORT_HELP = `
Examples:
  fairlead monitoring export --system prometheus --out rules/
  fairlead monitoring export --system grafana --out grafana/ --datasource my-prometheus

Needs no network and no credentials. prometheus: rules.yaml. grafana: dashboard-<uid>.json and alert-rules.json for its
API, provisioning/ for its file provisioning. datadog: dashboard-<name>.json, monitor-<name>.json.`;

const VERBS: Readonly<Record<ProvisionVerb, string>> = {
  plan: 'Show what apply would do; changes nothing.',
  apply: 'Create and update dashboards and alerts; says first what, and then what was done.',
  remove: 'Take away all dashboards and alerts of ours, and nothing else.',
};

export function addMonitoring(program: Command, context: CommandContext): void {
  const monitoring = program
    .command('monitoring')
    .description('Dashboards and alerts in Datadog, Grafana and Prometheus.');
  for (const [verb, description] of Object.entries(VERBS) as [ProvisionVerb, string][]) {
    addVerb(monitoring, { verb, description }, context);
  }
  monitoring
    .command('export')
    .description('Write dashboards and alerts as files, for those who keep them in Git.')
    .addOption(
      new Option('--system <name>', 'which system')
        .choices(['prometheus', 'grafana', 'datadog'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <directory>', 'where; made when it is not there')
    .option(
      '--datasource <uid>',
      'of grafana: the Prometheus that its rules ask (default: fairlead-prometheus)',
    )
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', EXPORT_HELP)
    .action(async (options: ExportOptions) => {
      const { monitoringExport } = await import('../actions/monitoring-export.ts');
      context.finish(await monitoringExport(options, context.io));
    });
}

function addVerb(
  monitoring: Command,
  { verb, description }: { readonly verb: ProvisionVerb; readonly description: string },
  context: CommandContext,
): void {
  const command = monitoring
    .command(verb)
    .description(description)
    .addOption(
      new Option('--system <name>', 'only this one (default: all that are configured)').choices([
        'datadog',
        'grafana',
      ]),
    );
  if (verb !== 'remove') {
    command
      .option('--force', 'over what a person edited')
      .option('--remove-duplicates', 'of ours: all but the oldest');
  }
  command
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', PROVISION_HELP)
    .action(async (options: ProvisionOptions) => {
      const { monitoringProvision } = await import('../actions/monitoring-provision.ts');
      context.finish(await monitoringProvision(verb, options, context.io));
    });
}
