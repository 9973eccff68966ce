/** Of thresholds, and of legends that have a colour of their own. */
export const COLORS = { red: '#d44a4a', yellow: '#c79a1a', green: '#3d9a50' } as const;
