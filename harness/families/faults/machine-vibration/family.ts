import type { Family } from '../../../core/family.ts';
import { overallRms } from '../../../engineering/faults/equipment/rotating-machine.ts';
import { decimals, replyWith } from '../../wording.ts';
import {
  drawMachineVibration,
  type MachineVibrationFacts,
  type MachineVibrationParams,
  machineVibrationParams,
} from './facts.ts';
import { machineVibrationMistakes } from './mistakes.ts';
import { characteristicHz, type MachineFault } from './train.ts';
import { faultName, faultOptions } from './words.ts';
import { machineVibrationWork } from './work.ts';

export type MachineVibrationAnswer = {
  fault: MachineFault;
  /** Characteristic frequency by the data of the machine, Hz. */
  frequency: number;
  /** Names of the peaks that the fault made or raised. */
  peaks: string[];
  /** Radial, mm/s rms. */
  overall: number;
};

/** A spectrum of a motor and what it drives: which fault, its frequency by geometry and speed, its lines, how strong it all is. */
export const machineVibrationFamily: Family<
  MachineVibrationParams,
  MachineVibrationFacts,
  MachineVibrationAnswer
> = {
  name: 'machine-vibration',
  version: 2,
  params: machineVibrationParams,
  targets: {
    fault: { type: 'choice' },
    frequency: { type: 'number', unit: 'Hz' },
    peaks: { type: 'set' },
    overall: { type: 'number', unit: 'mm/s' },
  },
  draw: drawMachineVibration,
  unordered: ['peaks'],
  solve: ({ train, fault, peaks }) => ({
    fault,
    frequency: Number(characteristicHz(train, fault).toFixed(4)),
    peaks: peaks.filter(({ source }) => source === 'fault').map(({ name }) => name),
    overall: Number(overallRms(peaks.map(({ radial }) => radial)).toFixed(4)),
  }),
  vars: ({ fault: _injected, peaks, ...facts }) => ({
    ...facts,
    peaks: peaks.map(({ source: _made, ...peak }) => peak),
  }),
  options: ({ train, peaks }, lang) => ({
    fault: faultOptions(train.kind, lang),
    peaks: peaks.map(({ name }) => ({ id: name, labels: [name] })),
  }),
  reply(_facts, answer, lang) {
    const prose = {
      en: `What has changed since the last survey fits ${faultName(answer.fault, 'en')}, whose frequency is ${decimals(answer.frequency, 2)} Hz by the data of the machine.`,
      zh: `与上次测量相比，新增和明显增大的谱线符合“${faultName(answer.fault, 'zh')}”的特征，按机组参数算得特征频率为 ${decimals(answer.frequency, 2)} Hz。`,
    }[lang];
    return replyWith(prose, answer);
  },
  mistakes: machineVibrationMistakes,
  work: machineVibrationWork,
};
