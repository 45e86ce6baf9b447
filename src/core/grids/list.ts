import { defineGrid, within } from './grid';

export const list = defineGrid({
  id: 'list',
  title: 'Given times',
  summary: 'Steps between times that are given; those outside the window are left out, and its ends are added.',
  source: 'The experiment',
  parameters: {},
  takes: 'times',
  create: (_, times) => ({
    id: 'list',
    times: ({ window }) => within(window, times),
    count: ({ window }) => within(window, times).length - 1,
  }),
});
