import type { Calc } from './calc.ts';
import * as runs from './fault-runs.ts';
import * as schemas from './fault-schemas.ts';
import { iec60909Schema } from './short-circuit-schema.ts';

export const faultCalcs: Calc[] = [
  {
    name: 'iec60909',
    group: 'faults',
    summary: 'Short-circuit currents by IEC 60909: initial, peak, breaking, steady state',
    input: 'json',
    schema: iec60909Schema,
    options: [
      { flags: '--case <max|min>', describe: 'largest or smallest currents', default: 'max' },
      {
        flags: '--kappa <A|B|C>',
        describe: 'uniform R/X, R/X at the fault, equivalent frequency',
        default: 'C',
      },
      { flags: '--t-min <seconds>', describe: 'minimum time delay of the breaker', default: '0.1' },
    ],
    example: `wattmark calc iec60909 '{"network":"iec-60909-4","at":"2"}'`,
    run: runs.iec60909,
  },
  {
    name: 'sequence-fault',
    group: 'faults',
    summary:
      'Three-phase, LG, LL and LLG faults by sequence networks, with vector groups and fault impedance',
    input: 'json',
    schema: schemas.sequenceFaultSchema,
    example: `wattmark calc sequence-fault '{"buses":["A","B"],"elements":[{"kind":"source","name":"G","bus":"A","z1_pu":{"x":0.2},"z0_pu":{"x":0.1}},{"kind":"transformer","name":"T","hv":"A","lv":"B","z1_pu":{"x":0.1},"vector_group":"YNd11"}],"fault":{"bus":"A","type":"LG"}}'`,
    run: runs.sequenceFaultOf,
  },
  {
    name: 'distance-to-fault',
    group: 'faults',
    summary:
      'Distance to fault from one or both ends of a line, and where the error of the reactance method comes from',
    input: 'json',
    schema: schemas.distanceToFaultSchema,
    example: `wattmark calc distance-to-fault '{"line":{"length_km":50,"z1_ohm_per_km":{"r":0.08,"x":0.4},"z0_ohm_per_km":{"r":0.25,"x":1.2},"s":{"e_kv":63.5,"z1_ohm":{"r":1,"x":8},"z0_ohm":{"r":1.2,"x":10}},"r":{"e_kv":63.5,"z1_ohm":{"r":4,"x":12},"z0_ohm":{"r":5,"x":15}},"load_angle_deg":12},"fault":{"m":0.6,"type":"LG","rf_ohm":10}}'`,
    run: runs.distanceToFault,
  },
  {
    name: 'overcurrent',
    group: 'faults',
    summary:
      'Overcurrent relays: operating times, trip order, coordination of pairs, choice of time multiplier',
    input: 'json',
    schema: schemas.overcurrentSchema,
    example: `wattmark calc overcurrent '{"relays":[{"name":"R1","curve":"IEC-SI","pickup_a":300,"tms":0.1,"current_a":3000},{"name":"R2","curve":"IEC-SI","pickup_a":400,"tms":0.2,"current_a":3000}],"pairs":[{"downstream":"R1","upstream":"R2","min_a":800,"max_a":6000}]}'`,
    run: runs.overcurrent,
  },
  {
    name: 'distance-zones',
    group: 'faults',
    summary: 'Distance protection: zone reaches, what the relay sees under infeed, in which zone it trips',
    input: 'json',
    schema: schemas.distanceZonesSchema,
    example: `wattmark calc distance-zones '{"line":{"r":2,"x":10},"next":[{"r":4,"x":20}],"infeed":{"relay_ka":{"mag":2},"infeed_ka":{"mag":3}},"fault":{"next":0,"fraction":0.3}}'`,
    run: runs.distanceZones,
  },
  {
    name: 'differential',
    group: 'faults',
    summary: 'Percentage differential protection of a transformer, with CT ratios and vector group',
    input: 'json',
    schema: schemas.differentialSchema,
    example: `wattmark calc differential '{"s_mva":40,"vector_group":"Dyn11","hv":{"un_kv":110,"ct_ratio":300},"lv":{"un_kv":10.5,"ct_ratio":2500},"pickup_pu":0.3,"slope1_percent":30,"slope2_percent":70,"knee_pu":2,"hv_a":{"a":{"mag":0.7},"b":{"mag":0.7,"deg":-120},"c":{"mag":0.7,"deg":120}},"lv_a":{"a":{"mag":0.88,"deg":210},"b":{"mag":0.88,"deg":90},"c":{"mag":0.88,"deg":-30}}}'`,
    run: runs.differential,
  },
  {
    name: 'fault-simulation',
    group: 'faults',
    summary:
      'A sequence-of-events record of a fault in a seeded grid, with its truth and the section found from it',
    input: 'json',
    schema: schemas.faultSimulationSchema,
    example: `wattmark calc fault-simulation '{"seed":"7","stations":6,"missing_rate":0.05,"false_count":1}'`,
    run: runs.faultSimulation,
  },
  {
    name: 'dga',
    group: 'faults',
    summary: 'Dissolved gas analysis by a named method; one JSON of ppm values or a CSV of many',
    input: 'json',
    schema: schemas.dgaSchema,
    rows: true,
    options: [
      {
        flags: '--method <name>',
        describe: 'duval1, iec60599, dlt722, rogers or doernenburg',
        default: 'duval1',
      },
      {
        flags: '--attention <kV>',
        describe: 'dlt722 only: no diagnosis below the attention values of this voltage',
      },
    ],
    example: `wattmark calc dga --method duval1 '{"H2":160,"CH4":130,"C2H2":33,"C2H4":96,"C2H6":20}'`,
    run: runs.dga,
  },
];
