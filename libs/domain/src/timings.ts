import type {
  ComponentTiming,
  ComponentTotals,
  DeploymentRecord,
  DeploymentType,
  PhaseTotals,
  SecondsTotal,
  Timings,
  TimingTotals,
} from '@fairlead/contracts';

/** Names of components that a target counts; beyond them its memo would grow without end. */
const COMPONENTS_COUNTED = 50;

const NONE: TimingTotals = { phases: {}, components: {} };

/** Where the time of an ended run went; made of its record alone. */
export function timingsOf({
  phaseSeconds = {},
  components,
  outcome,
  finishedAt,
  error,
}: Pick<
  DeploymentRecord,
  'phaseSeconds' | 'components' | 'outcome' | 'finishedAt' | 'error'
>): Timings {
  const since = error?.doom?.since;
  return {
    phases: phaseSeconds,
    components: components.flatMap(({ name, seconds, readySeconds }) =>
      seconds === undefined
        ? []
        : [{ name, seconds, ...(readySeconds === undefined ? {} : { readySeconds }) }],
    ),
    ...(since === undefined || error?.at === undefined
      ? {}
      : { detectSeconds: secondsBetween(since, error.at) }),
    ...(since === undefined || finishedAt === undefined || outcome !== 'rolled-back'
      ? {}
      : { safeSeconds: secondsBetween(since, finishedAt) }),
  };
}

/** Clocks of a cluster and of Temporal differ. */
function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}

/** Adds one ended run. */
export function addTimings(
  before: TimingTotals = NONE,
  type: DeploymentType,
  { phases, components, detectSeconds, safeSeconds }: Timings,
): TimingTotals {
  return {
    phases: { ...before.phases, [type]: addPhases(before.phases[type], phases) },
    components: components.reduce(addComponent, before.components),
    ...optional('detect', add(before.detect, detectSeconds)),
    ...optional('safe', add(before.safe, safeSeconds)),
  };
}

function addPhases(before: PhaseTotals = {}, phases: Timings['phases']): PhaseTotals {
  const added = Object.entries(phases).map(([phase, seconds]) =>
    optional(phase, add(before[phase as keyof PhaseTotals], seconds)),
  );
  return Object.assign({}, before, ...added) as PhaseTotals;
}

function addComponent(
  before: TimingTotals['components'],
  { name, seconds, readySeconds }: ComponentTiming,
): TimingTotals['components'] {
  const known: ComponentTotals | undefined = before[name];
  if (known === undefined && Object.keys(before).length >= COMPONENTS_COUNTED) return before;
  return {
    ...before,
    [name]: {
      ...optional('duration', add(known?.duration, seconds)),
      ...optional('ready', add(known?.ready, readySeconds)),
    },
  };
}

function add(
  before: SecondsTotal | undefined,
  seconds: number | undefined,
): SecondsTotal | undefined {
  if (seconds === undefined || Number.isNaN(seconds)) return before;
  return { count: (before?.count ?? 0) + 1, secondsSum: (before?.secondsSum ?? 0) + seconds };
}

function optional<Key extends string>(
  key: Key,
  total: SecondsTotal | undefined,
): Partial<Record<Key, SecondsTotal>> {
  return total === undefined ? {} : ({ [key]: total } as Record<Key, SecondsTotal>);
}
