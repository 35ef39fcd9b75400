import type { AnyFamily, FamilyRegistry } from '../core/family.ts';
import { DISPATCH_FAMILIES } from './dispatch/registry.ts';
import { FAULTS_FAMILIES } from './faults/registry.ts';
import { FORECASTING_FAMILIES } from './forecasting/registry.ts';

const FAMILIES: Readonly<Record<string, () => Promise<AnyFamily>>> = {
  ...DISPATCH_FAMILIES,
  ...FAULTS_FAMILIES,
  ...FORECASTING_FAMILIES,
};

/** The built-in families, each imported when a suite first names it. */
export const familyRegistry: FamilyRegistry = {
  names: Object.keys(FAMILIES),
  async load(name) {
    const load = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
    if (!load) throw new RangeError(`no family is called "${name}"`);
    return load();
  },
};
