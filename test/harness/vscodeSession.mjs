// A VS Code server with a browser to show it: one for all suites of a run that need it, or one's own.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { launch, launchServer } from './browser.mjs';
import { root } from './install.mjs';
import { openProfile, temporaryProfile } from './profile.mjs';
import { followParent, installVsix, provision, startServer } from './server.mjs';

/** @typedef {import('./profile.mjs').Profile} Profile */
/**
 * @typedef {object} Session
 * @property {Profile} profile
 * @property {{ authority: string }} server
 * @property {import('playwright-core').Browser} browser
 * @property {() => Promise<void>} close ends what this process started
 */

/** What NOPROP_SESSION holds: the profile's folder, and where server and browser listen. @typedef {{ profile: string, authority: string, browser: string }} Shared */

/** The session that the run has started for its suites. @returns {Shared | undefined} */
function sharedSession() {
  const text = process.env.NOPROP_SESSION;
  return text ? JSON.parse(text) : undefined;
}

/** The profile of the run's session, else a new one. */
export function sessionProfile() {
  const shared = sharedSession();
  return shared ? openProfile(shared.profile) : temporaryProfile();
}

/** Keeps the server's log in test/artifacts. @param {Profile} profile @param {string} name */
export function keepLog(profile, name) {
  const log = path.join(profile.root, 'server.log');
  const artifacts = path.join(root, 'test/artifacts');
  fs.mkdirSync(artifacts, { recursive: true });
  if (fs.existsSync(log)) fs.copyFileSync(log, path.join(artifacts, `server-${name}.log`));
}

/** Opens the run's session, else starts one on a profile. @param {Profile} profile @returns {Promise<Session>} */
export async function openSession(profile) {
  const shared = sharedSession();
  followParent();
  if (shared) {
    const browser = await chromium.connect(shared.browser);
    return { profile, server: shared, browser, close: () => browser.close() };
  }
  const server = await startServer(provision(), profile);
  const browser = await launch();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { profile, server, browser, close };
}

/**
 * What the host suite asks for in the environment of its VS Code.
 * @param {Profile} profile
 * @param {{ report: string, vsix?: string | undefined, grep?: string | undefined, files?: string[] }} options
 * @returns {Record<string, string>}
 */
export const hostEnvironment = (profile, { report, vsix, grep, files = [] }) => ({
  NOPROP_ROOT: root,
  NOPROP_TEST_REPORT: report,
  NOPROP_EXPECT_UNDER: vsix ? profile.extensions : root,
  ...(grep !== undefined && { NOPROP_GREP: grep }),
  ...(files.length && { NOPROP_TEST_FILES: files.join(path.delimiter) }),
});

/**
 * Starts a session for several suites, with the packaged extension installed where there is one.
 * @param {{ report: string, vsix?: string | undefined, grep?: string | undefined }} options of the host suite, whose
 *   extension host has the server's environment
 */
export async function shareSession(options) {
  const { vsix } = options;
  const tools = provision();
  const profile = temporaryProfile();
  if (vsix) installVsix(tools, profile, vsix);
  const server = await startServer(tools, profile, { env: hostEnvironment(profile, options) });
  const browser = await launchServer();
  /** @type {Shared} */
  const shared = { profile: profile.root, authority: server.authority, browser: browser.wsEndpoint() };
  return {
    env: { NOPROP_SESSION: JSON.stringify(shared) },
    stop: async () => {
      await browser.close();
      await server.stop();
      keepLog(profile, vsix ? 'vsix' : 'source');
      profile.remove();
    },
  };
}
