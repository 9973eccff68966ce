import type { ConfigEntry, ShownValue } from '../interpret/context.ts';
import type { FullConfig, LoadedConfig } from '../load/load-config.ts';
import type { ResolvedPlan } from '../plan/resolve-plan.ts';
import { describeOrigin } from '../origin.ts';
import type { Origin } from '../origin.ts';
import type { ConfigProblem } from '../problem.ts';

export interface ConfigDescription {
  /** One line a value, its origin after `#`. */
  readonly text: string;
  readonly json: ConfigDescriptionJson;
}

interface ConfigDescriptionJson {
  readonly files: readonly string[];
  readonly values: readonly DescribedValue[];
  /** What a deployment would have, where one was asked about. */
  readonly plan?: readonly DescribedValue[];
  /** Blocks that are switched off. */
  readonly off: readonly string[];
  readonly warnings: readonly ConfigProblem[];
}

interface DescribedValue {
  readonly path: string;
  /** Absent where only a description may be shown. */
  readonly value?: ShownValue;
  /** `(secret, 41 characters, from SLACK_WEBHOOK_URL)` */
  readonly description?: string;
  readonly origin: Origin;
}

interface DescribeInput {
  readonly config: Pick<FullConfig | LoadedConfig<never>, 'entries' | 'files' | 'off' | 'warnings'>;
  readonly plan?: ResolvedPlan;
}

/** What `fairlead config show` prints: every value with its origin, secrets and variables' values described. */
export function describeConfig({ config, plan }: DescribeInput): ConfigDescription {
  const { entries, files, off, warnings } = config;
  const lines = [
    ...entries.map((entry) => renderEntry(entry)),
    ...(plan?.entries ?? []).map((entry) => renderEntry(entry, 'plan.')),
  ];
  return {
    text: lines.join('\n'),
    json: {
      files,
      values: entries.map(toDescribed),
      ...(plan === undefined ? {} : { plan: plan.entries.map(toDescribed) }),
      off,
      warnings: plan?.warnings ?? warnings,
    },
  };
}

function renderEntry({ path, shown, origin }: ConfigEntry, prefix = ''): string {
  return `${prefix}${path}: ${shown}  # ${describeOrigin(origin)}`;
}

function toDescribed({ path, value, shown, origin }: ConfigEntry): DescribedValue {
  return { path, ...(value === undefined ? { description: shown } : { value }), origin };
}
