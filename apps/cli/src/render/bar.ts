import type { Style } from './style.ts';

/** Wide enough to tell 5 % from 10 %. */
const WIDTH = 20;

/** `━━━━────────────────  20% (real 25%)`: what was wanted, and what is there where that differs. */
export function weightBar(
  weight: { readonly wanted: number; readonly real?: number },
  style: Style,
): string {
  const filled = Math.round((clamp(weight.wanted) / 100) * WIDTH);
  const bar = style.cyan('━'.repeat(filled)) + style.dim('─'.repeat(WIDTH - filled));
  const real =
    weight.real === undefined || weight.real === weight.wanted
      ? ''
      : style.yellow(` (real ${weight.real}%)`);
  return `${bar} ${String(weight.wanted).padStart(3)}%${real}`;
}

function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
