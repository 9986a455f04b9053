/** In: a pipeline's graph. Out: lines that draw it, with what each edge carries. Pure. */
import type { EdgeDescription, TopologyDescription } from '../../../pipelines/describe-topology.ts';
import type { Ink } from '../ink.ts';

export function graphLines({ stages, edges }: TopologyDescription, ink: Ink): string[] {
  const forward = stages.slice(1).map((to) => edges.find((edge) => edge.to === to));
  const back = edges.filter((edge) => !forward.includes(edge));
  return [
    ...stages.flatMap((stage, i) => {
      const edge = forward[i];
      return edge === undefined ? [ink.bold(stage)] : [ink.bold(stage), `  │  ${carried(edge, ink)}`, ...fields(edge, ink), '  ▼'];
    }),
    ...back.map((edge) => `  ╰─▶ ${edge.to}  ${carried(edge, ink)}`),
  ];
}

function carried({ name, record, doc }: EdgeDescription, ink: Ink): string {
  return `${ink.cyan(name)}${record === null ? '' : ` (${record})`}: ${doc}`;
}

function fields({ fields: all }: EdgeDescription, ink: Ink): string[] {
  return all.length === 0 ? [] : [ink.dim(`  │    ${all.map(({ name }) => name).join(', ')}`)];
}
