// A loopback endpoint that answers every chat completion or message after a fixed latency: node bench-http-server.mjs <latency ms>
import { createServer } from 'node:http';

const latencyMs = Number(process.argv[2]);
const text = `${'Load the cheapest unit first, then the next, until demand is met. '.repeat(8)}\n{"price": "23.5 $/MWh", "total_cost": "12000 $/h"}`;
const body = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1,
  model: 'bench-1',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 400, completion_tokens: 150, total_tokens: 550 },
});
const message = JSON.stringify({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'bench-1',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 400, output_tokens: 150 },
});
const headers = { 'content-type': 'application/json' };

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const reply = request.url?.endsWith('/messages') ? message : body;
    setTimeout(() => response.writeHead(200, headers).end(reply), latencyMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
