/** As much as it takes in a payload, or less: what is not ASCII counts as one. */
export function bytesOf(value: unknown): number {
  return JSON.stringify(value).length;
}
