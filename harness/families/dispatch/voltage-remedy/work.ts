import type { Lang } from '../../../core/lang.ts';
import { devicesOf, shown } from './devices.ts';
import type { VoltageRemedyFacts } from './facts.ts';
import type { VoltageRemedyAnswer } from './family.ts';
import { simulate } from './simulate.ts';

/** The worked solution: voltages now, what a step of each device does, the remedy, voltages and loadings after it. */
export function voltageRemedyWork(
  facts: VoltageRemedyFacts,
  answer: VoltageRemedyAnswer,
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const devices = devicesOf(facts);
  const now = devices.map((device) => device.now);
  const set = devices.map(({ name, kind }) =>
    Math.round((answer.remedy[name] as number) * (kind === 'setpoint' ? 100 : 1)),
  );
  const [before, after] = [simulate(facts, now), simulate(facts, set)];
  if (!before || !after) throw new RangeError('the power flow of a drawn network has no solution');
  const { low, high } = facts.band;
  const buses = facts.buses.map(({ id }) => id).filter((id) => id !== 1);
  const steps = devices.map((_, k) =>
    simulate(
      facts,
      now.map((p, i) => (i === k ? p + stepOf(k) : p)),
    ),
  );
  function stepOf(k: number): number {
    return (now[k] as number) < (devices[k]?.highest as number) ? 1 : -1;
  }
  const effects = devices.map(({ name }, k) => {
    const cells = buses.map((id) =>
      signed(1000 * (((steps[k]?.vm_pu[id] ?? 0) as number) - (before.vm_pu[id] as number))),
    );
    return `| ${name} ${stepOf(k) > 0 ? '+1' : '−1'} | ${cells.join(' | ')} |`;
  });
  const head = (first: string) => `| ${first} | ${buses.join(' | ')} |\n|${'---|'.repeat(buses.length + 1)}`;
  const row = (name: string, vm: Record<number, number>) =>
    `| ${name} | ${buses.map((id) => (vm[id] as number).toFixed(4)).join(' | ')} |`;
  const moves = devices
    .filter((_, i) => set[i] !== now[i])
    .map((device, i, all) => {
      const k = devices.indexOf(all[i] ?? device);
      const [from, to] = [now[k], set[k]].map((position) => {
        const value = shown(device, position as number);
        return device.kind === 'setpoint' ? value.toFixed(2) : String(value);
      });
      return `${device.name} ${from} → ${to}`;
    })
    .join(zh ? '；' : '; ');
  const fullest = (100 * Math.max(...after.loading)).toFixed(1);
  const [loss, q] = [before.loss_mw.toFixed(2), before.q_gen_mvar.toFixed(1)];
  const worst = answer.worst_voltage.toFixed(4);
  const { q_min_mvar, q_max_mvar, name } = facts.generator;
  return zh
    ? [
        `1. 当前方式交流潮流（牛顿法）得各节点电压（标幺值）：\n\n${head('节点')}\n${row('当前', before.vm_pu)}\n\n电压越限最严重的是节点 ${answer.worst_bus}，${worst}；网损 ${loss} MW；${name} 无功 ${q} Mvar（范围 ${q_min_mvar}～${q_max_mvar}）。`,
        `2. 各设备动作一级（机组电压定值动作 0.01）时电压的变化（10⁻³ 标幺值），由再次潮流计算得到：\n\n${head('动作')}\n${effects.join('\n')}\n\n机组无功达到限值后，改变其电压定值不再起作用。`,
        `3. 任何单一设备在其全部范围内都不能使各节点电压进入 ${low}～${high}；按动作次数由少到多逐一校核，最少 ${answer.operations} 次：${moves}。`,
        `4. 校核：\n\n${head('节点')}\n${row('调整后', after.vm_pu)}\n\n各支路最高负载率 ${fullest}%，无过载。`,
      ].join('\n\n')
    : [
        `1. AC power flow of the present state (Newton), voltages in p.u.:\n\n${head('bus')}\n${row('now', before.vm_pu)}\n\nFurthest out of the band: bus ${answer.worst_bus} at ${worst}. Losses ${loss} MW; ${name} makes ${q} Mvar (range ${q_min_mvar} to ${q_max_mvar}).`,
        `2. What one step of each device (0.01 for the set-point) changes, 10⁻³ p.u., by a second power flow:\n\n${head('step')}\n${effects.join('\n')}\n\nOnce the unit is at a reactive limit, its set-point changes nothing more.`,
        `3. No device alone, anywhere in its range, brings all voltages into ${low} to ${high}. Trying combinations in order of their number of operations, the first that works takes ${answer.operations}: ${moves}.`,
        `4. Check:\n\n${head('bus')}\n${row('after', after.vm_pu)}\n\nHighest loading of a branch ${fullest} %: no overload.`,
      ].join('\n\n');
}

const signed = (value: number): string =>
  value > 0.05 ? `+${value.toFixed(1)}` : value < -0.05 ? value.toFixed(1) : '0';
