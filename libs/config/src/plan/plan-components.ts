import type { PlannedComponent } from '@fairlead/contracts';
import type { Origin } from '../origin.ts';
import { placeOf } from '../problem.ts';
import type { ProblemList } from '../problem.ts';
import type { ComponentSettings } from '../schema/deployment.ts';
import { flagProblem } from './check-flags.ts';
import type { OriginLookup } from './chosen.ts';
import type { FlagComponent } from './plan-flags.ts';

interface ComponentsInput {
  readonly fromFile: readonly ComponentSettings[];
  readonly fromFlags: readonly FlagComponent[];
  readonly originAt: OriginLookup;
}

export interface ChosenComponent {
  readonly component: PlannedComponent;
  readonly nameOrigin: Origin;
  readonly imageOrigin: Origin;
}

/** The file's components, with the images that flags give; then those that only flags name. */
export function planComponents(
  { fromFile, fromFlags, originAt }: ComponentsInput,
  problems: ProblemList,
): ChosenComponent[] {
  const images = new Map(fromFlags.map(({ name, image }) => [name, image]));
  const known = fromFile.flatMap((settings, index) => {
    const flagImage = images.get(settings.name);
    const image = flagImage ?? settings.image;
    const nameOrigin = originAt(`components[${index}].name`);
    if (image === undefined) {
      reportNoImage({ name: settings.name, origin: nameOrigin }, problems);
      return [];
    }
    const imageOrigin = flagImage === undefined ? originAt(`components[${index}].image`) : FLAG;
    return [{ component: toPlanned(settings, image), nameOrigin, imageOrigin }];
  });
  const names = new Set(fromFile.map(({ name }) => name));
  const added = fromFlags
    .filter(({ name }) => !names.has(name))
    .map(({ name, image }) => ({
      component: { name, workload: name, image, after: [] },
      nameOrigin: FLAG,
      imageOrigin: FLAG,
    }));
  if (fromFile.length === 0 && added.length === 0) reportNone(problems);
  const workloads = new Set(fromFile.map(({ name, deployment = name }) => deployment));
  for (const { component } of added) {
    if (workloads.has(component.name)) reportSameWorkload(component.name, problems);
  }
  return [...known, ...added];
}

const FLAG: Origin = { kind: 'flag', flag: '--component' };

function toPlanned(
  { name, deployment = name, containers, after = [] }: ComponentSettings,
  image: string,
): PlannedComponent {
  return {
    name,
    workload: deployment,
    image,
    ...(containers === undefined ? {} : { containers }),
    after,
  };
}

function reportNoImage(
  { name, origin }: { name: string; origin: Origin },
  problems: ProblemList,
): void {
  const place = 'file' in origin ? placeOf(origin) : {};
  const shown = origin.kind === 'variable' ? 'NAME' : name;
  const message = `component ${shown} has no image; add image to the file, or give --component ${shown}=IMAGE`;
  problems.add({ ...flagProblem('--component', message), code: 'missing', ...place });
}

function reportSameWorkload(name: string, problems: ProblemList): void {
  const message = `another component of the file has the Kubernetes Deployment ${name}; give the image under that component's name`;
  problems.add(flagProblem('--component', message));
}

function reportNone(problems: ProblemList): void {
  const message = 'nothing to deploy; give --component NAME=IMAGE, or components in a file';
  problems.add({ ...flagProblem('--component', message), code: 'missing' });
}
