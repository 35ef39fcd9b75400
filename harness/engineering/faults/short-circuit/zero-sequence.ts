import { relativeReactance, transformerFactor, transformerImpedance, unitFactor } from './corrections.ts';
import { type Branch, plain, starOf } from './impedances.ts';
import {
  busOf,
  type CurrentCase,
  type Feeder,
  type Line,
  type PowerStation,
  type ShortCircuitNetwork,
  type Transformer2,
  type Transformer3,
  type TransformerRating,
  voltageFactor,
  type WindingPair,
} from './network.ts';
import { parseVectorGroup, zeroSequencePath } from './vector-group.ts';

/**
 * The zero-sequence network as branches: `to` absent means earth. Corrected with the positive-sequence factors; neutral
 * impedances count three times and are not corrected (IEC 60909-0). Generators and motors are taken as not earthed.
 */
export function zeroBranches(network: ShortCircuitNetwork, which: CurrentCase): Branch[] {
  return network.elements.flatMap((element): Branch[] => {
    if (element.kind === 'feeder') return feeder(network, element, which);
    if (element.kind === 'line') return line(element, which);
    if (element.kind === 'transformer') return transformer(network, element);
    if (element.kind === 'transformer3') return threeWinding(network, element);
    if (element.kind === 'power-station') return unit(network, element);
    return [];
  });
}

function feeder(network: ShortCircuitNetwork, q: Feeder, which: CurrentCase): Branch[] {
  if (q.x0_x1 === undefined) return [];
  const bus = busOf(network, q.bus);
  const ik = which === 'max' ? q.ik_max_ka : (q.ik_min_ka ?? q.ik_max_ka);
  const z = (voltageFactor(bus, which) * bus.un_kv) / (Math.sqrt(3) * ik);
  const x0 = (q.x0_x1 * z) / Math.hypot(1, q.rx ?? 0.1);
  return [plain(q.name, q.bus, (q.r0_x0 ?? 0) * x0, x0)];
}

function line(l: Line, which: CurrentCase): Branch[] {
  if (l.x0_ohm_per_km === undefined) return [];
  const hot = which === 'min' ? 1 + 0.004 * ((l.end_temperature_c ?? 20) - 20) : 1;
  const length = l.length_km / (l.parallel ?? 1);
  return [plain(l.name, l.from, (l.r0_ohm_per_km ?? 0) * hot * length, l.x0_ohm_per_km * length, l.to)];
}

const zeroOf = <R extends TransformerRating | WindingPair>(rating: R) => ({
  sr_mva: rating.sr_mva,
  uk_percent: rating.uk0_percent ?? rating.uk_percent,
  ukr_percent: rating.ukr0_percent ?? rating.ukr_percent,
});

function transformer(network: ShortCircuitNetwork, t: Transformer2): Branch[] {
  if (!t.vector_group) return [];
  const c = voltageFactor(busOf(network, t.lv), 'max');
  const k = transformerFactor(relativeReactance(t.uk_percent, t.ukr_percent), c);
  const { r_ohm, x_ohm } = transformerImpedance(zeroOf(t), t.ur_hv_kv);
  const ratio = t.ur_hv_kv / t.ur_lv_kv;
  const [hv, lv] = [3 * (t.xn_hv_ohm ?? 0), 3 * (t.xn_lv_ohm ?? 0)];
  switch (zeroSequencePath(parseVectorGroup(t.vector_group))) {
    case 'through':
      return [plain(t.name, t.hv, k * r_ohm, k * x_ohm + hv + lv * ratio ** 2, t.lv, ratio)];
    case 'hv-earth':
      return [plain(t.name, t.hv, k * r_ohm, k * x_ohm + hv)];
    case 'lv-earth':
      return [plain(t.name, t.lv, (k * r_ohm) / ratio ** 2, (k * x_ohm) / ratio ** 2 + lv)];
    case 'none':
      return [];
  }
}

/** Z(0)S = K·Z(0)THV + 3·Z_N: the generator behind a delta does not enter. */
function unit(network: ShortCircuitNetwork, u: PowerStation): Branch[] {
  const { transformer: t } = u;
  if (!t.vector_group || zeroSequencePath(parseVectorGroup(t.vector_group)) !== 'hv-earth') return [];
  const bus = busOf(network, u.bus);
  const k = unitFactor(u, bus.un_kv, voltageFactor(bus, 'max'));
  const { r_ohm, x_ohm } = transformerImpedance(zeroOf(t), t.ur_hv_kv);
  return [plain(u.name, u.bus, k * r_ohm, k * x_ohm + 3 * (t.xn_hv_ohm ?? 0))];
}

/** An earthed star joins its bus to the star point, a delta joins the star point to earth, a star without earth does nothing. */
function threeWinding(network: ShortCircuitNetwork, t: Transformer3): Branch[] {
  const { windings } = t;
  if (!windings) return [];
  const pair = (p: WindingPair, lower: string) => {
    const c = voltageFactor(busOf(network, lower), 'max');
    const k = transformerFactor(relativeReactance(p.uk_percent, p.ukr_percent), c);
    const z = transformerImpedance(zeroOf(p), t.ur_hv_kv);
    return { r: k * z.r_ohm, x: k * z.x_ohm };
  };
  const legs = starOf(pair(t.hv_mv, t.mv), pair(t.hv_lv, t.lv), pair(t.mv_lv, t.lv));
  const star = `${t.name} star point`;
  return (['hv', 'mv', 'lv'] as const).flatMap((side, i): Branch[] => {
    const { r, x } = legs[i]!;
    if (windings[side] === 'd') return [plain(`${t.name} ${side}`, star, r, x)];
    if (windings[side] === 'y') return [];
    const ratio = t.ur_hv_kv / t[`ur_${side}_kv`];
    const neutral = side === 'mv' ? 3 * (t.xn_mv_ohm ?? 0) * ratio ** 2 : 0;
    return [plain(`${t.name} ${side}`, star, r, x + neutral, t[side], ratio)];
  });
}
