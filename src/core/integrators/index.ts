export const integrators = ['euler', 'heun', 'rk4', 'exponential-1'].map((id) => ({ id, title: id, summary: id }));
