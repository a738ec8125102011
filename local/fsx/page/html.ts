/** Markup that is safe to send. Only {@link html} creates it. */
export class Markup {
  /** @internal */
  constructor(readonly text: string) {}
}

type Value = Markup | readonly Markup[] | string | number;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? each);

function shown(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((each) => each.text).join('');
  return escaped(String(value));
}

/** A template of markup. Every value that is not markup is escaped, for content and for quoted attributes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(
    parts
      .map((part, index) => part + (index < values.length ? shown(values[index] ?? '') : ''))
      .join(''),
  );

export const NOTHING = html``;
