import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { MachineVibrationFacts } from './facts.ts';
import type { MachineVibrationAnswer } from './family.ts';
import { characteristicHz, faultsOf, shaft1Hz, shaft2Hz } from './train.ts';
import { faultName } from './words.ts';

/** What each fault would show, what has changed, which of the faults that fits, and the overall value. */
export function machineVibrationWork(
  { train, neighbour_rpm, fault, peaks }: MachineVibrationFacts,
  { frequency, peaks: named, overall }: MachineVibrationAnswer,
  lang: Lang,
): string {
  const d = (value: number) => decimals(value, 2);
  const table = faultsOf(train.kind).map(
    (id) => `| \`${id}\` | ${faultName(id, lang)} | ${d(characteristicHz(train, id))} |`,
  );
  const changed = peaks.filter(({ radial, before }) => before === null || radial > 2 * before);
  const list =
    lang === 'zh'
      ? changed.map(({ name, hz }) => `${name}（${hz} Hz）`).join('、')
      : changed.map(({ name, hz }) => `${name} (${hz} Hz)`).join(', ');
  const geared = train.kind === 'gearbox';
  const squares = peaks.map(({ radial }) => `${radial}²`).join(' + ');
  const slips = /^(outer|inner|element)/.test(fault);
  const [f1, f2, beside] = [d(shaft1Hz(train)), d(shaft2Hz(train)), d(neighbour_rpm / 60)];
  return lang === 'zh'
    ? [
        `1. 转频：1 号轴 ${f1} Hz${geared ? `，2 号轴 ${f2} Hz` : ''}。各故障的特征频率：\n\n| 选项 | 含义 | 特征频率（Hz） |\n|---|---|---|\n${table.join('\n')}`,
        `2. 上次测量时没有、或已增大一倍以上的谱线：${list}。其中 ${beside} Hz 若在列，来自邻近设备，应予剔除；其余未变的谱线再高也是正常运行分量。`,
        `3. 剩下的 ${named.join('、')} 及其间隔（转频边带、保持架边带、极通过频率边带或倍频）只与 \`${fault}\`（${faultName(fault, lang)}）相符，其特征频率计算值为 ${d(frequency)} Hz。${slips ? '滚动体有轻微打滑，实测频率略低于计算值。' : ''}`,
        `4. 径向总值 = √(${squares}) = ${d(overall)} mm/s。`,
      ].join('\n\n')
    : [
        `1. Shaft 1 turns at ${f1} Hz${geared ? `, shaft 2 at ${f2} Hz` : ''}. What each fault would show:\n\n| option | meaning | characteristic frequency, Hz |\n|---|---|---|\n${table.join('\n')}`,
        `2. New or more than doubled since the last survey: ${list}. A line at ${beside} Hz among them is the neighbour's and drops out; the lines that have not changed are the sound machine, however loud.`,
        `3. What is left, ${named.join(', ')}, with its spacings (sidebands at a shaft, the cage or the pole pass frequency, harmonics), fits \`${fault}\` (${faultName(fault, lang)}) alone: ${d(frequency)} Hz by computation.${slips ? ' Rolling elements slip a little, so the measured line lies somewhat below it.' : ''}`,
        `4. Overall radial value = √(${squares}) = ${d(overall)} mm/s.`,
      ].join('\n\n');
}
