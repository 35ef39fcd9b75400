import type { ClaimFactsInput } from '../../../harness/checkers/claims/facts.ts';

const load = [
  3200, 3100, 3050, 3020, 3040, 3150, 3400, 3700, 3950, 4050, 4100, 4120, 4080, 4000, 3920, 3980, 4200, 4550,
  4820, 4760, 4500, 4200, 3800, 3450,
];
const yesterday = load.map((value) => value - 180);

/** Two days of a regional load: yesterday's forecast and actual, and the forecast of tomorrow that is to be explained. */
export const day: ClaimFactsInput = {
  clock: {
    step_min: 60,
    days: [
      { names: { en: ['yesterday'], zh: ['昨日', '昨天'] } },
      { names: { en: ['tomorrow'], zh: ['明日', '明天'] } },
    ],
    focus: [24, 48],
  },
  series: [
    {
      id: 'load',
      names: { en: ['load', 'demand', 'load forecast'], zh: ['负荷', '预测负荷'] },
      unit: 'MW',
      values: [...yesterday, ...load],
    },
    {
      id: 'before',
      names: { en: ["yesterday's forecast", 'the forecast'], zh: ['昨日预测'] },
      unit: 'MW',
      values: [...yesterday.map((v) => v - 120), ...load.map(() => null)],
    },
    {
      id: 'actual',
      names: { en: ['actual load', 'the actual'], zh: ['实际负荷'] },
      unit: 'MW',
      values: [...yesterday, ...load.map(() => null)],
    },
    {
      id: 'temp',
      names: { en: ['temperature'], zh: ['气温', '温度'] },
      unit: '°C',
      abs: 0.3,
      values: [...load, ...load].map((_, t) => 30 + (t % 24 === 15 ? 7 : 0)),
    },
  ],
  pairs: [{ forecast: 'before', actual: 'actual' }],
  quantities: [
    { id: 'reserve', names: { en: ['reserve'], zh: ['备用'] }, value: 250, unit: 'MW', safety: true },
  ],
  causes: [
    { id: 'heat_wave', names: { en: ['heat wave', 'hot weather'], zh: ['高温', '热浪'] }, holds: true },
    { id: 'holiday', names: { en: ['holiday'], zh: ['节假日', '放假'] }, holds: false },
  ],
  required: [
    { fact: 'extreme', series: 'load', which: 'max', part: 'value' },
    { fact: 'extreme', series: 'load', which: 'max', part: 'time', safety: true },
    { fact: 'change', series: 'load', from: 38, to: 42 },
    { fact: 'difference', a: 'before', b: 'actual', from: 0, to: 24 },
    { fact: 'quantity', id: 'reserve' },
    { fact: 'cause', id: 'heat_wave' },
  ],
};

/** A fault record: what relays and breakers did, to the millisecond. */
export const record: ClaimFactsInput = {
  elements: [
    { id: 'R1', names: { en: ['R1', 'relay R1', 'distance relay'], zh: ['R1', '距离保护'] } },
    { id: 'CB1', names: { en: ['CB1', 'breaker CB1'], zh: ['CB1', '断路器CB1'] } },
    { id: 'CB2', names: { en: ['CB2', 'breaker CB2'], zh: ['CB2', '断路器CB2'] } },
  ],
  kinds: [
    { id: 'trip', names: { en: ['trips', 'tripped', 'trip', 'operated'], zh: ['动作', '出口'] } },
    { id: 'open', names: { en: ['opens', 'opened', 'open'], zh: ['跳开', '分闸', '断开'] } },
  ],
  events: [
    {
      id: 'fault',
      names: { en: ['fault inception', 'the fault'], zh: ['故障发生', '故障'] },
      time_ms: 36_123_125,
    },
    { id: 'trip', element: 'R1', kind: 'trip', time_ms: 36_123_150 },
    { id: 'open', element: 'CB1', kind: 'open', time_ms: 36_123_187 },
    { id: 'stuck', element: 'CB2', kind: 'open', happened: false },
  ],
  causes: [
    { id: 'lightning', names: { en: ['lightning'], zh: ['雷击'] }, holds: true },
    { id: 'tree', names: { en: ['tree contact'], zh: ['树障'] }, holds: false },
  ],
  required: [
    { fact: 'event', id: 'trip', part: 'time' },
    { fact: 'event', id: 'open', part: 'time' },
    { fact: 'event', id: 'stuck' },
    { fact: 'order', first: 'trip', second: 'open' },
    { fact: 'cause', id: 'lightning' },
  ],
};
