// The types of the library in one file, and the report of its surface, by API Extractor of what TypeScript declares.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const ROOT = at('../..');
const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const OPTIONS = {
  ...{ target: 'es2024', lib: ['es2024'], module: 'nodenext', moduleResolution: 'nodenext' },
  ...{ strict: true, skipLibCheck: true, types: ['node'] },
  typeRoots: [join(ROOT, 'node_modules/@types')],
};

/** Committed: a change of it is a change of the library's surface. */
export const REPORT = at('./api/client.api.md');

/**
 * Answers `types`, the text of `index.d.ts`, and `report`, that of the surface as it is now.
 * Throws with what is wrong in words of TypeScript's.
 */
export async function describeSurface() {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-types-'));
  try {
    await declare(folder);
    const [types, report] = [join(folder, 'index.d.ts'), join(folder, 'client.api.md')];
    extract(folder, types);
    return { types: await readFile(types, 'utf8'), report: await readFile(report, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of ours the contracts alone show on the surface. */
async function declare(folder) {
  const config = join(folder, 'tsconfig.json');
  await writeFile(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true },
        ...{ outDir: join(folder, 'declared'), rootDir: ROOT, typeRoots: OPTIONS.typeRoots },
      },
      files: ['libs/contracts/src/index.ts', 'libs/client/src/index.ts'].map((file) =>
        join(ROOT, file),
      ),
    }),
  );
  await promisify(execFile)(process.execPath, [join(TYPESCRIPT, 'bin/tsc'), '-p', config]).catch(
    ({ stdout, message }) => {
      throw new Error(stdout || message);
    },
  );
  const declared = join(folder, 'declared');
  for (const name of await readdir(declared, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const text = await readFile(join(declared, name), 'utf8');
    // As written they name the sources, which are not there.
    await writeFile(join(declared, name), text.replaceAll(/(['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
}

function extract(folder, types) {
  const entry = join(folder, 'declared/libs/client/src/index.d.ts');
  const contracts = join(folder, 'declared/libs/contracts/src/index.d.ts');
  const silent = { logLevel: ExtractorLogLevel.None };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: at('./package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: { ...OPTIONS, paths: { '@fairlead/contracts': [contracts] } },
          files: [entry],
        },
      },
      apiReport: {
        ...{ enabled: true, reportFileName: 'client.api.md' },
        ...{ reportFolder: folder, reportTempFolder: join(folder, 'temp') },
      },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: types },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          'ae-missing-release-tag': silent,
          'ae-undocumented': silent,
          // The type of a constant is told by the constant, which is none of the surface.
          'ae-forgotten-export': silent,
        },
        tsdocMessageReporting: { default: silent },
      },
    },
  });
  const problems = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      message.handled = true;
    },
  });
  if (!succeeded) throw new Error(problems.join('\n'));
}

/** Puts the report in its place. */
export async function keepReport(report) {
  await mkdir(dirname(REPORT), { recursive: true });
  await writeFile(REPORT, report);
}
