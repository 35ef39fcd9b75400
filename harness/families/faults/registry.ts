import type { AnyFamily } from '../../core/family.ts';

export const FAULTS_FAMILIES: Readonly<Record<string, () => Promise<AnyFamily>>> = {
  'dga-method': async () => (await import('./dga-method/family.ts')).dgaMethodFamily,
  'short-circuit': async () => (await import('./short-circuit/family.ts')).shortCircuitFamily,
  'relay-coordination': async () => (await import('./relay-coordination/family.ts')).relayCoordinationFamily,
  'sequence-quantities': async () =>
    (await import('./sequence-quantities/family.ts')).sequenceQuantitiesFamily,
  'distance-to-fault': async () => (await import('./distance-to-fault/family.ts')).distanceToFaultFamily,
  'dga-cause': async () => (await import('./dga-cause/family.ts')).dgaCauseFamily,
  'machine-vibration': async () => (await import('./machine-vibration/family.ts')).machineVibrationFamily,
  'pv-string': async () => (await import('./pv-string/family.ts')).pvStringFamily,
  'wind-scada': async () => (await import('./wind-scada/family.ts')).windScadaFamily,
  'battery-cells': async () => (await import('./battery-cells/family.ts')).batteryCellsFamily,
  'cable-pd': async () => (await import('./cable-pd/family.ts')).cablePdFamily,
  'protection-comms': async () => (await import('./protection-comms/family.ts')).protectionCommsFamily,
  'event-record': async () => (await import('./event-record/family.ts')).eventRecordFamily,
  'differential-channel': async () =>
    (await import('./differential-channel/family.ts')).differentialChannelFamily,
  'bad-telemetry': async () => (await import('./bad-telemetry/family.ts')).badTelemetryFamily,
  'causal-report': async () => (await import('./causal-report/family.ts')).causalReportFamily,
};
