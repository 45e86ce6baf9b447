// Builds for production and packages the VSIX and the command at the project root (npm run package).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, root } from './install.mjs';
import { packCommand } from './packCommand.mjs';

/** The files in a zip archive, from its central directory. @param {string} file @returns {{ name: string, size: number, packed: number }[]} */
export function zipFiles(file) {
  const zip = fs.readFileSync(file);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error(`${file} is not a zip archive`);
  const files = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    files.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      size: zip.readUInt32LE(at + 24),
      packed: zip.readUInt32LE(at + 20),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

const EXPECTED = 'test/harness/packageFiles.txt';

/** Throws where the package lacks a file of the list, or has another. @param {string[]} names paths in the archive */
function checkFiles(names) {
  // vsce gives these an ending and small letters, and adds its own two files.
  const known = (/** @type {string} */ name) => name.toLowerCase().replace(/^license\.txt$/, 'license');
  const own = names.filter((name) => name.startsWith('extension/')).map((name) => known(name.slice(10)));
  const list = fs.readFileSync(path.join(root, EXPECTED), 'utf8').trim().split('\n').map(known);
  const extra = own.filter((name) => !list.includes(name));
  const missing = list.filter((name) => !own.includes(name));
  if (extra.length || missing.length)
    throw new Error(
      `the package is not what ${EXPECTED} says: more: ${extra.join(', ') || 'none'}; missing: ${missing.join(', ') || 'none'}`,
    );
}

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(11);

/** Packages the extension, prints what is in it, and returns the path of the VSIX. @param {(text: string) => void} write */
export function packageVsix(write) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `${name}-${version}.vsix`);
  fs.rmSync(vsix, { force: true });
  // A development build leaves source maps, which are not part of the product.
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const done = spawnSync(process.execPath, [...args, '--out', vsix], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'], // without a terminal it asks nothing
  });
  if (done.status !== 0 || !fs.existsSync(vsix)) throw new Error(`vsce package failed:\n${done.stdout}${done.stderr}`);
  for (const line of done.stderr.split('\n')) if (/WARNING/.test(line)) write(`${line}\n`);
  const files = zipFiles(vsix);
  checkFiles(files.map(({ name: file }) => file));
  for (const { name: file, size } of files) write(`${kilobytes(size)}  ${file}\n`);
  const unpacked = files.reduce((sum, { size }) => sum + size, 0);
  write(`${kilobytes(unpacked)}  in ${files.length} files\n`);
  write(`${kilobytes(fs.statSync(vsix).size)}  ${path.basename(vsix)}\n`);
  return vsix;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  try {
    const write = (/** @type {string} */ text) => void process.stdout.write(text);
    packageVsix(write);
    packCommand(root, write);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
