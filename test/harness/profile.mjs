// A VS Code profile on disk: settings, extensions, home. Nothing of the user's own VS Code is read or changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @typedef {'Default Light Modern' | 'Default Dark Modern' | 'Default High Contrast' | 'Default High Contrast Light'} Theme */
/** @typedef {Record<string, unknown>} Settings */
/**
 * @typedef {object} Profile
 * @property {string} root       holds everything below, and server.log
 * @property {string} home       HOME of the server
 * @property {string} userData   --user-data-dir
 * @property {string} extensions --extensions-dir
 * @property {string} workspace  an empty folder to open
 * @property {() => void} remove deletes the profile
 */

/** @type {Settings} */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'noprop.runs.location': 'storage', // else the first training asks
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'window.autoDetectColorScheme': false,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
};

// Trust stays on, as users have it: a folder nobody was asked about is untrusted, and the extension must work in it.
/** @type {Settings} */
const untrusted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.untrustedFiles': 'open',
};

/**
 * The settings of a profile.
 * @param {{ theme?: Theme, trust?: boolean, settings?: Settings }} [options] `trust: true` takes every folder as
 *   trusted, by switching workspace trust off
 * @returns {Settings}
 */
export function profileSettings({ theme, trust = false, settings = {} } = {}) {
  return {
    ...quiet,
    ...untrusted,
    ...(trust && { 'security.workspace.trust.enabled': false }),
    ...(theme && { 'workbench.colorTheme': theme }),
    ...settings,
  };
}

const settingsFile = (/** @type {Profile} */ profile) => path.join(profile.userData, 'User/settings.json');

/**
 * Replaces the user's settings; the next workbench that opens reads them. (An open one does not: the server's workbench
 * watches the workspace only. See setTheme for a change at run time.)
 * @param {Profile} profile @param {Settings} settings
 */
export const writeSettings = (profile, settings) =>
  fs.writeFileSync(settingsFile(profile), JSON.stringify(settings, null, 2) + '\n');

/**
 * Opens the profile in `root`, and makes what is missing; settings that are there already are kept.
 * @param {string} root
 * @param {{ userData?: string | undefined, extensions?: string | undefined, settings?: Settings }} [options]
 * @returns {Profile}
 */
export function openProfile(root, options = {}) {
  const profile = {
    root,
    home: path.join(root, 'home'),
    userData: options.userData ?? path.join(root, 'user'),
    extensions: options.extensions ?? path.join(root, 'extensions'),
    workspace: path.join(root, 'workspace'),
    remove: () => fs.rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
  for (const dir of [profile.home, profile.extensions, profile.workspace, path.dirname(settingsFile(profile))])
    fs.mkdirSync(dir, { recursive: true });
  if (!fs.existsSync(settingsFile(profile))) writeSettings(profile, options.settings ?? profileSettings());
  fs.writeFileSync(path.join(root, 'config.yaml'), 'auth: none\n');
  return profile;
}

/** A new profile in the temporary folder, whose path is short enough for sockets. @param {Parameters<typeof openProfile>[1]} [options] */
export const temporaryProfile = (options) =>
  openProfile(fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-'))), options);

/**
 * A profile that lasts. Unix socket paths end at 107 characters, so a folder too deep for them is replaced by one in
 * the temporary folder, the same at every start.
 * @param {string} wanted
 * @param {Parameters<typeof openProfile>[1]} [options]
 */
export function lastingProfile(wanted, options) {
  const socket = path.join(wanted, 'user', 'code-server-ipc.sock');
  if (Buffer.byteLength(socket) < 104) return openProfile(wanted, options);
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return openProfile(path.join(os.tmpdir(), `noprop-lab-${os.userInfo().username}-${hash}`), options);
}
