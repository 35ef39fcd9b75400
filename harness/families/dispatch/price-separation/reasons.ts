import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { PriceSeparationFacts } from './facts.ts';
import { priceEnds, responses, type Statement, type View, viewOf } from './statements.ts';
import { loadingChange } from './transfer.ts';

/** For each statement the figure that decides it. */
export function statementReasons(facts: PriceSeparationFacts, lang: Lang): string[] {
  const view = viewOf(facts);
  return facts.statements.map(
    (statement) => `${statement.id}${lang === 'zh' ? '：' : ': '}${reason(statement, view, lang)}`,
  );
}

function reason(statement: Statement, view: View, lang: Lang): string {
  const zh = lang === 'zh';
  const { market, result } = view;
  const line = 'line' in statement ? market.lines.findIndex(({ name }) => name === statement.line) : -1;
  const shadow = decimals(result.shadow_price_per_branch[line] ?? 0, 2);
  switch (statement.kind) {
    case 'saves':
    case 'matters':
      return zh
        ? `${statement.line} 的影子价格为 ${shadow}`
        : `the shadow price of ${statement.line} is ${shadow}`;
    case 'held': {
      const [now, free] = outputs(statement.unit, view);
      return zh
        ? `${statement.unit} 现为 ${now} MW，取消限额后为 ${free} MW`
        : `${statement.unit} makes ${now} MW, without limits ${free} MW`;
    }
    case 'relieves': {
      const { down, up } = statement;
      const change = decimals(loadingChange(market, result.flow_mw, line, { down, up, mw: 1 }), 3);
      return zh
        ? `每转移 1 MW，${statement.line} 潮流变化 ${change} MW`
        : `each MW moved changes ${statement.line} by ${change} MW`;
    }
    case 'against':
      return against(statement.line, line, view, zh);
    case 'lowers':
      return moved(statement.bus, view, zh);
  }
}

function outputs(unit: string, { market, result, free }: View): [string, string] {
  const i = market.units.findIndex(({ name }) => name === unit);
  return [decimals(result.dispatch_mw[i] as number, 1), decimals(free.dispatch_mw[i] as number, 1)];
}

function against(name: string, line: number, { market, result }: View, zh: boolean): string {
  const forward = (result.flow_mw[line] as number) > 0;
  const ends = priceEnds(market, result, line).map((price) => decimals(price, 2));
  const [sending, receiving] = forward ? ends : ends.reverse();
  return zh
    ? `${name} 送端电价 ${sending}，受端电价 ${receiving}`
    : `${name} carries power from ${sending} to ${receiving}`;
}

/** How each unit that moves shares 1 MW more at a bus. */
function moved(bus: number, { market, result }: View, zh: boolean): string {
  const shares = responses(market, result, bus)
    .map((change, i) => ({ change, name: market.units[i]?.name }))
    .filter(({ change }) => Math.abs(change) > 1e-6)
    .map(({ change, name }) => `${name} ${change > 0 ? '+' : ''}${decimals(change, 3)} MW`);
  return zh
    ? `节点 ${bus} 增加 1 MW 时，${shares.join('，')}`
    : `1 MW more at bus ${bus} is met by ${shares.join(', ')}`;
}
