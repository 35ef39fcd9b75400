import { describe, expect, it } from 'vitest';
import { isOldPrice, listPrice } from '../../providers/list-price.ts';
import { PRICE_SOURCES, PRICE_TABLE } from '../../providers/price-table.ts';
import { resolveModel } from '../../providers/registry.ts';

const all = Object.entries(PRICE_TABLE).flatMap(([vendor, models]) =>
  Object.entries(models).map(([model, price]) => ({ vendor, model, price })),
);

const resolve = (name: string, config = {}, env: Record<string, string> = {}) =>
  resolveModel(name, {
    config,
    env: (key) => env[key],
    lookupSample: () => undefined,
    openReplay: () => Promise.reject(new Error('no run')),
    importModule: () => Promise.reject(new Error('no module')),
    requireKeys: false,
  });

describe('the price table', () => {
  it('dates every price, names where it was read, and charges more for what is written than for what is read', () => {
    for (const { model, price } of all) {
      expect(Number.isFinite(Date.parse(price.asOf)), model).toBe(true);
      expect(Object.keys(PRICE_SOURCES), model).toContain(price.source);
      expect(price.input, model).toBeGreaterThan(0);
      expect(price.output, model).toBeGreaterThan(price.input);
    }
    expect(new Set(all.map(({ price }) => price.source)).size).toBe(Object.keys(PRICE_SOURCES).length);
  });

  it('knows a model and its dated releases, and nothing that merely begins alike', () => {
    expect(listPrice('openai', 'gpt-5')).toMatchObject({ input: 1.25, output: 10 });
    expect(listPrice('openai', 'gpt-5-2025-08-07')).toBe(listPrice('openai', 'gpt-5'));
    expect(listPrice('anthropic', 'claude-haiku-4-5-20251001')).toBe(
      listPrice('anthropic', 'claude-haiku-4-5'),
    );
    for (const other of [
      'gpt-5-pro',
      'gpt-5x',
      'GPT-5',
      'ft:gpt-5:us',
      'toString',
      '__proto__',
      'gpt-5-2025',
    ])
      expect(listPrice('openai', other), other).toBeUndefined();
    expect(listPrice('anthropic', 'gpt-5')).toBeUndefined();
    expect(listPrice('openai-compatible', 'gpt-5')).toBeUndefined();
  });

  it('prices a vendor’s model at the vendor’s own address only, and gives way to wattmark.yaml', () => {
    const listed = resolve('openai/gpt-5');
    expect(listed).toMatchObject({ listPriced: true, prices: { input: 1.25, output: 10, currency: 'USD' } });
    expect(listed.prices?.asOf).toMatch(/^2026-/);
    expect(resolve('openai/gpt-5', {}, { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }).prices).toBeUndefined();
    expect(
      resolve('openai/gpt-5', { openai: { base_url: 'https://proxy.example/v1' } }).prices,
    ).toBeUndefined();
    const own = { openai: { prices: { input: 9, output: 90, currency: 'CNY' } } };
    expect(resolve('openai/gpt-5', own)).toMatchObject({ prices: { input: 9, output: 90, currency: 'CNY' } });
    expect(resolve('openai/gpt-5', own).listPriced).toBeUndefined();
    expect(resolve('openai/gpt-unheard-of').prices).toBeUndefined();
  });

  it('counts a price as old after four months', () => {
    expect(isOldPrice('2026-03-31', Date.parse('2026-07-28'))).toBe(false);
    expect(isOldPrice('2026-03-31', Date.parse('2026-07-30'))).toBe(true);
  });
});
