export { eventually } from '../harness/pages/wait';
export { themes, type Theme } from '../harness/pages/themes';
export { LabWindow } from '../harness/pages/window';
