import type { Option } from '../../../core/answer.ts';
import type { Lang } from '../../../core/lang.ts';
import { faultsOf, type MachineFault, type Train } from './train.ts';

const NAMES: Readonly<Record<MachineFault, Readonly<Record<Lang, string>>>> = {
  unbalance_1: { en: 'unbalance of shaft 1', zh: '1 号轴（电机轴系）不平衡' },
  unbalance_2: { en: 'unbalance of shaft 2', zh: '2 号轴（低速轴）不平衡' },
  misalignment: { en: 'misalignment at the motor coupling', zh: '电机联轴器不对中' },
  looseness: { en: 'mechanical looseness on shaft 1', zh: '1 号轴机械松动' },
  stator: { en: 'stator fault or uneven air gap of the motor', zh: '电机定子故障或气隙不均' },
  rotor_bars: { en: 'broken rotor bars of the motor', zh: '电机转子断条' },
  outer_a: { en: 'outer race of bearing A', zh: '轴承 A 外圈损伤' },
  inner_a: { en: 'inner race of bearing A', zh: '轴承 A 内圈损伤' },
  element_a: { en: 'rolling element of bearing A', zh: '轴承 A 滚动体损伤' },
  outer_b: { en: 'outer race of bearing B', zh: '轴承 B 外圈损伤' },
  inner_b: { en: 'inner race of bearing B', zh: '轴承 B 内圈损伤' },
  element_b: { en: 'rolling element of bearing B', zh: '轴承 B 滚动体损伤' },
  impeller: { en: 'hydraulic trouble or damage at the impeller', zh: '叶轮水力激振或叶片损伤' },
  gear_pinion: { en: 'damaged tooth on the pinion', zh: '小齿轮轮齿损伤' },
  gear_wheel: { en: 'damaged tooth on the wheel', zh: '大齿轮轮齿损伤' },
};

export const faultName = (fault: MachineFault, lang: Lang): string => NAMES[fault][lang];

export const faultOptions = (kind: Train['kind'], lang: Lang): Option[] =>
  faultsOf(kind).map((id) => ({ id, labels: [faultName(id, lang)] }));
