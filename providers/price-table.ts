/** What a vendor charged on the day it was looked up, in US dollars per million tokens of a plain request with a short prompt. */
export interface ListPrice {
  input: number;
  output: number;
  /** The day of the source. */
  asOf: string;
  source: keyof typeof PRICE_SOURCES;
}

/** Where the prices were read. Vendors' own pages where one was at hand, else notes of people who read those pages that day. */
export const PRICE_SOURCES = {
  'anthropic-models': 'platform.claude.com, model pages of Opus 5 and Opus 5.5 with their comparison tables',
  'anthropic-2026-03': 'listings of the Anthropic pricing page of March and May 2026',
  'openai-2026-09': 'release notes of price trackers of 22 September 2026, from OpenAI’s pricing page',
  'openai-2026-08':
    'OpenAI’s price cut of 30 July 2026 as verified on 1 August, and a reading of its pricing page of 19 August',
  'openai-2026-05': 'an API Commons listing of OpenAI’s pricing page of 4 May 2026',
  'openai-2026-03': 'listings of OpenAI’s pricing page of January and March 2026',
} as const;

type PriceTable = Readonly<Record<'openai' | 'anthropic', Readonly<Record<string, ListPrice>>>>;

export const PRICE_TABLE: PriceTable = {
  anthropic: {
    'claude-fable-5-1': { input: 10, output: 50, asOf: '2026-09-22', source: 'anthropic-models' },
    'claude-opus-5-5': { input: 4, output: 20, asOf: '2026-09-22', source: 'anthropic-models' },
    'claude-opus-5': { input: 5, output: 25, asOf: '2026-09-22', source: 'anthropic-models' },
    'claude-sonnet-5-5': { input: 2, output: 10, asOf: '2026-09-22', source: 'anthropic-models' },
    'claude-sonnet-5': { input: 2, output: 10, asOf: '2026-09-22', source: 'anthropic-models' },
    'claude-opus-4-8': { input: 5, output: 25, asOf: '2026-05-29', source: 'anthropic-2026-03' },
    'claude-opus-4-6': { input: 5, output: 25, asOf: '2026-03-21', source: 'anthropic-2026-03' },
    'claude-opus-4-5': { input: 5, output: 25, asOf: '2026-03-21', source: 'anthropic-2026-03' },
    'claude-opus-4-1': { input: 15, output: 75, asOf: '2026-03-21', source: 'anthropic-2026-03' },
    'claude-sonnet-4-6': { input: 3, output: 15, asOf: '2026-05-29', source: 'anthropic-2026-03' },
    'claude-sonnet-4-5': { input: 3, output: 15, asOf: '2026-03-21', source: 'anthropic-2026-03' },
    'claude-haiku-4-5': { input: 1, output: 5, asOf: '2026-09-22', source: 'anthropic-models' },
  },
  openai: {
    'gpt-6-sol': { input: 2, output: 10, asOf: '2026-09-22', source: 'openai-2026-09' },
    'gpt-6-luna': { input: 0.1, output: 0.5, asOf: '2026-09-22', source: 'openai-2026-09' },
    'gpt-5.6-sol': { input: 5, output: 30, asOf: '2026-08-19', source: 'openai-2026-08' },
    'gpt-5.6-terra': { input: 2, output: 12, asOf: '2026-08-01', source: 'openai-2026-08' },
    'gpt-5.6-luna': { input: 0.2, output: 1.2, asOf: '2026-08-01', source: 'openai-2026-08' },
    'gpt-5.5': { input: 5, output: 30, asOf: '2026-05-04', source: 'openai-2026-05' },
    'gpt-5.5-pro': { input: 30, output: 180, asOf: '2026-05-04', source: 'openai-2026-05' },
    'gpt-5.4': { input: 2.5, output: 15, asOf: '2026-05-04', source: 'openai-2026-05' },
    'gpt-5.4-mini': { input: 0.75, output: 4.5, asOf: '2026-05-04', source: 'openai-2026-05' },
    'gpt-5.4-nano': { input: 0.2, output: 1.25, asOf: '2026-05-04', source: 'openai-2026-05' },
    'gpt-5.2': { input: 1.75, output: 14, asOf: '2026-01-31', source: 'openai-2026-03' },
    'gpt-5': { input: 1.25, output: 10, asOf: '2026-03-31', source: 'openai-2026-03' },
    'gpt-5-mini': { input: 0.25, output: 2, asOf: '2026-03-31', source: 'openai-2026-03' },
    'gpt-5-nano': { input: 0.05, output: 0.4, asOf: '2026-03-31', source: 'openai-2026-03' },
    'gpt-4.1': { input: 2, output: 8, asOf: '2026-03-31', source: 'openai-2026-03' },
    'gpt-4o': { input: 2.5, output: 10, asOf: '2026-03-31', source: 'openai-2026-03' },
    'gpt-4o-mini': { input: 0.15, output: 0.6, asOf: '2026-03-31', source: 'openai-2026-03' },
  },
};
