export const starts = ['normal', 'zero', 'exact'].map((id) => ({ id, title: id, summary: id }));
