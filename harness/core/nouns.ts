const NOUN =
  /^(?:units?|generators?|buses|bus|nodes?|lines?|branch|hours?|机组|发电机|节点|母线|线路|支路|时段)[\s.:：#-]*(?=[a-z]{0,3}\d)/iu;

/** A name without the noun that people put before it: `Unit G1`, `节点1`, `线路 L1-2`. Only for what no name matches as it stands. */
export const withoutNoun = (name: string): string => name.replace(NOUN, '');
