import {
  type ChainGroup,
  curveFigures,
  maximumPower,
} from '../../../engineering/faults/equipment/pv-string.ts';

export const STRING_FAULTS = ['soiling', 'shade', 'bypass', 'series', 'shunt', 'open'] as const;
export type StringFault = (typeof STRING_FAULTS)[number];

/** A third of a module, as one bypass diode guards it, at 1000 W/m² and 25 °C. */
export interface ChainType {
  photo_a: number;
  voc_v: number;
  /** n·Ns·kT/q at 25 °C. */
  thermal_v: number;
  series_ohm: number;
  shunt_ohm: number;
  /** 1/K. */
  alpha: number;
  beta: number;
}

export interface Injection {
  kind: StringFault;
  /** Share of light left, number of shorted chains, ohms added, ohms of each chain's shunt. */
  size: number;
  /** Chains in the shade. */
  chains: number;
}

/** Temperature moves the photocurrent by α, the open-circuit voltage by β, and the thermal voltage with absolute temperature. */
export function chainAt(type: ChainType, g_wm2: number, cell_c: number): Omit<ChainGroup, 'count'> {
  const dt = cell_c - 25;
  const thermal_v = (type.thermal_v * (cell_c + 273.15)) / 298.15;
  const full = type.photo_a * (1 + type.alpha * dt);
  const voc_v = type.voc_v * (1 + type.beta * dt);
  return {
    photo_a: (full * g_wm2) / 1000,
    saturation_a: (full - voc_v / type.shunt_ohm) / Math.expm1(voc_v / thermal_v),
    thermal_v,
    series_ohm: type.series_ohm,
    shunt_ohm: type.shunt_ohm,
  };
}

/** The chains of a string with one fault, or none. An open string has no curve. */
export function stringWith(chain: Omit<ChainGroup, 'count'>, count: number, fault?: Injection): ChainGroup[] {
  switch (fault?.kind) {
    case 'soiling':
      return [{ ...chain, photo_a: chain.photo_a * fault.size, count }];
    case 'bypass':
      return [{ ...chain, count: count - fault.size }];
    case 'series':
      return [{ ...chain, series_ohm: chain.series_ohm + fault.size / count, count }];
    case 'shunt':
      return [{ ...chain, shunt_ohm: fault.size, count }];
    case 'shade':
      return [
        { ...chain, count: count - fault.chains },
        { ...chain, photo_a: chain.photo_a * fault.size, count: fault.chains },
      ];
    default:
      return [{ ...chain, count }];
  }
}

/** What the maker prints: figures of one module at 1000 W/m² and 25 °C, and γ in 1/K between 25 and 55 °C. */
export function dataSheet(type: ChainType) {
  const standard = [{ ...chainAt(type, 1000, 25), count: 3 }];
  const { isc_a, voc_v, imp_a, vmp_v } = curveFigures(standard);
  const warm = maximumPower([{ ...chainAt(type, 1000, 55), count: 3 }]);
  const gamma = ((warm.v * warm.i) / (imp_a * vmp_v) - 1) / 30;
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    p_w: Math.round(imp_a * vmp_v),
    isc_a: round(isc_a, 2),
    voc_v: round(voc_v, 2),
    imp_a: round(imp_a, 2),
    vmp_v: round(vmp_v, 2),
    alpha_pct: round(type.alpha * 100, 3),
    beta_pct: round(type.beta * 100, 3),
    gamma_pct: round(gamma * 100, 2),
  };
}
export type DataSheet = ReturnType<typeof dataSheet>;
