import type { GenerationSettings } from '../harness/core/provider.ts';

/** The HTTP APIs that we write. */
export type Api = 'chat' | 'responses' | 'messages';

/**
 * The settings that an API has no word for, and that are therefore not sent. Whoever starts a run says so: a temperature
 * of 0 that never left the house would make two runs look alike that are not.
 */
export function ignoredSettings(api: Api, settings: GenerationSettings): (keyof GenerationSettings)[] {
  const deaf: (keyof GenerationSettings)[] = [];
  if (api === 'responses') deaf.push('stop', 'seed');
  if (api === 'messages') {
    deaf.push('seed');
    // Anthropic refuses sampling settings beside thinking.
    if (thinks(settings)) deaf.push('temperature', 'topP');
  }
  return deaf.filter((name) => settings[name] !== undefined);
}

/** Whether the user asked for reasoning by name; a model that reasons unasked is its vendor's affair. */
export const thinks = ({ reasoningEffort }: GenerationSettings): boolean =>
  reasoningEffort !== undefined && reasoningEffort !== 'none';

/** The settings without those that the API ignores. */
export function heardSettings(api: Api, settings: GenerationSettings): GenerationSettings {
  const deaf = new Set<string>(ignoredSettings(api, settings));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !deaf.has(name)));
}
