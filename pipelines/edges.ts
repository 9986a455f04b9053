/**
 * The edges that pipelines are drawn with: a name, and the record that a message is. A message belongs to one
 * admitted paragraph and grows along the way. Nothing can go wrong here.
 */
import type { RecordDefinition, RecordOf } from '../schemas/record-definition.ts';
import { maskGroup, predictionGroups as predictionGroupsRecord, scoredGroups as scoredGroupsRecord } from '../schemas/records/edges.ts';
import { paragraph } from '../schemas/records/paragraph.ts';
import { policyVersion } from '../schemas/records/policy-version.ts';

/** A named, typed line between two stages. */
export interface Edge<D extends RecordDefinition = RecordDefinition> {
  readonly name: string;
  readonly carries: D;
}

/** The message of an edge. */
export type MessageOf<E extends Edge> = RecordOf<E['carries']>;

export const paragraphs = edge('paragraphs', paragraph);
export const maskGroups = edge('mask-groups', maskGroup);
export const predictionGroups = edge('prediction-groups', predictionGroupsRecord);
export const scoredGroups = edge('scored-groups', scoredGroupsRecord);

/** From the sink back to the credits. */
export const policyVersions = edge('policy-versions', policyVersion);

export function edge<D extends RecordDefinition>(name: string, carries: D): Edge<D> {
  return { name, carries };
}
