/**
 * The log of a run behind replay's port, read from topics in place of Parquet parts. In: the run's topics. Out: its steps; of one that is there several times, as after a resume, the newest. All of them are held in memory:
 * some 5 MB a paragraph of the paper's sizes. Can go wrong: RUN_NOT_FOUND where no step lies there; LOG_DAMAGED where the first steps or paragraphs were trimmed, naming them; what the bus throws.
 */
import { createHash } from 'node:crypto';
import type { LoggedStep, LoggedStepHead, StepLog } from '../../operators/ports/step-log.ts';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import { logPositionOf } from '../../operators/replay/log-position.ts';
import { sampleTablesOf, tableNames, tableRecords } from '../../operators/replay/logged-tables.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { epochBegins, stepToCommit, type StepToCommit } from '../../schemas/records/control-messages.ts';
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
import { stepTiming } from '../../schemas/records/step-timing.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import { ownTopics, replayedTopics, type LogTopics } from './log-topics.ts';

const fields = Object.fromEntries(tableNames.map((table) => [table, new Set(Object.keys(tableRecords[table].fields))])) as unknown as LoggedStep['fields'];

export async function openTopicLog(run: RunBus): Promise<StepLog> {
  const there = await run.bus.topicNames(run.topic(''));
  const topics = there.includes(run.topic(replayedTopics.steps)) ? replayedTopics : ownTopics;
  const commits = await newestCommits(run, topics);
  const paragraphs = await newestParagraphs(run, topics);
  requireAll(run, topics, commits);
  return {
    steps: headsOf(commits),
    place: (table, step) => `${run.topic(topics.steps)}, step ${step}, ${table}`,
    read(step) {
      const commit = commits.get(step);
      if (commit === undefined) return Promise.reject(new PretrainZeroError('USAGE', `the topics hold no step ${step}; their last is ${commits.size}`));
      const { paragraphIds, gradientBatches, evaluations, deadLetters, report } = commit;
      const missing = paragraphIds.find((id) => !paragraphs.has(id));
      if (missing !== undefined) return Promise.reject(new PretrainZeroError('LOG_DAMAGED', `the paragraph ${missing} does not lie on ${run.topic(topics.groups)} any more; \`replay --to kafka\` puts a whole log on topics`));
      const samples = sampleTablesOf(paragraphIds.map((id) => paragraphs.get(id)!));
      return Promise.resolve({ step, tables: { ...samples, evaluations, deadLetters, gradientBatches, steps: [report] }, fields, damage: [] });
    },
  };
}

async function newestCommits(run: RunBus, { steps }: LogTopics): Promise<ReadonlyMap<number, StepToCommit>> {
  const newest = new Map<number, { readonly epoch: number; readonly record: StepToCommit }>();
  for (const { definition, record, origin } of await run.readAll(steps, [epochBegins, stepToCommit, stepTiming])) {
    if (definition.name !== stepToCommit.name || origin.epoch < (newest.get(origin.step)?.epoch ?? 0)) continue;
    newest.set(origin.step, { epoch: origin.epoch, record: record as StepToCommit });
  }
  return new Map([...newest].sort(([a], [b]) => a - b).map(([step, { record }]) => [step, record]));
}

async function newestParagraphs(run: RunBus, { groups }: LogTopics): Promise<ReadonlyMap<string, ScoredGroups>> {
  const newest = new Map<string, { readonly epoch: number; readonly record: ScoredGroups }>();
  for (const { record, origin } of await run.readAll(groups, [scoredGroups])) {
    if (origin.epoch >= (newest.get(record.paragraph.id)?.epoch ?? 0)) newest.set(record.paragraph.id, { epoch: origin.epoch, record });
  }
  return new Map([...newest].map(([id, { record }]) => [id, record]));
}

function requireAll(run: RunBus, { steps }: LogTopics, commits: ReadonlyMap<number, StepToCommit>): void {
  if (commits.size === 0) throw new PretrainZeroError('RUN_NOT_FOUND', `no step lies on ${run.topic(steps)}; \`replay --to kafka\` puts a log on topics`);
  const missing = Array.from({ length: Math.max(...commits.keys()) }, (_, i) => i + 1).find((step) => !commits.has(step));
  if (missing !== undefined) throw new PretrainZeroError('LOG_DAMAGED', `the step ${missing} does not lie on ${run.topic(steps)} any more`);
}

function headsOf(commits: ReadonlyMap<number, StepToCommit>): LoggedStepHead[] {
  let hash = '';
  return [...commits].map(([step, commit]) => {
    hash = createHash('sha256').update(hash).update(JSON.stringify(commit)).digest('hex');
    const trainedFrom = logPositionOf(JSON.parse(commit.corpusPosition) as CorpusPosition);
    return { step, policyVersion: commit.report.policyVersion, hash, trainedFrom, checkpoint: null };
  });
}
