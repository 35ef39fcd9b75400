// Energy of answering one request with a large language model, by the method that EcoLogits publishes
// (a regression over measured inference on H100 GPUs). Figures of the method, as published:

/** Concurrent requests that share a server. */
const BATCH = 64;
/** Wh per output token and GPU = ALPHA · e^(BETA · batch) · billions of active parameters + GAMMA. */
const ALPHA = 1.16653e-6;
const BETA = -0.0112059;
const GAMMA = 4.05293e-5;
/** Weights at 16 bits need P · 16 / 8 GB, with 20 % for everything else; a GPU holds 80 GB. */
const MEMORY_OVERHEAD = 1.2;
const BITS = 16;
const GPU_GB = 80;
/** A server of 8 GPUs draws this beside its GPUs, in kW. */
const SERVER_KW = 1.2;
const SERVER_GPUS = 8;

export interface InferenceRequest {
  /** Parameters used for a token, billions: fewer than all in a mixture of experts. */
  active_parameters_b: number;
  /** All parameters, billions: what must be held in memory. */
  total_parameters_b: number;
  output_tokens: number;
  /** From request to the last token, seconds. */
  latency_s: number;
  pue: number;
}

export interface InferenceEnergy {
  gpus: number;
  gpu_wh_per_token: number;
  energy_kwh: number;
}

/**
 * Energy of one request:
 *   GPUs      = 2^⌈log₂⌈1.2 · P · 16 / 8 / 80⌉⌉
 *   E_gpu     = tokens · (ALPHA · e^(BETA · 64) · P_active + GAMMA) Wh, each GPU
 *   E_server  = latency/3600 · 1.2 kW · GPUs/8 / 64
 *   E_request = PUE · (E_server + GPUs · E_gpu)
 * An estimate by a regression, not a measurement: good to a factor, fit for comparing, not for accounts.
 * @throws RangeError for figures that are not positive, or a PUE below 1
 */
export function inferenceEnergy(request: InferenceRequest): InferenceEnergy {
  const { active_parameters_b, total_parameters_b, output_tokens, latency_s, pue } = request;
  if (!(active_parameters_b > 0 && total_parameters_b >= active_parameters_b))
    throw new RangeError('parameters: 0 < active ≤ total, in billions');
  if (!(output_tokens >= 0 && latency_s >= 0)) throw new RangeError('tokens and latency are from 0 up');
  if (!(pue >= 1)) throw new RangeError('PUE is never below 1');
  const memory_gb = (MEMORY_OVERHEAD * total_parameters_b * BITS) / 8;
  const gpus = 2 ** Math.ceil(Math.log2(Math.ceil(memory_gb / GPU_GB)));
  const gpu_wh_per_token = ALPHA * Math.exp(BETA * BATCH) * active_parameters_b + GAMMA;
  const gpu_kwh = (output_tokens * gpu_wh_per_token) / 1000;
  const server_kwh = ((latency_s / 3600) * SERVER_KW * gpus) / SERVER_GPUS / BATCH;
  return { gpus, gpu_wh_per_token, energy_kwh: pue * (server_kwh + gpus * gpu_kwh) };
}

/** Operational emissions of a request: energy × factor. Making the hardware is left out. */
export function inferenceCarbon(
  request: InferenceRequest,
  kg_co2_per_kwh: number,
): { energy_kwh: number; kg_co2: number } {
  const { energy_kwh } = inferenceEnergy(request);
  return { energy_kwh, kg_co2: energy_kwh * kg_co2_per_kwh };
}
