import type { AnswerField, AnswerSpec, FieldType, Option } from '../core/answer.ts';
import type { TargetField } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import { wordingIn } from './languages.ts';
import type { FieldConfig } from './schema.ts';

export type AnswerConfig = Readonly<Record<string, FieldConfig>>;
/** Options that only the facts of a problem tell, by field. */
export type DrawnOptions = Readonly<Record<string, readonly Option[]>>;

/** What a family says of a field fills in what the suite leaves out: its type, its unit. */
export function answerSpec(
  config: AnswerConfig | undefined,
  targets: Readonly<Record<string, TargetField>>,
  lang: Lang,
  drawn: DrawnOptions = {},
): AnswerSpec {
  if (!config) return { style: 'text', fields: [] };
  const fields = Object.entries(config).map(([name, field]): AnswerField => {
    const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
    const type = fieldType(field, target);
    const unit =
      field.unit === undefined
        ? type === 'number'
          ? unitIn(target?.unit, lang)
          : undefined
        : wordingIn(field.unit, lang);
    const options = field.options
      ? statedOptions(field.options, lang)
      : Object.hasOwn(drawn, name)
        ? drawn[name]
        : undefined;
    return {
      name,
      type,
      ...(unit ? { unit } : {}),
      ...(options ? { options } : {}),
      ...(field.describe === undefined ? {} : { describe: wordingIn(field.describe, lang) }),
    };
  });
  return { style: 'json', fields };
}

const fieldType = (field: FieldConfig, target?: TargetField): FieldType =>
  field.type ?? target?.type ?? 'number';

/** An option answers to its id and to every label: those of the sample's language first, since the first is shown. */
function statedOptions(options: NonNullable<FieldConfig['options']>, lang: Lang): Option[] {
  if (Array.isArray(options)) return options.map((id) => ({ id, labels: [id] }));
  return Object.entries(options).map(([id, labels]) => {
    if (typeof labels === 'string' || Array.isArray(labels))
      return { id, labels: [...new Set([labels].flat())] };
    const other: Lang = lang === 'en' ? 'zh' : 'en';
    return { id, labels: [...new Set([labels[lang] ?? [], labels[other] ?? []].flat())] };
  });
}

/** A family's unit in a language: families that change the currency name one for each. */
export function unitIn(unit: TargetField['unit'], lang: Lang): string | undefined {
  return typeof unit === 'object' ? unit[lang] : unit;
}
