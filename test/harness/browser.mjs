// A headless Chromium: the one named by CHROMIUM_PATH, an installed one, or the one that an npm package carries.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';
import { root } from './install.mjs';

const installed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const carrier = path.join(root, 'node_modules/@sparticuz/chromium');

/** True when a folder holds a font, however deep. @param {string} dir */
const hasFonts = (dir) =>
  fs.existsSync(dir) &&
  fs.readdirSync(dir, { recursive: true }).some((name) => /\.(ttf|otf|ttc|pfb)$/i.test(String(name)));

/**
 * Unpacks the carried browser with the libraries (NSS, NSPR, expat) and fonts that a bare system lacks. The package's
 * own unpacking goes to a fixed place in the temporary folder, where two runs at once see each other's half-written
 * files; here it is unpacked once beside the packages and moved into place whole.
 */
function unpackCarried() {
  const { version } = JSON.parse(fs.readFileSync(path.join(carrier, 'package.json'), 'utf8'));
  const home = path.join(root, 'node_modules/.cache', `chromium-${version}`);
  if (fs.existsSync(home)) return home;
  fs.mkdirSync(path.dirname(home), { recursive: true });
  const half = fs.mkdtempSync(`${home}-`);
  const unpacked = (/** @type {string} */ name) =>
    zlib.brotliDecompressSync(fs.readFileSync(path.join(carrier, 'bin', name)));
  fs.writeFileSync(path.join(half, 'chromium'), unpacked('chromium.br'), { mode: 0o755 });
  for (const name of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
    const tar = path.join(half, name);
    fs.writeFileSync(tar, unpacked(`${name}.br`));
    execFileSync('tar', ['-xf', tar, '-C', half]);
    fs.rmSync(tar);
  }
  try {
    fs.renameSync(half, home);
  } catch (error) {
    fs.rmSync(half, { recursive: true, force: true });
    if (!fs.existsSync(home)) throw error; // else another run was first
  }
  return home;
}

/** Where the browser is, and the environment it needs. @returns {{ executablePath: string, env?: Record<string, string> }} */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { executablePath: named };
  const found = installed.map((name) => `/usr/bin/${name}`).find((file) => fs.existsSync(file));
  if (found) return { executablePath: found };
  const home = unpackCarried();
  const env = /** @type {Record<string, string>} */ ({ ...process.env, LD_LIBRARY_PATH: path.join(home, 'lib') });
  if (!hasFonts('/usr/share/fonts')) env.FONTCONFIG_PATH = path.join(home, 'fonts');
  return { executablePath: path.join(home, 'chromium'), env };
}

const options = () => ({
  ...findBrowser(),
  headless: true,
  args: [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic'],
    ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
});

/** Starts the browser. */
export const launch = () => chromium.launch(options());

/** Starts the browser for several processes, which connect to its wsEndpoint. */
export const launchServer = () => chromium.launchServer(options());
