const MARK = '… (cut) …';
/** Of a long list the end is its count, "12 of 60 components". */
const TAIL = 40;

/** By code points, from the middle, and the cut is named. `limit` is more than the tail and the mark. */
export function cut(text: string, limit: number): string {
  const points = Array.from(text);
  if (points.length <= limit) return text;
  const head = points.slice(0, limit - TAIL - MARK.length);
  return [...head, MARK, ...points.slice(-TAIL)].join('');
}
