import type { ImageChange, PlannedComponent } from '@fairlead/contracts';
import { imageRepository, templateImages } from '../images.ts';
import type { PodTemplate } from '../objects.ts';

export type FoundImages =
  | { readonly images: readonly ImageChange[]; readonly previousImage: string }
  | { readonly mismatch: string };

/** Every container whose image is of the wanted repository, or those that the component names. */
export function findImages(template: PodTemplate, component: PlannedComponent): FoundImages {
  const all = templateImages(template);
  const { image, containers } = component;
  const missing = containers?.filter((name) => !all.some((one) => one.container === name)) ?? [];
  const wanted = imageRepository(image);
  const taken = all.filter((one) =>
    containers === undefined
      ? imageRepository(one.image) === wanted
      : containers.includes(one.container),
  );
  const [first] = taken.filter((one) => !one.init).concat(taken);
  if (missing.length > 0 || first === undefined) {
    const have = all.map((one) => `${one.container} (${one.image})`).join(', ');
    const why =
      missing.length > 0
        ? `has no container ${missing.join(', ')}`
        : `has no container with an image of ${wanted}`;
    return {
      mismatch: `${component.workload} ${why}; it has ${have}. Correct the image, or name the containers`,
    };
  }
  const images = taken
    .filter((one) => one.image !== image)
    .map(({ container, init, image: from }) => ({ container, init, from, to: image }));
  return { images, previousImage: first.image };
}
