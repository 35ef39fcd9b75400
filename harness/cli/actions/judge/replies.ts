import type { AuditSet } from '../../../checkers/rubric/audit/set.ts';
import type { ModelRecord } from '../../../core/event.ts';
import { type Provider, ProviderError } from '../../../core/provider.ts';

/** The replies of an audit set as a model that costs nothing: so that an audit is a run, journalled and resumed as one. */
export const REPLIES: ModelRecord = { id: 'audit/replies', provider: 'audit', baseline: true, settings: {} };

export function repliesProvider(set: AuditSet): Provider {
  const replies = new Map(set.items.map(({ sample, reply }) => [sample.hash, reply]));
  return {
    id: REPLIES.id,
    async complete({ sampleHash }) {
      const text = sampleHash === undefined ? undefined : replies.get(sampleHash);
      if (text === undefined) throw new ProviderError('bad-request', 'no such reply in the audit set');
      return { text, finish: { unified: 'stop' }, usage: {}, latency: { totalMs: 0 } };
    },
  };
}
