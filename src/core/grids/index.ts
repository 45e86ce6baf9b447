export const grids = [
  { id: 'uniform-t', title: 'Uniform in t', summary: 'Steps of equal time.' },
  { id: 'uniform-gamma', title: 'Uniform in γ', summary: 'Steps of equal log-SNR.' },
];
