import type { CanaryStep } from '@fairlead/contracts';
import { formatDuration, parseDuration } from '../duration.ts';
import type { Origin } from '../origin.ts';
import type { ConfigEntry } from '../interpret/context.ts';
import { countCharacters } from '../secret.ts';
import type { Chosen } from './chosen.ts';
import type { ChosenComponent } from './plan-components.ts';
import type { PlanFlags } from './plan-flags.ts';
import type { PlanChoices } from './resolve-plan.ts';

interface PlanEntriesInput {
  readonly flags: PlanFlags;
  readonly components: readonly ChosenComponent[];
  readonly choices: PlanChoices;
}

/** A plan's values for `config show`, in the order of the file. */
export function planEntries({ flags, components, choices }: PlanEntriesInput): ConfigEntry[] {
  const { traffic, steps, ...others } = choices;
  const single = {
    ...others,
    progressDeadline: inOneForm(others.progressDeadline),
    bake: inOneForm(others.bake),
    expectedDuration: inOneForm(others.expectedDuration),
  };
  const { router } = traffic.value;
  const stepList = steps.value.map(describeStep).join(', ');
  return [
    entry('environment', { value: flags.environment, origin: ENVIRONMENT_FLAG }),
    ...Object.entries(single).map(([path, chosen]) => entry(path, chosen)),
    ...components.flatMap(({ component: { name, image }, nameOrigin, imageOrigin }, index) => [
      entry(`components[${index}].name`, { value: name, origin: nameOrigin }),
      entry(`components[${index}].image`, { value: image, origin: imageOrigin }),
    ]),
    ...(single.type.value === 'rolling'
      ? []
      : [
          entry('canary.traffic.router', { value: router, origin: traffic.origin }),
          entry('canary.steps', { value: stepList, origin: steps.origin }),
        ]),
  ];
}

/** However a file writes it: 600s beside 10m would look like two things. */
function inOneForm(chosen: Chosen<string>): Chosen<string> {
  if (chosen.origin.kind === 'variable') return chosen;
  return { ...chosen, value: formatDuration(parseDuration(chosen.value) ?? 0) };
}

const ENVIRONMENT_FLAG: Origin = { kind: 'flag', flag: '--environment' };

/** What came in by a variable is described, as everywhere. */
function entry(path: string, { value, origin }: Chosen<string | boolean>): ConfigEntry {
  const at = { path, secret: false, origin };
  return origin.kind === 'variable'
    ? { ...at, shown: `(${countCharacters(String(value))})` }
    : { ...at, shown: JSON.stringify(value), value };
}

function describeStep(step: CanaryStep): string {
  switch (step.kind) {
    case 'weight':
      return `weight ${step.weight}`;
    case 'pause':
      return `pause ${formatDuration(step.durationMs)}`;
    case 'approval':
      return 'approval';
  }
}
