// npm run film [-- learnedSchedule firstSteps]: does as a person would in a real VS Code, with mouse and keys; prints
// clicks, keys and seconds, and leaves a picture of each step in test/artifacts/film.
import fs from 'node:fs';
import path from 'node:path';
import { launch } from './browser.mjs';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';
import { measurePace } from './pace.mjs';
import { endOnSignals } from './process.mjs';

const artifacts = path.join(root, 'test/artifacts/film');
const viewport = { width: 1600, height: 900 };

/** Every story, by the name of its file in test/harness/film. */
const names = ['ownData', 'figure', 'learnedSchedule', 'firstSteps'];

ensureInstalled();
process.env.NOPROP_PACE ??= measurePace().toFixed(1);
endOnSignals();
const { profileSettings, temporaryProfile } = await import('./profile.mjs');
const { provision, startServer } = await import('./server.mjs');
const { openWorkbench } = await import('./workbench.mjs');
const { Person, tableOf } = await import('./film/person.mjs');

/** @typedef {{ title: string, files?: Record<string, string>, play: (person: import('./film/person.mjs').Person) => Promise<void> }} Story */

/** Plays a story in a window of its own. @param {string} name @returns {Promise<boolean>} whether it went to its end */
async function film(name) {
  /** @type {Story} */
  const { title, files = {}, play } = await import(`./film/${name}.mjs`);
  const profile = temporaryProfile({ settings: profileSettings({ trust: true }) });
  const workspace = path.join(profile.root, 'workspace');
  fs.mkdirSync(workspace, { recursive: true });
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(workspace, file), text);
  const server = await startServer(provision(), profile);
  const browser = await launch();
  try {
    const ready = '.activitybar [aria-label="NoProp Lab"]';
    const page = await openWorkbench(browser, server, { workspace, devPath: root, viewport, ready });
    const person = new Person(page, workspace, path.join(artifacts, name));
    fs.rmSync(person.pictures, { recursive: true, force: true });
    try {
      await play(person);
      return true;
    } catch (error) {
      console.error(`${title}: ${error instanceof Error ? error.message : error}`);
      return false;
    } finally {
      console.log(`\n${tableOf(title, person.steps)}`);
    }
  } finally {
    await browser.close();
    await server.stop();
    profile.remove();
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length) {
  console.error(`no such story: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}
await ensureBuilt({ write: () => undefined });
let isGood = true;
for (const name of wanted.length ? wanted : names) isGood = (await film(name)) && isGood;
console.log(`\nPictures are in ${path.relative(process.cwd(), artifacts)}.`);
process.exit(isGood ? 0 : 1);
