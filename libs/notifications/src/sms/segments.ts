// 3GPP TS 23.038 §6.2.1: a character of the extension takes two places. One segment holds 140 bytes; each of
// several gives up six of them to be put together again.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');
const GSM = { alone: 160, joined: 153 };
const UCS2 = { alone: 70, joined: 67 };

/** Whether every character has a place in the alphabet that fits most into a segment. */
export function isGsm(text: string): boolean {
  return Array.from(text).every((point) => BASIC.has(point) || EXTENSION.has(point));
}

/** How many segments are sent, and billed. No character is split between two. */
export function segmentsOf(text: string): number {
  const gsm = isGsm(text);
  const { alone, joined } = gsm ? GSM : UCS2;
  const places = Array.from(text, (point) => (gsm ? (EXTENSION.has(point) ? 2 : 1) : point.length));
  if (places.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  let segments = 1;
  let used = 0;
  for (const size of places) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
