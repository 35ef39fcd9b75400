// The least that a program could do: N requests, c at a time, replies parsed and dropped.
//   node bench-http-loop.mjs <undici|agent|openai|anthropic> <base url> <N> <c>
import { Agent, request as httpRequest } from 'node:http';

const [client, base, n, c] = process.argv.slice(2);
const url = `${base}/v1/chat/completions`;
const payload = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'x'.repeat(1500) }] });
const headers = { 'content-type': 'application/json' };

const ways = { undici: overUndici, agent: overAgent, openai: overOpenAi, anthropic: overAnthropic };
const ask = await ways[client]();
let left = Number(n);
await Promise.all(
  Array.from({ length: Number(c) }, async () => {
    while (left-- > 0) await ask();
  }),
);
process.exit();

async function overUndici() {
  const { Agent: Pool, request } = await import('undici');
  const dispatcher = new Pool();
  return async () => {
    const { body } = await request(url, { method: 'POST', headers, body: payload, dispatcher });
    return JSON.parse(await body.text());
  };
}

function overAgent() {
  const agent = new Agent({ keepAlive: true, maxSockets: Number(c) });
  const post = () =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      });
      sent.on('error', reject).end(payload);
    });
  return async () => JSON.parse(await post());
}

// The SDKs over undici's fetch: over Node's own they are slower still.
async function overOpenAi() {
  const [{ OpenAI }, { fetch }] = await Promise.all([import('openai'), import('undici')]);
  const sdk = new OpenAI({ apiKey: 'sk-bench', baseURL: `${base}/v1`, maxRetries: 0, fetch });
  return () => sdk.chat.completions.create(JSON.parse(payload));
}

async function overAnthropic() {
  const [{ Anthropic }, { fetch }] = await Promise.all([import('@anthropic-ai/sdk'), import('undici')]);
  const sdk = new Anthropic({ apiKey: 'sk-bench', baseURL: base, maxRetries: 0, fetch });
  return () => sdk.messages.create({ ...JSON.parse(payload), max_tokens: 1000 });
}
