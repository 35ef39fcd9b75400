/** HTML that is safe to place in a page: only `html` and `trusted` make it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * A tagged template whose values become text: in content and in attributes within quotes. Html stays as it is, lists
 * are joined, undefined and false leave nothing. Not for values inside of script or style elements.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.map((part, i) => part + (i < values.length ? render(values[i]) : '')).join(''));
}

/** For texts of our own source code only: a style sheet, a script, and what `dataElement` escapes. */
export const trusted = (text: string): Html => new Html(text);

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return part === undefined || part === false ? '' : escapeHtml(String(part));
}

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/**
 * JSON that can stand inside of a script element: no `</script>`, no `<!--` and no line separator that old JavaScript
 * would break a line at can be spelt without these characters. Parsed again it is the same value.
 */
export const embeddedJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Data for a page's script, which browsers never run. */
export const dataElement = (id: string, value: unknown): Html =>
  html`<script type="application/json" id="${id}">${trusted(embeddedJson(value))}</script>`;
