import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sampleDelivery } from '@fairlead/notifications';
import type { MailBody, SlackBody } from './bodies.ts';
import { allDestinations } from './destinations.ts';
import { slackPage } from './slack-page.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** Tried in this order where FAIRLEAD_BROWSER names none. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const DEADLINE_MS = 60_000;

interface Picture {
  readonly name: string;
  readonly html: string;
  /** Of the window, in pixels; what is below is cut off. */
  readonly size: readonly [width: number, height: number];
}

/** @throws Error where there is no browser, or it takes no picture */
export function takePictures(): readonly string[] {
  const browser = findBrowser();
  const work = mkdtempSync(join(tmpdir(), 'fairlead-pictures-'));
  mkdirSync(FOLDER, { recursive: true });
  try {
    return pictures().map((picture) => take(picture, { browser, work }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function pictures(): readonly Picture[] {
  const mail = bodyFor('firebase:mail') as MailBody;
  const slack = bodyFor('slack') as SlackBody;
  return [
    { name: 'mail-deployment-failed', html: mail.message.html, size: [720, 450] },
    { name: 'slack-deployment-failed', html: slackPage(slack), size: [620, 515] },
  ];
}

function bodyFor(name: string): unknown {
  const destination = allDestinations().find((one) => one.name === name);
  const delivery = sampleDelivery('deployment-failed', { destination: name });
  return destination?.preview?.(delivery)[0]?.body;
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
      ...['--headless', '--disable-gpu', '--no-sandbox', '--hide-scrollbars'],
      ...[`--user-data-dir=${join(work, 'profile')}`, `--window-size=${size.join(',')}`],
      ...[`--screenshot=${file}`, pathToFileURL(page).href],
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
    `there is no browser (${BROWSERS.join(', ')}); install one or name it in FAIRLEAD_BROWSER. The page itself is written.`,
  );
}
