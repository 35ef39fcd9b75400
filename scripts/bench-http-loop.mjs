// The least that a program could do: N requests, c at a time, replies parsed and dropped.
//   node bench-http-loop.mjs <undici|agent> <url> <N> <c>
import { Agent, request as httpRequest } from 'node:http';

const [client, url, n, c] = process.argv.slice(2);
const payload = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'x'.repeat(1500) }] });
const headers = { 'content-type': 'application/json' };

const post = client === 'undici' ? await overUndici() : overAgent();
let left = Number(n);
await Promise.all(
  Array.from({ length: Number(c) }, async () => {
    while (left-- > 0) JSON.parse(await post());
  }),
);
process.exit();

async function overUndici() {
  const { Agent: Pool, request } = await import('undici');
  const dispatcher = new Pool();
  return async () => (await request(url, { method: 'POST', headers, body: payload, dispatcher })).body.text();
}

function overAgent() {
  const agent = new Agent({ keepAlive: true, maxSockets: Number(c) });
  return () =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      });
      sent.on('error', reject).end(payload);
    });
}
