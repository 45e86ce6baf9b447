import { session } from '../harness/pages/window';

export { calm, eventually } from '../harness/pages/wait';
export { themes, type Theme } from '../harness/pages/themes';
export { LabWindow } from '../harness/pages/window';

afterEach('keep a picture of a failure', async function () {
  if (this.currentTest?.state === 'failed') await (await session()).capture(this.currentTest.fullTitle());
});

after('stop the browser', async () => (await session()).closeAll());
