/** A phrase found in a text, with what it stands for. Offsets are UTF-16 units. */
export interface Found<T> {
  start: number;
  end: number;
  meaning: T;
}

export interface Phrase<T> {
  text: string;
  meaning: T;
}

/**
 * The same text in small letters and half-width forms, character for character, so that offsets stay true. Markdown's
 * emphasis becomes blanks; so does a character whose small letter is longer than itself.
 */
export function folded(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Full-width ASCII stands 0xfee0 above its plain form.
    const plain = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : text.charAt(i);
    const small = plain.toLowerCase();
    out += plain === '*' || plain === '`' || small.length !== 1 ? ' ' : small === '　' ? ' ' : small;
  }
  return out;
}

const isWord = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 95 || (code >= 0xe0 && code <= 0x24f);

/**
 * All phrases in a folded text, left to right, the longest where several begin, none inside another. Latin words match
 * whole only. Linear in the text for a given list of phrases.
 */
export function findPhrases<T>(text: string, index: PhraseIndex<T>): Found<T>[] {
  const found: Found<T>[] = [];
  for (let at = 0; at < text.length; at++) {
    const bucket = index.get(text.slice(at, at + 1));
    if (!bucket) continue;
    const hit = bucket.find((phrase) => text.startsWith(phrase.text, at) && whole(text, at, phrase.text));
    if (!hit) continue;
    for (const meaning of hit.meanings) found.push({ start: at, end: at + hit.text.length, meaning });
    at += hit.text.length - 1;
  }
  return found;
}

function whole(text: string, at: number, phrase: string): boolean {
  const end = at + phrase.length;
  if (isWord(phrase.charCodeAt(0)) && at > 0 && isWord(text.charCodeAt(at - 1))) return false;
  return !(isWord(phrase.charCodeAt(phrase.length - 1)) && end < text.length && isWord(text.charCodeAt(end)));
}

/** Phrases by their first character, the longest first. One phrase may have several meanings. */
export type PhraseIndex<T> = ReadonlyMap<string, readonly { text: string; meanings: readonly T[] }[]>;

export function phraseIndex<T>(phrases: readonly Phrase<T>[]): PhraseIndex<T> {
  const byText = new Map<string, T[]>();
  for (const { text, meaning } of phrases) {
    const key = folded(text).trim();
    if (key === '') continue;
    const meanings = byText.get(key);
    if (meanings) meanings.push(meaning);
    else byText.set(key, [meaning]);
  }
  const buckets = new Map<string, { text: string; meanings: T[] }[]>();
  for (const [text, meanings] of byText) {
    const first = text.charAt(0);
    const bucket = buckets.get(first);
    if (bucket) bucket.push({ text, meanings });
    else buckets.set(first, [{ text, meanings }]);
  }
  for (const bucket of buckets.values()) bucket.sort((a, b) => b.text.length - a.text.length);
  return buckets;
}
