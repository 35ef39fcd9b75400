import type { Lang } from '../../../core/lang.ts';
import type { GassingCause } from '../../../engineering/faults/dga/gassing-causes.ts';

export const CAUSE_WORDS: Readonly<Record<GassingCause, Readonly<Record<Lang, string>>>> = {
  core: {
    en: 'circulating current in the core or its clamps (a second core earth)',
    zh: '铁心多点接地（铁心、夹件环流）',
  },
  contact: {
    en: 'bad contact or joint in the current path (tap selector, lead, bushing connection)',
    zh: '导电回路接触不良（分接选择器、引线或套管接头）',
  },
  winding: {
    en: 'overheated winding: paper near hot conductors is charred',
    zh: '绕组过热，导线附近绝缘纸受热裂解',
  },
  ageing: {
    en: 'cellulose ageing well above the normal rate, without a hot spot',
    zh: '固体绝缘（纸）整体加速老化，无局部过热',
  },
  discharge: {
    en: 'partial discharges in wet or void-ridden insulation',
    zh: '绝缘受潮或含气隙引起的局部放电',
  },
  arcing: {
    en: 'arcing in the main tank (turns, leads), at single moments',
    zh: '本体内电弧放电（匝间或引线对地等），间歇发生',
  },
  'tap-leak': {
    en: 'oil or gas of the on-load tap changer leaking into the main tank',
    zh: '有载分接开关油室向本体渗漏（窜油、窜气）',
  },
  stray: {
    en: 'stray gassing of the oil itself at ordinary temperatures',
    zh: '油品自身在正常温度下产气（杂散产气），设备无故障',
  },
};
