import type { Message } from '../message/message.ts';

const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#1f2328';
const CELL = 'padding:4px 12px 4px 0;vertical-align:top;text-align:left';
const ERROR = 'margin:12px 0;padding:8px 12px;background:#fff1f0;border-left:4px solid #cf222e';
const ADDRESS = /^https?:\/\/\S+$/;
const KEY = 'color:#656d76;font-size:12px';

/** Styles stand in the elements, and the layout is a table: mail programs know little else. */
export function toHtml(message: Message, key: string): string {
  const { title, summary, facts, error, action, link } = message;
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head>`,
    `<body style="${FONT}">`,
    `<h2 style="margin:0 0 12px">${escape(title)}</h2>`,
    ...(summary === '' ? [] : [`<p>${escape(summary)}</p>`]),
    ...(error === undefined ? [] : [`<p style="${ERROR}"><b>Error</b><br>${escape(error)}</p>`]),
    ...(action === undefined ? [] : [`<p>${escape(action)}</p>`]),
    '<table cellspacing="0" cellpadding="0">',
    ...facts.map(
      ({ label, value }) =>
        `<tr><th style="${CELL}">${escape(label)}</th><td style="${CELL}">${linked(value)}</td></tr>`,
    ),
    '</table>',
    ...(link === undefined ? [] : [`<p><a href="${escape(link)}">Open in Temporal</a></p>`]),
    `<p style="${KEY}">${escape(key)}</p>`,
    '</body></html>',
  ].join('\n');
}

/** A fact that is an address, and nothing else, can be followed. */
function linked(value: string): string {
  const shown = escape(value);
  return ADDRESS.test(value) ? `<a href="${shown}">${shown}</a>` : shown;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
