import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { ProtectionCommsFacts, TraceRow } from './facts.ts';
import type { ProtectionCommsAnswer } from './family.ts';

/** Every gap of numbers and of time, the trip, and what stands in its way. */
export function protectionCommsWork(
  { rows, conf_rev }: ProtectionCommsFacts,
  answer: ProtectionCommsAnswer,
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const d = (value: number) => decimals(value, 1);
  const kept = rows.filter((row, i) => row.st !== rows[i - 1]?.st || row.sq !== rows[i - 1]?.sq);
  const notes = kept.slice(1).flatMap((row, i) => {
    const before = kept[i] as TraceRow;
    const gap = row.arrival_ms - before.arrival_ms;
    const missing = row.st === before.st ? row.sq - before.sq - 1 : row.st > before.st ? row.sq : 0;
    const over = gap - before.live_ms;
    const out: string[] = [];
    if (missing > 0)
      out.push(zh ? `- 第 ${row.no} 条之前缺 ${missing} 条` : `- ${missing} missing before row ${row.no}`);
    if (over > 1e-9)
      out.push(
        zh
          ? `- 第 ${before.no}—${row.no} 条间隔 ${d(gap)} ms，允许 ${d(before.live_ms)} ms，超出 ${d(over)} ms`
          : `- rows ${before.no} to ${row.no}: ${d(gap)} ms where ${d(before.live_ms)} ms are allowed, ${d(over)} ms over`,
      );
    if (row.st < before.st)
      out.push(
        zh
          ? `- 第 ${row.no} 条编号从头开始：装置重启`
          : `- row ${row.no} begins the numbering again: a restart`,
      );
    return out;
  });
  const said = rows.find(({ trip }) => trip) as TraceRow;
  const against = [
    ...(said.test ? [zh ? '跳闸报文带检修标志' : 'its messages are marked as test'] : []),
    ...(said.conf_rev === conf_rev
      ? []
      : [
          zh
            ? `版本号 ${said.conf_rev} 与订阅方 ${conf_rev} 不一致`
            : `its revision ${said.conf_rev} is not the subscriber's ${conf_rev}`,
        ]),
  ];
  const why = against.join(zh ? '，且' : ' and ') || (zh ? '报文有效' : 'its messages are valid');
  const list = notes.length > 0 ? notes.join('\n') : zh ? '- 无' : '- none';
  return zh
    ? `1. 剔除重复报文后，编号和时间上的缺口：\n\n${list}\n\n   合计丢失 ${answer.lost} 条，失效 ${d(answer.dead)} ms。\n\n2. 跳闸延时 = 第 ${said.no} 条到达时刻 ${d(said.arrival_ms)} − 变位时刻 ${d(said.changed_ms)} = ${d(answer.delay)} ms。\n\n3. ${why}，${answer.operates === 'yes' ? '订阅方执行跳闸' : '订阅方不执行跳闸'}。`
    : `1. Gaps of numbers and of time, copies dropped:\n\n${list}\n\n   Together ${answer.lost} lost, ${d(answer.dead)} ms without anything valid.\n\n2. Delay of the trip = arrival of row ${said.no} at ${d(said.arrival_ms)} − change at ${d(said.changed_ms)} = ${d(answer.delay)} ms.\n\n3. The trip: ${why}, so the subscriber ${answer.operates === 'yes' ? 'acts on it' : 'does not act on it'}.`;
}
