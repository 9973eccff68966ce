import type { ImageChange } from '@fairlead/contracts';
import type { PodTemplate, TemplateContainer } from './objects.ts';

/** An image's repository in full, without tag and digest: `nginx:1` and `docker.io/library/nginx` are one. */
export function imageRepository(image: string): string {
  const [named = ''] = image.split('@');
  const path = named.split('/');
  const last = path.pop() ?? '';
  const [name = ''] = last.split(':');
  const repository = [...path, name];
  const [first = ''] = path;
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  if (first === 'index.docker.io') repository[0] = 'docker.io';
  if (!hasRegistry) repository.unshift('docker.io');
  if (repository[0] === 'docker.io' && repository.length === 2) repository.splice(1, 0, 'library');
  return repository.join('/');
}

export function hasTagOrDigest(image: string): boolean {
  return image.includes('@') || (image.split('/').at(-1) ?? '').includes(':');
}

export interface TemplateImage {
  readonly container: string;
  readonly init: boolean;
  readonly image: string;
}

export function templateImages(template: PodTemplate): TemplateImage[] {
  const list = (containers: readonly TemplateContainer[] = [], init: boolean) =>
    containers.map(({ name, image }) => ({ container: name, init, image }));
  return [...list(template.spec.initContainers, true), ...list(template.spec.containers, false)];
}

/** The template with the images of the named containers; all else, and all order, as it was. */
export function withImages(
  template: PodTemplate,
  images: readonly ImageChange[],
  which: 'from' | 'to',
): PodTemplate {
  const set = (containers: readonly TemplateContainer[], init: boolean) =>
    containers.map((container) => {
      const change = images.find((one) => one.init === init && one.container === container.name);
      return change === undefined ? container : { ...container, image: change[which] };
    });
  const { spec } = template;
  return {
    ...template,
    spec: {
      ...spec,
      ...(spec.initContainers === undefined
        ? {}
        : { initContainers: set(spec.initContainers, true) }),
      containers: set(spec.containers, false),
    },
  };
}

export function swapImages(images: readonly ImageChange[]): ImageChange[] {
  return images.map((image) => ({ ...image, from: image.to, to: image.from }));
}
