export const EVENT_PATHS = ['/events', '/events/github', '/events/flux'] as const;
export type EventPath = (typeof EVENT_PATHS)[number];

export function isEventPath(path: string): path is EventPath {
  return EVENT_PATHS.some((one) => one === path);
}
