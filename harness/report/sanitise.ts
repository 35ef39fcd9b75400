/**
 * Text of unknown origin, fit to print on a terminal. Nothing is dropped silently: what a terminal would obey is
 * shown as a picture or an escape, so a reader sees that a reply held it.
 * Line feeds and tabs stay, as do CJK, emoji and their joiners; CR LF becomes a line feed.
 */
export function sanitise(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, picture);
}

/** The same on one line: line feeds and tabs become blanks. For table cells and headings. */
export function sanitiseLine(text: string): string {
  return sanitise(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '));
}

/**
 * C0 but tab and line feed, DEL, C1; bidi controls and marks; line and paragraph separators; invisible format
 * characters; tag characters (they can hide a text in a text); lone surrogates.
 */
const UNSAFE =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

function picture(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `\\u{${code.toString(16)}}`;
}

/** Cut to so many characters (not code units), the last of them an ellipsis. */
export function truncate(text: string, length: number): string {
  // Spreading a huge reply to count it would cost more than printing it.
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
