/** Writes what of `deploy/compose` is exported: `node tools/compose/write.ts` */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WRITTEN_FOLDERS, writtenFiles } from './written-files.ts';

const COMPOSE = join(import.meta.dirname, '../../deploy/compose');

// Made first, so that nothing is lost when it cannot be.
const files = await writtenFiles();
for (const folder of WRITTEN_FOLDERS) {
  await rm(join(COMPOSE, folder), { recursive: true, force: true });
}
for (const [name, text] of files) {
  const file = join(COMPOSE, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`deploy/compose/${name}\n`);
}
