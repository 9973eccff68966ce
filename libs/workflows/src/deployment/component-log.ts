import type {
  ComponentPhase,
  ComponentRecord,
  ComponentSnapshot,
  DeploymentPlan,
  ObservedComponent,
} from '@fairlead/contracts';

/** Phases in which a component is changed. */
const CHANGING: readonly ComponentPhase[] = ['deploying', 'canary', 'promoting'];
const ENDED: readonly ComponentPhase[] = ['done', 'restored', 'failed'];

type Known = Omit<ComponentRecord, 'name' | 'image' | 'previousImage'>;

interface Entry {
  readonly phase: ComponentPhase;
  readonly realWeight?: number;
  readonly readySeconds?: number;
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/** What has become of each component of a run, and how long it took. */
export class ComponentLog {
  private readonly entries = new Map<string, Entry>();

  enter(name: string, phase: ComponentPhase, nowMs: number): void {
    const { untilMs: _before, ...entry } = this.entry(name);
    const since = entry.sinceMs === undefined && CHANGING.includes(phase) ? { sinceMs: nowMs } : {};
    const until = ENDED.includes(phase) ? { untilMs: nowMs } : {};
    this.entries.set(name, { ...entry, phase, ...since, ...until });
  }

  observe({ component, weight, readySeconds }: ObservedComponent): void {
    const entry = this.entry(component);
    const slowest = Math.max(readySeconds ?? 0, entry.readySeconds ?? 0);
    this.entries.set(component, {
      ...entry,
      realWeight: weight,
      ...(readySeconds === undefined ? {} : { readySeconds: slowest }),
    });
  }

  of(name: string): Known {
    const { sinceMs, untilMs, ...known } = this.entry(name);
    if (sinceMs === undefined || untilMs === undefined) return known;
    return { ...known, seconds: Math.max(0, untilMs - sinceMs) / 1_000 };
  }

  /** As the record shows them: in the plan's order. */
  records(
    { components }: Pick<DeploymentPlan, 'components'>,
    snapshot: readonly Pick<ComponentSnapshot, 'name' | 'previousImage'>[],
  ): readonly ComponentRecord[] {
    const before = new Map(snapshot.map(({ name, previousImage }) => [name, previousImage]));
    return components.map(({ name, image }) => {
      const previousImage = before.get(name);
      return {
        name,
        image,
        ...(previousImage === undefined ? {} : { previousImage }),
        ...this.of(name),
      };
    });
  }

  private entry(name: string): Entry {
    return this.entries.get(name) ?? { phase: 'waiting' };
  }
}
