import type { SlackBlock, SlackBody } from './bodies.ts';

const STYLE = `
  body { margin: 0; padding: 20px; font: 15px/1.46 Lato, Arial, Helvetica, sans-serif; color: #1d1c1d }
  h3 { margin: 0 0 8px; font-size: 18px }
  p { margin: 0 0 8px }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin-bottom: 8px }
  .fields div { overflow-wrap: anywhere }
  .button { display: inline-block; padding: 4px 12px; border: 1px solid #bbb; border-radius: 4px; font-weight: bold; font-size: 13px }
  .context { margin-top: 8px; font-size: 13px; color: #616061 }
`;

/** Block Kit as Slack draws it, by and large: for a picture, not for people to rely on. */
export function slackPage({ blocks }: SlackBody): string {
  const body = blocks.map(drawn).join('\n');
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><style>${STYLE}</style></head>\n<body>\n${body}\n</body></html>\n`;
}

/** What Slack has escaped is escaped for HTML as well: both know the same three. */
function drawn(block: SlackBlock): string {
  switch (block.type) {
    case 'header':
      return `<h3>${escape(block.text.text)}</h3>`;
    case 'section':
      return [
        ...(block.text === undefined ? [] : [`<p>${mrkdwn(block.text.text)}</p>`]),
        ...(block.fields === undefined ? [] : [fields(block.fields)]),
      ].join('\n');
    case 'actions':
      return block.elements
        .map(({ text }) => `<span class="button">${escape(text.text)}</span>`)
        .join(' ');
    case 'context':
      return `<div class="context">${block.elements.map(({ text }) => escape(text)).join(' ')}</div>`;
  }
}

function fields(list: readonly { readonly text: string }[]): string {
  return `<div class="fields">${list.map(({ text }) => `<div>${mrkdwn(text)}</div>`).join('')}</div>`;
}

function mrkdwn(text: string): string {
  return text
    .replace(/<(https?:[^>]*)>/, '<a href="$1">$1</a>')
    .replace(/^\*(.*)\*\n/, '<b>$1</b><br>');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
