/** Marks the page as light or dark, as the reader's system is and becomes: the lab's charts go by these marks. */
export function followColours(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const mark = () => {
    document.body.classList.toggle('vscode-dark', dark.matches);
    document.body.classList.toggle('vscode-light', !dark.matches);
  };
  mark();
  dark.addEventListener('change', mark);
}
