export { checkTemplate } from './check-template.ts';
export type { TemplateFault } from './check-template.ts';
export { cleanText } from './clean-text.ts';
export { fillTemplate, TEMPLATE_TEXTS, TEXT_LIMITS } from './fill-template.ts';
export type { MessageTemplate, TemplateText, ValueOf } from './fill-template.ts';
export { TEMPLATE_FIELDS } from './template-fields.ts';
export type { TemplateField } from './template-fields.ts';
