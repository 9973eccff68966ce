import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** Tried in this order where FAIRLEAD_BROWSER names none. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const DEADLINE_MS = 60_000;
/** Of the page's own clock, so that what its scripts draw is there. */
const DRAWN_MS = 2_000;
/** Nothing is asked of anybody: a page is all that it needs. */
const ALONE = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export interface Picture {
  /** Of the file in docs/pictures, without `.png`. */
  readonly name: string;
  readonly html: string;
  /** Of the window, in pixels; what is below is cut off. */
  readonly size: readonly [width: number, height: number];
}

/**
 * Draws each page by a headless browser and answers the files.
 * @throws Error where there is no browser, or it takes no picture
 */
export function takePictures(pictures: readonly Picture[]): readonly string[] {
  const browser = findBrowser();
  const work = mkdtempSync(join(tmpdir(), 'fairlead-pictures-'));
  mkdirSync(FOLDER, { recursive: true });
  try {
    return pictures.map((picture) => take(picture, { browser, work }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function take(
  { name, html, size }: Picture,
  { browser, work }: { readonly browser: string; readonly work: string },
): string {
  const page = join(work, `${name}.html`);
  const file = join(FOLDER, `${name}.png`);
  writeFileSync(page, html);
  const { status, stderr } = spawnSync(
    browser,
    [
      ...ALONE,
      ...[`--user-data-dir=${join(work, 'profile')}`, `--window-size=${size.join(',')}`],
      ...[`--virtual-time-budget=${DRAWN_MS}`, `--screenshot=${file}`, pathToFileURL(page).href],
    ],
    { encoding: 'utf8', timeout: DEADLINE_MS },
  );
  if (status !== 0) throw new Error(`${browser} took no picture of ${name}: ${stderr.slice(-500)}`);
  return file;
}

function findBrowser(): string {
  const named = process.env['FAIRLEAD_BROWSER'];
  const found = [...(named === undefined ? [] : [named]), ...BROWSERS].find(
    (one) => spawnSync(one, ['--version']).status === 0,
  );
  if (found !== undefined) return found;
  throw new Error(
    `there is no browser (${BROWSERS.join(', ')}); install one or name it in FAIRLEAD_BROWSER`,
  );
}
