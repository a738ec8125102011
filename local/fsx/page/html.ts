/** Markup that is safe to send: nothing but what {@link html} has made is of this type. */
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

/** A template of markup: every value that is not markup itself is escaped, for content and for quoted attributes alike. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(
    parts
      .map((part, index) => part + (index < values.length ? shown(values[index] ?? '') : ''))
      .join(''),
  );

export const NOTHING = html``;
