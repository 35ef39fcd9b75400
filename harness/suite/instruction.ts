import type { AnswerField, AnswerSpec, Option } from '../core/answer.ts';
import type { Lang } from '../core/lang.ts';

/**
 * What is appended to a prompt, in its language: that the reply must end in one JSON object, and what each field
 * holds. Free replies are asked for by their prompt alone, so nothing is appended.
 */
export function answerInstruction(spec: AnswerSpec, lang: Lang): string {
  if (spec.style === 'text') return '';
  const words = WORDS[lang];
  const example = `{${spec.fields.map((field) => `"${field.name}": ${words.placeholder(field)}`).join(', ')}}`;
  const lines = spec.fields.map((field) => {
    const about = field.describe ? words.colon + field.describe : '';
    return [
      `- \`${field.name}\`${words.bracket(words.shape(field))}${about}`,
      ...optionLines(field, words),
    ].join('\n');
  });
  const units = spec.fields.some(({ type, unit }) => type === 'number' && unit) ? `\n\n${words.units}` : '';
  return `${words.ask(spec.fields.length)}\n\n\`\`\`json\n${example}\n\`\`\`\n\n${lines.join('\n')}${units}`;
}

interface Words {
  ask(fields: number): string;
  /** Said once, where a field is a number with a unit. */
  units: string;
  placeholder(field: AnswerField): string;
  shape(field: AnswerField): string;
  bracket(text: string): string;
  colon: string;
}

const WORDS: Readonly<Record<Lang, Words>> = {
  en: {
    ask: (fields) =>
      `You may reason first. End your reply with exactly one JSON object that has ${fields === 1 ? 'this field' : 'these fields'}, and write nothing after it:`,
    units:
      'A bare number is taken to be in the unit stated. To answer in another unit, give the value as text with its unit: "<number> <unit>".',
    placeholder: ({ type, unit }) =>
      ({
        number: unit ? `<number, ${unit}>` : '<number>',
        choice: '"<option>"',
        set: '["<option>", …]',
        text: '"<text>"',
        boolean: '<true or false>',
        json: '<JSON value>',
      })[type],
    shape: ({ type, unit, options }) =>
      ({
        number: unit ? `number, in ${unit}` : 'number, without a unit',
        choice: 'exactly one of the options',
        set: options
          ? 'list of every option that applies; [] if none does'
          : 'list of every item that applies; [] if none does',
        text: 'text',
        boolean: 'true or false',
        json: 'JSON value',
      })[type],
    bracket: (text) => ` (${text})`,
    colon: ': ',
  },
  zh: {
    ask: () =>
      '可以先写出分析和计算过程。回答的最后必须给出且只给出一个 JSON 对象，包含下列字段，其后不要再写任何内容：',
    units: '只写数字时，按上面注明的单位理解；如需使用其他单位，请把数值连同单位写成文本："<数值> <单位>"。',
    placeholder: ({ type, unit }) =>
      ({
        number: unit ? `<数值，${unit}>` : '<数值>',
        choice: '"<选项>"',
        set: '["<选项>", …]',
        text: '"<文字>"',
        boolean: '<true 或 false>',
        json: '<JSON 值>',
      })[type],
    shape: ({ type, unit, options }) =>
      ({
        number: unit ? `数值，单位：${unit}` : '数值，无单位',
        choice: '从选项中选且只选一个',
        set: options ? '列表，列出所有符合的选项，没有则写 []' : '列表，列出所有符合的内容，没有则写 []',
        text: '文字',
        boolean: 'true 或 false',
        json: 'JSON 值',
      })[type],
    bracket: (text) => `（${text}）`,
    colon: '：',
  },
};

function optionLines({ options }: AnswerField, words: Words): string[] {
  return (options ?? []).map((option) => `  - "${option.id}"${gloss(option, words)}`);
}

/** What an option is called, where that is not what it is named. */
function gloss({ id, labels }: Option, words: Words): string {
  const [label] = labels;
  return label && label !== id ? words.colon + label : '';
}
