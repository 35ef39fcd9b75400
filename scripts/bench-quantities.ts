/**
 * Speed of the reader of quantities: replies of 2 kB (of UTF-8) a second on one core, and the time a hostile megabyte takes.
 *   npx tsx scripts/bench-quantities.ts
 */
import { chooseAnswer, parseUnit, readQuantities } from '../harness/quantities/index.ts';

const REPLY_EN = `To find the least-cost dispatch we load the units in merit order. The demand is 850 MW.

1. Unit G1 offers 400 MW at 18.5 $/MWh, so it runs at its limit of 400 MW.
2. Unit G2 offers 300 MW at 23.27 $/MWh and runs at 300 MW as well.
3. The remaining 150 MW come from unit G3 at $31.4/MWh (between 50 and 200 MW).

| unit | output, MW | cost, $/h |
|---|---|---|
| G1 | 400 | 7,400 |
| G2 | 300 | 6,981 |
| G3 | 150 | 4,710 |

For example, if demand were 5% higher, G3 would run at 192.5 MW. Losses of about 1.2% are ignored.
**Total cost**: $1.9091\\times10^{4}\\ \\mathrm{\\$/h}$, so the price is \\boxed{31.4\\ \\$/\\text{MWh}}.
`;
const REPLY_ZH = `按照边际成本从低到高安排机组出力，系统负荷为85万千瓦。

1、1号机组容量40万千瓦，报价0.185元/千瓦时，满发；
2、2号机组容量30万千瓦，报价232.7元/兆瓦时，满发；
3、其余15万千瓦由3号机组承担，报价约0.314元/千瓦时，可调范围为5—20万千瓦。

例如负荷再增加百分之五，3号机组出力将达到19.25万千瓦，不低于其最小技术出力。网损率约1.2%，忽略不计。
2026年3月12日14时30分的出清结果表明，日前电价较上月提高3.5个百分点，减排二氧化碳两千八百吨。
**总成本**：19.091万元/小时，出清电价为 314 元/兆瓦时。
`;

const SECONDS = 2;
const MEGABYTE = 1_000_000;

function ofLength(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** A whole number of characters, of so many bytes at most. */
function ofBytes(text: string, bytes: number): string {
  const long = Buffer.from(text.repeat(Math.ceil(bytes / text.length)), 'utf8').subarray(0, bytes);
  return long.toString('utf8').replace(/\ufffd+$/, '');
}

function rate(work: () => unknown): number {
  for (let i = 0; i < 200; i++) work();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < SECONDS * 1000) {
    work();
    count++;
  }
  return Math.round((count / (performance.now() - start)) * 1000);
}

const unit = parseUnit('$/MWh');
for (const [name, reply] of [
  ['en', ofBytes(REPLY_EN, 2000)],
  ['zh', ofBytes(REPLY_ZH, 2000)],
] as const) {
  const options = { labels: ['price', 'total cost', '总成本'], lang: name, ...(unit ? { unit } : {}) };
  const read = rate(() => readQuantities(reply));
  const choose = rate(() => chooseAnswer(reply, options));
  console.log(
    `${name}: ${read} replies/s read, ${choose} replies/s read and chosen (2 kB each, ${reply.length} characters)`,
  );
}

const HOSTILE = [
  '1',
  '1,',
  '1 ',
  '(',
  '万亿',
  '一',
  '$\\mathrm{',
  ' ',
  '$',
  '{',
  '\\boxed{',
  'answer: ',
  '人民币',
  '1±',
  '1/2/',
  '| 1 ',
  '半',
  'one hundred and ',
];
for (const piece of HOSTILE) {
  const text = ofLength(piece, MEGABYTE);
  const start = performance.now();
  const found = readQuantities(text).length;
  console.log(
    `${JSON.stringify(piece).padEnd(20)} ${Math.round(performance.now() - start)} ms, ${found} found`,
  );
}
