import type { ClusterChange, ComponentSnapshot, Doom } from '@fairlead/contracts';
import { dropComponents, openComponents, orderWaves, planUndo } from '@fairlead/domain';
import { applyUndo } from './cluster-calls.ts';
import { reasonOf } from './reason-of.ts';
import type { Run } from './run.ts';

/** A component that could not be put back, and why. */
export interface Stuck {
  readonly component: string;
  readonly why: string;
}

interface UndoOptions {
  /** Its pods are gone or doomed: what is removed first, since nothing can be waited for. */
  readonly doom?: Doom | undefined;
  /** Component that is left as it is: a simulated failure. */
  readonly leave?: string | undefined;
  /** The run brings its own images at once: what they replace need not come up again first. */
  readonly replaced?: boolean;
}

/**
 * The way back: components of the last wave first, those of one wave side by side, each on its own so that one that
 * is stuck does not hold the others. Call it in a non-cancellable scope.
 */
export async function undo(
  run: Run,
  { doom, leave, replaced = false }: UndoOptions,
): Promise<Stuck[]> {
  const stuck: Stuck[] = [];
  for (const wave of wavesBack(run)) {
    const results = await Promise.all(
      wave.map((component) =>
        component.name === leave
          ? Promise.resolve({ component: component.name, why: 'failure simulated at rollback' })
          : undoComponent(run, component, { doom, replaced }),
      ),
    );
    stuck.push(...results.filter((result) => result !== undefined));
  }
  return stuck;
}

function wavesBack(run: Run): ComponentSnapshot[][] {
  const open = openComponents(run.stack);
  const after = new Map(run.input.plan.components.map((one) => [one.name, one.after]));
  const order = orderWaves(open.map(({ name }) => ({ name, after: after.get(name) ?? [] })));
  const waves = 'cycle' in order ? [open.map(({ name }) => name)] : order.waves;
  return waves.reverse().map((names) => open.filter(({ name }) => names.includes(name)));
}

async function undoComponent(
  run: Run,
  component: ComponentSnapshot,
  { doom, replaced }: Required<Pick<UndoOptions, 'doom' | 'replaced'>>,
): Promise<Stuck | undefined> {
  const { name } = component;
  const removeCanaryFirst = doom?.side === 'canary' && doom.component === name;
  try {
    const list = planUndo(run.stack, component, { removeCanaryFirst });
    const changes = replaced && isReplaced(run, component, list) ? unawaited(list) : list;
    const result = await applyUndo(run, [changes], `put back ${name}`);
    run.observe(result.observed);
    if (result.doom !== undefined) {
      run.setComponents([component], 'failed');
      return { component: name, why: `${result.doom.reason}: ${result.doom.message}` };
    }
  } catch (error) {
    run.setComponents([component], 'failed');
    return { component: name, why: reasonOf(error) };
  }
  run.stack = dropComponents(run.stack, [name]);
  run.setComponents([component], 'restored');
  return undefined;
}

/** Only images are put back, and others are wanted: while a canary or a route stands, traffic needs the old pods. */
function isReplaced(
  { input }: Run,
  { name, previousImage }: ComponentSnapshot,
  list: readonly ClusterChange[],
): boolean {
  const wanted = input.plan.components.find((component) => component.name === name);
  const onlyImages = list.every(({ kind }) => kind === 'images' || kind === 'await');
  return onlyImages && wanted !== undefined && wanted.image !== previousImage;
}

function unawaited(list: readonly ClusterChange[]): ClusterChange[] {
  return list.filter(({ kind }) => kind !== 'await');
}
