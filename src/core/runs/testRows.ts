/** How many test rows something was measured on, and of how many where that is not all: "200 of 359 test rows". */
export const testRowsText = (rows: number, all: number): string =>
  rows < all ? `${rows} of ${all} test rows` : `${rows} test rows`;
