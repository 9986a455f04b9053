import { solvedShade } from '../../view/solved-shade.ts';

/** `3/8` on the shade of how often a mask was solved. */
export function SolvedShare({ solved, attempts }: { readonly solved: number; readonly attempts: number }) {
  const shade = solvedShade(solved, attempts);
  return (
    <span class={`solved ${shade === null ? 'untried' : `shade-${shade}`}`} title={attempts === 0 ? 'not predicted' : `${solved} of ${attempts} predictions right`}>
      {attempts === 0 ? '–' : `${solved}/${attempts}`}
    </span>
  );
}
