import type { ComponentSnapshot } from '@fairlead/contracts';
import { digest } from './digest.ts';
import { templateImages, withImages } from './images.ts';
import type { PodTemplate } from './objects.ts';

/** `old`: as recorded. `new`: as recorded, but with the wanted images. `edited`: someone else was here. */
export type TemplateState = 'old' | 'new' | 'edited';

export function templateState(
  template: PodTemplate,
  { images, templateDigest }: ComponentSnapshot,
): TemplateState {
  if (digest(withImages(template, images, 'from')) !== templateDigest) return 'edited';
  const has = (which: 'from' | 'to') => hasImages(template, images, which);
  if (has('from')) return 'old';
  return has('to') ? 'new' : 'edited';
}

/** Whether each named container has the image that the change ends with (`to`) or begins with (`from`). */
export function hasImages(
  template: PodTemplate,
  images: ComponentSnapshot['images'],
  which: 'from' | 'to',
): boolean {
  const found = templateImages(template);
  return images.every((change) =>
    found.some(
      (one) =>
        one.init === change.init &&
        one.container === change.container &&
        one.image === change[which],
    ),
  );
}
