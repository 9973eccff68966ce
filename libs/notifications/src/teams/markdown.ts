/**
 * Text from outside, for a place where Teams reads Markdown: shown as it is, it makes no link, emphasis, list,
 * mention or date. https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      // As entities, because `<at>` is looked for before Markdown is read.
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\*`~[]/g, '\\$&')
      // Inside a word it means nothing, and IDs stay as they are.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      // {{DATE(…)}} and {{TIME(…)}} are filled in.
      .replace(/\{(?=\{)/g, '{\\')
      .replace(/^[-+#]/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  );
}
