/** Light or dark: as the system has it, until a person chooses. Nothing can go wrong: where nothing may be stored the choice lasts as long as the page. */
const key = 'pretrainzero-theme';

export function restoreTheme(): void {
  const kept = stored();
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
}

export function switchTheme(): void {
  const { dataset } = document.documentElement;
  const dark = (dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  dataset.theme = dark ? 'light' : 'dark';
  try {
    localStorage.setItem(key, dataset.theme);
  } catch {
    // not allowed here
  }
  dispatchEvent(new Event('themechange'));
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
