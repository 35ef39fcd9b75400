/** A value as OTLP's JSON writes it: 64-bit integers are text (Protobuf's JSON mapping). */
type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  /** As text where it is no finite number. */
  | { doubleValue: number | string }
  | { arrayValue: { values: OtlpValue[] } };

export interface OtlpAttribute {
  key: string;
  value: OtlpValue;
}

export interface OtlpEvent {
  timeUnixNano: string;
  name: string;
  attributes: OtlpAttribute[];
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 1 internal, 3 client. */
  kind: 1 | 3;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpAttribute[];
  events: OtlpEvent[];
  /** Left out where nothing failed; 2 is an error. */
  status?: { code: 2; message?: string };
}

export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** What is undefined is left out: unknown is not 0. */
export function attributesOf(attributes: Attributes): OtlpAttribute[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: otlpValue(value) }],
  );
}

function otlpValue(value: NonNullable<Attributes[string]>): OtlpValue {
  if (typeof value === 'string') return { stringValue: value.replace(/\p{Surrogate}/gu, '\ufffd') };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    // A vendor's count may be beyond 64 bits.
    return Number.isSafeInteger(value)
      ? { intValue: `${value}` }
      : { doubleValue: Number.isFinite(value) ? value : `${value}` };
  return { arrayValue: { values: value.map(otlpValue) } };
}

/** Milliseconds since 1970 as OTLP's nanoseconds: more digits than a number holds. */
export const nanos = (epochMs: number): string => `${BigInt(Math.round(epochMs * 1000)) * 1000n}`;

/** The body of an export of spans that are JSON already (OTLP over HTTP, JSON). */
export function exportBody(spans: readonly string[], resource: Attributes, version: string): string {
  const about = JSON.stringify({ attributes: attributesOf(resource) });
  const scope = JSON.stringify({ name: 'wattmark', version });
  return `{"resourceSpans":[{"resource":${about},"scopeSpans":[{"scope":${scope},"spans":[${spans.join(',')}]}]}]}`;
}
