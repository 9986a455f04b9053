import { SolvedShare } from './solved-share.tsx';

/** ✓ or ✗ where there is one answer, else how many of them are right. */
export function RightShare({ right, of }: { readonly right: number; readonly of: number }) {
  if (of !== 1) return <SolvedShare solved={right} attempts={of} />;
  return (
    <span class={right === 1 ? 'right' : 'wrong'} role="img" aria-label={right === 1 ? 'right' : 'wrong'}>
      {right === 1 ? '✓' : '✗'}
    </span>
  );
}
