import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rubricConfig } from '../../../harness/checkers/rubric/config.ts';
import { rubric } from '../../../harness/checkers/rubric/rubric.ts';
import type { Lang } from '../../../harness/core/lang.ts';

const file = new URL('../../../suites/forecasting/tasks/forecast-judgement.yaml', import.meta.url);
const task = parse(readFileSync(file, 'utf8')) as {
  cases: { id: string; prompt: Record<Lang, string>; checks: Record<string, unknown>[] }[];
};
const note = task.cases.find(({ id }) => id === 'brief-the-shift');
const config = rubricConfig.parse({ criteria: note?.checks[0]?.criteria });

function score(reply: string, lang: Lang): number {
  const result = rubric.check(config, {
    reply,
    lang,
    question: note?.prompt[lang] ?? '',
    answer: { fields: {}, obeyed: true },
    spec: { style: 'text', fields: [] },
    targets: {},
    targetUnits: {},
  });
  return result.status === 'scored' ? result.value : Number.NaN;
}

const RIGHT: Readonly<Record<Lang, readonly string[]>> = {
  en: [
    'Bear Ridge is running 72 MW under its forecast (46 instead of 118 MW). Blade icing is the probable reason: sub-zero, saturated air and cloud on the ridge, while the wind matches its forecast. This is not due to a telemetry fault: meter and SCADA agree. Nor is it caused by curtailment. Count on about 46 MW until roughly 11:00, keep reserve, then expect a recovery.',
    'Since 05:00 we are short of about 72 MW from Bear Ridge. Everything points to ice on the turbines: −3 to −1 °C, very humid, wind 10.3 m/s as predicted. SCADA and the meter show the same, so the data are sound. Until the thaw at around 11:00 please cover the gap with reserve; the site has not confirmed the icing yet.',
  ],
  zh: [
    '熊岭风电场 5:00 起出力较预测少约 72 MW。初步判断为叶片覆冰：气温 −3～−1 ℃、湿度高、有低云，实测风速 10.3 m/s 与预报相符。遥测与关口表一致，并非遥测故障，也不是由于限电。11 点前请按 46 MW 安排，备足备用。',
    '熊岭今晨比预测低 7.2 万千瓦，疑似风机叶片结冰（零下低温、高湿、低云），风速预报准确。计量与遥测吻合，数据可信，也排除限电原因。预计 11:00 左右升温后逐步恢复，在此之前建议下调预测并留足备用，待场站确认。',
  ],
};
const WRONG: Readonly<Record<Lang, readonly string[]>> = {
  en: [
    'The shortfall of 72 MW is most likely due to the wind forecast. It was freezing, humid and cloudy. Reserve should be kept until 11:00.',
    'The 72 MW gap is probably caused by turbine outage; ice is unlikely. Meter and SCADA agree. Keep reserve until 11:00.',
  ],
  zh: [
    '今晨少发 72 MW，由于风机停运。气温零下、湿度大，请留备用至 11:00。',
    '今晨少发 72 MW，主要是限电所致。关口表与遥测一致，11:00 前请留备用。',
  ],
};

describe('the note to the shift, read by words alone', () => {
  it('credits right notes in wordings of their own, denials of other causes included', () => {
    for (const lang of ['en', 'zh'] as const)
      for (const reply of RIGHT[lang]) expect(score(reply, lang), reply).toBe(1);
  });
  it('keeps notes that blame something else below a third', () => {
    for (const lang of ['en', 'zh'] as const)
      for (const reply of WRONG[lang]) expect(score(reply, lang), reply).toBeLessThan(0.34);
  });
});
