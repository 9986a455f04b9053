/**
 * What a run hid. In: its folder and the paragraphs' context. Out: a tally for each quarter of the run, by step. Can go wrong: LOG_DAMAGED, RECORD_INVALID.
 */
import type { ManifestLine } from '../../infra/checkpoints/manifest-line.ts';
import type { FileSystem } from '../../infra/file-system/file-system.ts';
import { sampleTables } from '../../infra/sample-log/log-tables.ts';
import { readPart } from '../../infra/sample-log/read-part.ts';
import { describePick, type Pick, type PickContext } from '../../operators/analysis/describe-pick.ts';
import { addTallies, tallyPicks, type PickTally } from '../../operators/analysis/pick-tally.ts';

const quarters = 4;

export async function readRunPicks(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[], context: PickContext): Promise<PickTally[]> {
  const tallies: PickTally[][] = Array.from({ length: quarters }, () => []);
  for (const [i, line] of lines.entries()) {
    const picks = await stepPicks({ fileSystem, directory, line }, context);
    tallies[Math.floor((i * quarters) / lines.length)]!.push(tallyPicks(picks));
  }
  return tallies.map(addTallies);
}

async function stepPicks(at: Parameters<typeof readPart>[0], context: PickContext): Promise<Pick[]> {
  const passages = await readPart(at, sampleTables.passages, { columns: ['slot', 'maskIndex', 'maskText', 'spanStarts'] });
  if (passages.length === 0) return [];
  const paragraphs = new Map((await readPart(at, sampleTables.paragraphs, { columns: ['slot', 'title', 'text'] })).map((each) => [each.slot, each]));
  const groups = await readPart(at, sampleTables.groups, { columns: ['slot', 'maskIndex', 'role', 'solved', 'attempts'] });
  const byPassage = new Map(groups.filter(({ role }) => role === 'predict').map((group) => [`${group.slot}/${group.maskIndex ?? ''}`, group]));
  return passages.flatMap(({ slot, maskIndex, maskText, spanStarts }) => {
    const paragraph = paragraphs.get(slot);
    if (paragraph === undefined) return [];
    const group = byPassage.get(`${slot}/${maskIndex}`);
    const total = (counts: readonly (number | null)[] = []): number => counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    return [describePick({ paragraph, maskText, spanStarts, solved: total(group?.solved), attempts: total(group?.attempts) }, context)];
  });
}
