const LONGEST_MESSAGE = 400;

/** Shapes of keys that vendors and gateways echo, for keys we were never told of. */
const KEY_SHAPES: readonly RegExp[] = [
  /\b(?:sk|pk|rk|ak|gsk|xai|hf)[-_][A-Za-z0-9*_.-]{6,}/gi,
  /\b(bearer|basic)\s+[A-Za-z0-9+/=_.~-]{6,}/gi,
  /\b(?:authorization|x-api-key|api[-_ ]?key|access[-_ ]?token)\b["']?\s*[:=]\s*["']?[^\s"',}]{6,}/gi,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]{8,}/g,
  /(https?:\/\/)[^\s/@]+@/gi,
];

// C0 and C1 controls, zero-width and bidi marks: a vendor's message must not move a terminal's cursor.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * A vendor's or a program's words, made fit to print: one line, no control characters, no key (neither
 * those in `secrets` nor anything shaped like one), at most 400 characters.
 */
export function redact(text: string, secrets: readonly string[] = [], longest = LONGEST_MESSAGE): string {
  // Cut before the patterns run, since a body may be megabytes; the margin keeps a key on the cut whole.
  let out = text.slice(0, longest * 4).replace(UNPRINTABLE, ' ');
  for (const secret of secrets) if (secret.length >= 4) out = out.replaceAll(secret, '***');
  for (const shape of KEY_SHAPES) out = out.replace(shape, '***');
  out = out.replace(/\s+/g, ' ').trim();
  return out.length > longest ? `${out.slice(0, longest - 1)}…` : out;
}
