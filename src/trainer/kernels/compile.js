// Compiles the kernels (AssemblyScript) into dist, where they are older than their sources.
const fs = require('node:fs');
const path = require('node:path');

/** The trainer's own kernels; each variant a module for tfjs' memory. */
const kernels = { 'kernels.wasm': 'simd', 'kernels-relaxed.wasm': 'simd,relaxed-simd' };

/** Compiles the kernels that are older than their sources. @param {string[]} sources */
async function compileKernels(sources) {
  const newest = Math.max(...sources.map((file) => fs.statSync(file).mtimeMs));
  for (const [name, features] of Object.entries(kernels)) {
    const file = path.join('dist', name);
    if (fs.existsSync(file) && fs.statSync(file).mtimeMs > newest) continue;
    const { default: asc } = await import('assemblyscript/asc');
    const options = ['--runtime', 'stub', '--importMemory', '--noAssert', '-O3', '--enable', features];
    const { error, stderr } = await asc.main(['src/trainer/kernels/index.ts', '--outFile', file, ...options]);
    if (error) throw new Error(`${error.message}\n${stderr}`);
    if (!hasSection(fs.readFileSync(file), DATA)) continue;
    fs.rmSync(file);
    throw new Error(`${name} brings data, which would overwrite what tfjs has in its memory`);
  }
}

/** The kind of section with which a module fills its memory. */
const DATA = 11;

/** Whether a WebAssembly module has a section of a kind. @param {Uint8Array} bytes @param {number} kind */
function hasSection(bytes, kind) {
  const byteAt = (/** @type {number} */ at) => bytes[at] ?? 0;
  for (let at = 8; at < bytes.length;) {
    if (byteAt(at) === kind) return true;
    let size = 0;
    let shift = 0;
    do {
      at++;
      size |= (byteAt(at) & 127) << shift;
      shift += 7;
    } while (byteAt(at) & 128);
    at += 1 + size;
  }
  return false;
}

module.exports = { compileKernels };
