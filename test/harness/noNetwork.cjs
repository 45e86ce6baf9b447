// To be preloaded (node --require): writes each attempt to reach the network to the file NOPROP_NETWORK_LOG, and refuses
// it. Threads of the process get it too.
const fs = require('node:fs');
const log = process.env.NOPROP_NETWORK_LOG;

/** @param {object} room @param {string[]} names @param {string} what */
function refuse(room, names, what) {
  const functions = /** @type {Record<string, unknown>} */ (room);
  for (const name of names)
    if (typeof functions[name] === 'function')
      functions[name] = (/** @type {unknown[]} */ ...args) => {
        const to = args.find((one) => typeof one === 'string' || typeof one === 'number') ?? '';
        if (log) fs.appendFileSync(log, `${what}.${name} ${String(to)}\n`);
        throw new Error(`${what}.${name} reaches the network`);
      };
}

if (log) fs.appendFileSync(log, '');
refuse(require('node:net').Socket.prototype, ['connect'], 'net');
refuse(require('node:net').Server.prototype, ['listen'], 'net');
refuse(require('node:dgram').Socket.prototype, ['bind', 'send', 'connect'], 'dgram');
for (const room of ['node:http', 'node:https']) refuse(/** @type {object} */ (require(room)), ['request', 'get'], room);
refuse(require('node:http2'), ['connect'], 'http2');
refuse(require('node:tls'), ['connect'], 'tls');
refuse(require('node:dns'), ['lookup', 'resolve', 'resolve4', 'resolve6'], 'dns');
refuse(require('node:dns').promises, ['lookup', 'resolve', 'resolve4', 'resolve6'], 'dns');
refuse(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'global');
