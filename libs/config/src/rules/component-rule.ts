import { orderWaves } from '@fairlead/domain';
import { nearest } from '../nearest.ts';
import type { RuleInput } from '../schema/field-meta.ts';

interface GivenComponent {
  readonly name?: string;
  readonly deployment?: string;
  readonly after?: readonly (string | undefined)[];
}

/** Names are unique, no two components share a Kubernetes Deployment, and the order can be kept. */
export function componentRule(input: RuleInput): void {
  const components = input.value as readonly (GivenComponent | undefined)[];
  const unique = reportTwins(components, input, {
    keyOf: (component) => component.name,
    at: 'name',
    what: 'a component of this name',
  });
  reportTwins(components, input, {
    keyOf: (component) => component.deployment ?? component.name,
    at: 'deployment',
    what: 'a component of this Kubernetes Deployment',
  });
  const known = reportUnknown(components, input);
  if (unique && known) reportCycle(components, input);
}

interface TwinSearch {
  readonly keyOf: (component: GivenComponent) => string | undefined;
  readonly at: string;
  readonly what: string;
}

function reportTwins(
  components: readonly (GivenComponent | undefined)[],
  { has, report }: RuleInput,
  { keyOf, at, what }: TwinSearch,
): boolean {
  const seen = new Map<string, number>();
  let unique = true;
  for (const [index, component] of components.entries()) {
    const key = component && keyOf(component);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
    } else if (at === 'name' || has([index, at]) || has([first, at])) {
      unique = false;
      report(
        has([index, at]) ? [index, at] : [index],
        `${what} is there already: components[${first}]`,
      );
    }
  }
  return unique;
}

function reportUnknown(
  components: readonly (GivenComponent | undefined)[],
  { report, show }: RuleInput,
): boolean {
  const names = components.flatMap((component) => component?.name ?? []);
  // One whose name does not fit was reported itself, and may be the one that is meant.
  if (names.length < components.length) return false;
  const shown = components.map((_, index) => show([index, 'name']));
  let known = true;
  for (const [index, component] of components.entries()) {
    for (const [place, name] of (component?.after ?? []).entries()) {
      if (name === undefined || names.includes(name)) continue;
      known = false;
      const near = nearest(name, shown);
      const hint = near === undefined ? `components: ${shown.join(', ')}` : `did you mean ${near}?`;
      report([index, 'after', place], `no component of this name; ${hint}`);
    }
  }
  return known;
}

function reportCycle(
  components: readonly (GivenComponent | undefined)[],
  { report, show }: RuleInput,
): void {
  const order = orderWaves(
    components.flatMap((component) =>
      component?.name === undefined
        ? []
        : [{ name: component.name, after: (component.after ?? []).filter((n) => n !== undefined) }],
    ),
  );
  if (!('cycle' in order)) return;
  const indexes = order.cycle.map((name) => components.findIndex((given) => given?.name === name));
  const names = indexes.map((index) => show([index, 'name']));
  report([indexes[0] ?? 0, 'after'], `these components wait for each other: ${names.join(' → ')}`);
}
