import { useKeys } from '../state/keys.ts';

/** Leafs through the pages of a long list; nothing where there is one page. */
export function Pager({ page, pages, change }: { readonly page: number; readonly pages: number; readonly change: (page: number) => void }) {
  const goTo = (to: number) => () => {
    if (to >= 0 && to < pages) change(to);
  };
  useKeys([
    { keys: ['PageDown', '.'], does: 'the next page of the list', act: goTo(page + 1) },
    { keys: ['PageUp', ','], does: 'the page before', act: goTo(page - 1) },
  ]);
  if (pages <= 1) return null;
  return (
    <p class="bar pager">
      <button type="button" aria-label="The page before" disabled={page === 0} onClick={goTo(page - 1)}>
        ←
      </button>
      page {page + 1} of {pages.toLocaleString('en-US')}
      <button type="button" aria-label="The next page" disabled={page + 1 >= pages} onClick={goTo(page + 1)}>
        →
      </button>
    </p>
  );
}
