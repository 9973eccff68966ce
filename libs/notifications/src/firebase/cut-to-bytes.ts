const MARK = '… (cut)';

/** Bytes of a text inside JSON, in UTF-8, without its quotes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** As many whole code points as fit in so many bytes of JSON; the cut is named. */
export function cutToBytes(text: string, limit: number): string {
  if (jsonBytes(text) <= limit) return text;
  let left = limit - jsonBytes(MARK);
  let kept = '';
  for (const point of text) {
    left -= jsonBytes(point);
    if (left < 0) break;
    kept += point;
  }
  return kept + MARK;
}
