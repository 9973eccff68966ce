// `npm run messages`: writes docs/messages.md; with `-- --pictures` its pictures too, for which a browser is needed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { takePictures } from '../pictures/take-picture.ts';
import { messagesPage } from './page.ts';
import { messagePictures } from './pictures.ts';

const PAGE = fileURLToPath(new URL('../../docs/messages.md', import.meta.url));

writeFileSync(PAGE, messagesPage());
const pictures = process.argv.includes('--pictures') ? takePictures(messagePictures()) : [];
process.stdout.write(`${[PAGE, ...pictures].join('\n')}\n`);
