/** In: a topology. Out: its graph as plain data, with what each edge carries: for `check`, and for drawing. Pure. */
import type { RecordDefinition } from '../schemas/record-definition.ts';
import { policyVersion } from '../schemas/records/policy-version.ts';
import type { Topology } from './topology.ts';

export interface EdgeDescription {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Name and version of the record, for example `mask_group@1`; null for credits, which are leave to send and no record. */
  readonly record: string | null;
  readonly doc: string;
  readonly fields: readonly { readonly name: string; readonly doc: string }[];
}

export interface TopologyDescription {
  readonly pipeline: string;
  /** From the corpus to the update. */
  readonly stages: readonly string[];
  /** The paragraphs' way, in order, then the two that lead back. */
  readonly edges: readonly EdgeDescription[];
}

export function describeTopology(topology: Topology): TopologyDescription {
  const { source, stages, sink } = topology;
  const names = [source.name, ...stages.map((stage) => stage.name), sink.name];
  const forward = [source.produces, ...stages.map((stage) => stage.produces)];
  return {
    pipeline: topology.name,
    stages: names,
    edges: [
      ...forward.map((edge, i) => describeEdge(edge.name, names[i]!, names[i + 1]!, edge.carries)),
      describeEdge('policy-versions', sink.name, 'credits', policyVersion),
      { name: 'credits', from: 'credits', to: source.name, record: null, doc: 'Leave to admit the paragraphs of a step.', fields: [] },
    ],
  };
}

function describeEdge(name: string, from: string, to: string, record: RecordDefinition): EdgeDescription {
  const fields = Object.entries(record.fields).map(([field, { doc }]) => ({ name: field, doc }));
  return { name, from, to, record: `${record.name}@${record.version}`, doc: record.doc, fields };
}
