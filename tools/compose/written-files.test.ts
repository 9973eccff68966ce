import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readText, readYaml, ROOT } from './compose-file.ts';
import { WRITTEN_FOLDERS, writtenFiles } from './written-files.ts';

it('is what deploy/compose holds; `node tools/compose/write.ts` writes it anew', async () => {
  const written = await writtenFiles();

  expect(written.size).toBeGreaterThan(5);
  for (const [name, text] of written) {
    expect(readText(`deploy/compose/${name}`)).toBe(text);
  }
});

it('leaves no dashboard of old in the folders that it writes', async () => {
  const written = [...(await writtenFiles()).keys()];

  for (const folder of WRITTEN_FOLDERS) {
    const present = readdirSync(join(ROOT, 'deploy/compose', folder), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
    const wanted = written.filter((name) => name.startsWith(`${folder}/`));
    expect(present.sort()).toEqual(wanted.map((name) => `deploy/compose/${name}`).sort());
  }
});

it('marks no rule for paging as long as the configuration gives the page to Fairlead', async () => {
  const config = readYaml('deploy/compose/fairlead/fairlead.yaml') as {
    notification: { page_owner?: string };
  };

  expect(config.notification.page_owner ?? 'fairlead').toBe('fairlead');
  expect((await writtenFiles()).get('prometheus/rules.yaml')).not.toContain('page:');
});
