import { describe, expect, it } from 'vitest';
import type { AnswerSpec } from '../../harness/core/answer.ts';
import { answerInstruction } from '../../harness/suite/instruction.ts';

const spec: AnswerSpec = {
  style: 'json',
  fields: [
    { name: 'price', type: 'number', unit: '$/MWh', describe: 'the marginal price' },
    { name: 'hours', type: 'number' },
    {
      name: 'fault',
      type: 'choice',
      options: [
        { id: 'T1', labels: ['thermal fault'] },
        { id: 'D2', labels: ['D2'] },
      ],
    },
    { name: 'lines', type: 'set' },
    { name: 'safe', type: 'boolean' },
    { name: 'note', type: 'text' },
    { name: 'plan', type: 'json', describe: 'MW by hour' },
  ],
};

describe('the answer instruction', () => {
  it('tells form, unit, options and meaning of every field, in English', () => {
    expect(answerInstruction(spec, 'en')).toMatchInlineSnapshot(`
      "You may reason first. End your reply with exactly one JSON object that has these fields, and write nothing after it:

      \`\`\`json
      {"price": <number, $/MWh>, "hours": <number>, "fault": "<option>", "lines": ["<option>", …], "safe": <true or false>, "note": "<text>", "plan": <JSON value>}
      \`\`\`

      - \`price\` (number, in $/MWh): the marginal price
      - \`hours\` (number, without a unit)
      - \`fault\` (exactly one of the options)
        - "T1": thermal fault
        - "D2"
      - \`lines\` (list of every item that applies; [] if none does)
      - \`safe\` (true or false)
      - \`note\` (text)
      - \`plan\` (JSON value): MW by hour

      A bare number is taken to be in the unit stated. To answer in another unit, give the value as text with its unit: "<number> <unit>"."
    `);
  });

  it('and in Chinese', () => {
    expect(answerInstruction(spec, 'zh')).toMatchInlineSnapshot(`
      "可以先写出分析和计算过程。回答的最后必须给出且只给出一个 JSON 对象，包含下列字段，其后不要再写任何内容：

      \`\`\`json
      {"price": <数值，$/MWh>, "hours": <数值>, "fault": "<选项>", "lines": ["<选项>", …], "safe": <true 或 false>, "note": "<文字>", "plan": <JSON 值>}
      \`\`\`

      - \`price\`（数值，单位：$/MWh）：the marginal price
      - \`hours\`（数值，无单位）
      - \`fault\`（从选项中选且只选一个）
        - "T1"：thermal fault
        - "D2"
      - \`lines\`（列表，列出所有符合的内容，没有则写 []）
      - \`safe\`（true 或 false）
      - \`note\`（文字）
      - \`plan\`（JSON 值）：MW by hour

      只写数字时，按上面注明的单位理解；如需使用其他单位，请把数值连同单位写成文本："<数值> <单位>"。"
    `);
  });

  it('says nothing of units where no field has one', () => {
    const bare: AnswerSpec = { style: 'json', fields: [{ name: 'safe', type: 'boolean' }] };
    expect(answerInstruction(bare, 'en')).not.toContain('unit');
    expect(answerInstruction(bare, 'zh')).not.toContain('单位');
  });

  it('adds nothing to the prompt of a free reply', () => {
    expect(answerInstruction({ style: 'text', fields: [] }, 'en')).toBe('');
  });
});
