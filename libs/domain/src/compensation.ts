import type { ClusterChange, ComponentSnapshot } from '@fairlead/contracts';

/** The rollback stack: inverse changes, oldest first, one of a kind for each component. */
export type CompensationStack = readonly ClusterChange[];

/** What must be pushed before `changes` are made, so that a crash in their middle can be undone. */
export function pushCompensations(
  stack: CompensationStack,
  changes: readonly ClusterChange[],
): CompensationStack {
  const next = [...stack];
  for (const change of changes) {
    const inverse = invert(change);
    if (inverse !== undefined && !next.some((known) => sameObject(known, inverse))) {
      next.push(inverse);
    }
  }
  return next;
}

function invert(change: ClusterChange): ClusterChange | undefined {
  const { component } = change;
  switch (change.kind) {
    case 'canary':
      return { kind: 'remove-canary', component };
    case 'scale':
      return { kind: 'scale', component, replicas: component.replicas, from: change.from };
    case 'images':
      return { kind: 'images', component, to: change.to === 'new' ? 'old' : 'new' };
    case 'route':
      return { kind: 'route', component, weight: 0 };
    case 'await':
    case 'remove-canary':
      return undefined;
  }
}

function sameObject(a: ClusterChange, b: ClusterChange): boolean {
  return a.kind === b.kind && a.component.name === b.component.name;
}

/**
 * The way back for one component. A canary that serves keeps its share until the stable has its template and its
 * pods back; then the traffic returns and the canary goes. A bad one (`removeCanaryFirst`) serves nobody: traffic
 * first, and it is not kept while the stable grows.
 */
export function planUndo(
  stack: CompensationStack,
  component: ComponentSnapshot,
  { removeCanaryFirst }: { removeCanaryFirst: boolean },
): ClusterChange[] {
  const mine = stack.filter((change) => change.component.name === component.name);
  const find = (kind: ClusterChange['kind']) => mine.filter((change) => change.kind === kind);
  const images = find('images');
  const restore = [...images, ...find('scale')];
  const wait: ClusterChange[] =
    restore.length === 0
      ? []
      : [
          {
            kind: 'await',
            component,
            side: 'stable',
            replicas: component.replicas,
            images: restored(images),
          },
        ];
  return removeCanaryFirst
    ? [...find('route'), ...restore, ...find('remove-canary'), ...wait]
    : [...restore, ...wait, ...find('route'), ...find('remove-canary')];
}

function restored(images: readonly ClusterChange[]): 'new' | 'old' {
  const [first] = images;
  return first?.kind === 'images' ? first.to : 'old';
}

/** Components that the stack still holds, in the order in which they were first touched. */
export function openComponents(stack: CompensationStack): ComponentSnapshot[] {
  const seen = new Map<string, ComponentSnapshot>();
  for (const { component } of stack) {
    if (!seen.has(component.name)) seen.set(component.name, component);
  }
  return [...seen.values()];
}

/** The stack without what was undone for these components. */
export function dropComponents(
  stack: CompensationStack,
  names: readonly string[],
): CompensationStack {
  return stack.filter((change) => !names.includes(change.component.name));
}
