/** Reads one header, whatever the case its sender wrote it in; undefined where it is absent. */
export type HeaderLookup = (name: string) => string | undefined;

/**
 * How long a vendor asks to be left alone, in ms from now: `retry-after-ms` first, being the finer, then
 * `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3). A date is taken from the `Date` of the same reply, where it
 * has one: our own clock may be wrong, or be set meanwhile. A date that has passed gives 0; what cannot be read gives
 * undefined.
 */
export function parseRetryAfter(header: HeaderLookup, epochMs: number): number | undefined {
  const ms = plainNumber(header('retry-after-ms'));
  if (ms !== undefined) return ms;
  const text = header('retry-after');
  const seconds = plainNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = httpDate(text);
  return date === undefined ? undefined : Math.max(0, date - (httpDate(header('date')) ?? epochMs));
}

function httpDate(text: string | undefined): number | undefined {
  // A bare "-1" or "3.x" would parse as some date in 2001.
  const date = text && /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

function plainNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,12}(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
