import type { Lang } from '../../../core/lang.ts';
import type { SignalName } from '../../../engineering/faults/records/signals.ts';
import type { Zone } from '../../../engineering/faults/records/substation-grid.ts';

/** Signals as a control centre's list words them. */
const SIGNALS: Readonly<Record<SignalName, Readonly<Record<Lang, string>>>> = {
  'main1-trip': { en: 'main protection 1 trip', zh: '主保护1动作' },
  'main2-trip': { en: 'main protection 2 trip', zh: '主保护2动作' },
  'breaker-failure-trip': { en: 'breaker failure protection trip', zh: '失灵保护动作' },
  'transfer-trip-received': { en: 'transfer trip received', zh: '收远跳动作' },
  'zone2-trip': { en: 'distance zone 2 trip', zh: '距离Ⅱ段动作' },
  'backup-overcurrent-trip': { en: 'back-up overcurrent trip', zh: '后备过流动作' },
  'switch-onto-fault-trip': { en: 'switch-onto-fault trip', zh: '重合后加速动作' },
  'breaker-open': { en: 'breaker open', zh: '断路器分闸' },
  'breaker-closed': { en: 'breaker closed', zh: '断路器合闸' },
  'reclose-command': { en: 'auto-reclose command', zh: '重合闸出口' },
  'reclose-lockout': { en: 'auto-reclose locked out', zh: '重合闸闭锁' },
  'protection-start': { en: 'protection started', zh: '保护启动' },
  'protection-reset': { en: 'protection reset', zh: '保护返回' },
  'recorder-start': { en: 'fault recorder started', zh: '录波启动' },
  'voltage-lost': { en: 'voltage lost', zh: '母线失压' },
  'pole-a-open': { en: 'pole A auxiliary contact open', zh: 'A相分位' },
  'pole-b-open': { en: 'pole B auxiliary contact open', zh: 'B相分位' },
  'pole-c-open': { en: 'pole C auxiliary contact open', zh: 'C相分位' },
  'spring-discharged': { en: 'closing spring discharged', zh: '弹簧未储能' },
  'spring-charged': { en: 'closing spring charged', zh: '弹簧已储能' },
  'door-open': { en: 'door open', zh: '门禁打开' },
  'door-closed': { en: 'door closed', zh: '门禁关闭' },
  'communication-fault': { en: 'communication fault', zh: '通信中断' },
  'communication-restored': { en: 'communication restored', zh: '通信恢复' },
  'tap-changer-step': { en: 'tap changer stepped', zh: '分接开关调档' },
  'auxiliary-supply-alarm': { en: 'auxiliary supply alarm', zh: '站用电异常告警' },
  'battery-charger-alarm': { en: 'battery charger alarm', zh: '充电机异常告警' },
  'oil-pump-start': { en: 'pump started', zh: '油泵启动' },
  'oil-pump-stop': { en: 'pump stopped', zh: '油泵停止' },
};

const EQUIPMENT: Readonly<Record<string, string>> = {
  recorder: '录波器',
  'relay room': '继保室',
  'tap changer': '有载分接开关',
  'channel 2': '通道2',
  'hydraulic pump': '液压机构',
  'AC panel': '交流屏',
  'DC panel': '直流屏',
};

const KINDS: Readonly<Record<Zone['kind'], Readonly<Record<Lang, string>>>> = {
  line: { en: 'line', zh: '线路' },
  bus: { en: 'bus', zh: '母线' },
  transformer: { en: 'transformer', zh: '主变' },
};

export const signalText = (signal: SignalName, lang: Lang): string => SIGNALS[signal][lang];
export const kindText = (kind: Zone['kind'], lang: Lang): string => KINDS[kind][lang];

/** `A relay room` is `A 继保室`; names of sections and breakers are the same in every language. */
export function deviceText(device: string, lang: Lang): string {
  const [station, ...rest] = device.split(' ');
  const name = rest.join(' ');
  return lang === 'zh' && Object.hasOwn(EQUIPMENT, name) ? `${station} ${EQUIPMENT[name]}` : device;
}

/** `A:A-01:breaker-open` as the question asks for it. */
export function keyText(key: string, lang: Lang): string {
  const [station, device, signal] = key.split(':') as [string, string, SignalName];
  return `${station}:${device}:${signalText(signal, lang)}`;
}
