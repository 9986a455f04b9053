/**
 * The gradient sink as a process of its own. In: a topology, the run's parts, and the epoch that was begun for it. Out: how the run ended, told to all workers. It grants credits
 * and takes scored paragraphs by topics; all else is what runs in memory. Can go wrong: whatever the update, the topics and the store throw; RUN_LOCKED where another sink took over.
 *
 * It samples nothing but the held-out set. So a step need not wait for later ones to be sampled, but where it has a checkpoint, where refills are, or where the run shall stop:
 * there is nothing to go on from but settled steps.
 */
import { finalize, ignoreElements, lastValueFrom, merge, Subject, takeUntil, tap, type Observable } from 'rxjs';
import type { GroupMember } from '../../operators/ports/message-bus.ts';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { TopicState } from '../../operators/ports/topic.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import type { CommittedStep } from '../../operators/training/gradient-steps.ts';
import { admission, creditGrant } from '../../schemas/records/control-messages.ts';
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
import type { PolicyVersion } from '../../schemas/records/policy-version.ts';
import { connectSink } from '../connect-sink.ts';
import { after, outcomeOf, type LastStep } from '../outcome-of.ts';
import { createRunContext, type RunContext } from '../run-context.ts';
import type { InMemoryParts, RunEnd } from '../run-in-memory.ts';
import type { Topology } from '../topology.ts';
import { createVersionAnnouncer, type VersionAnnouncer } from './announce-versions.ts';
import type { SinkEpoch } from './begin-epoch.ts';
import type { RunBus } from './run-bus.ts';
import { ScoredInbox } from './scored-inbox.ts';

export interface SinkLink {
  readonly run: RunBus;
  readonly weights: PolicyWeights;
  readonly sink: SinkEpoch;
}

export async function runSink(topology: Topology, parts: InMemoryParts, link: SinkLink): Promise<RunEnd> {
  const { config, resume, signal, engine } = parts;
  const { run, weights, sink } = link;
  const announcer = createVersionAnnouncer({ run, weights, engine, epoch: sink.epoch, start: resume });
  let end: LastStep = { step: resume.step, last: false, alarms: [] };
  const idle = resume.step >= config.run.steps ? 'completed' : signal.aborted ? 'interrupted' : null;
  if (idle === null) await update(topology, parts, link, announcer, (committed) => (end = after(end, committed)));
  await announcer.end(end.step);
  return { kind: idle ?? outcomeOf(end, parts), step: end.step, alarms: end.alarms };
}

async function update(topology: Topology, parts: InMemoryParts, link: SinkLink, announcer: VersionAnnouncer, onCommitted: (step: CommittedStep) => void): Promise<void> {
  const { config, resume } = parts;
  const edge = { admitted: 0, scored: 0 };
  const context = createRunContext(parts, () => [waitingOn(topology.sink.consumes.name, edge)]);
  parts.onStart?.({ credits: context.credits, edges: () => [waitingOn(topology.sink.consumes.name, edge)] });
  const baseEvaluations = resume.step === 0 ? await parts.evaluate(context.engineOf('evaluation', () => 0), 0) : [];
  context.stopwatch.lap(0);
  await announcer.announce('epoch', resume.step);
  const scored$ = new Subject<ScoredGroups>();
  const versions$ = new Subject<PolicyVersion>();
  const inbox = new ScoredInbox(({ record, letters }) => {
    edge.scored += 1;
    context.alive();
    letters.forEach(context.letters.put);
    scored$.next(record);
  });
  const tellCredits = (): void => parts.emit({ type: 'credits', inFlight: context.credits.inFlight(), capacity: context.credits.capacity });
  let announced = Promise.resolve();
  const failed$ = new Subject<never>();
  const done$ = new Subject<void>();
  const committed$ = connectSink(topology, parts, {
    ...context,
    scored$,
    versions$,
    settle: (step, stopping) => config.grpo.refillParagraphs > 0 || step % config.run.checkpointEvery === 0 || stopping,
    announce: ({ version }) => {
      announced = announced
        .then(() => announcer.announce('update', version.step))
        .then(() => {
          inbox.committed(version.step);
          versions$.next(version);
          tellCredits();
        })
        .catch((error: unknown) => failed$.error(error));
    },
    baseEvaluations,
  }).pipe(
    tap(onCommitted),
    finalize(() => {
      context.stopWatching();
      done$.next();
    }),
  );
  const members = await followInputs(link, context, inbox, edge);
  const lost = Promise.race([link.sink.lost, ...members.map((member) => member.ended.then(forever))]);
  try {
    const all$ = merge(committed$, publishGrants(link, context, () => scored$.complete()), merge(failed$, lost).pipe(takeUntil(done$)), context.watch$);
    await lastValueFrom(all$, { defaultValue: null });
  } finally {
    await Promise.all(members.map((member) => member.close()));
  }
}

/** A member that was closed has nothing to tell. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}

/** Grants in their order, each acknowledged before the next. With the last, the scored paragraphs have an end. */
function publishGrants({ run, sink }: SinkLink, { credits }: RunContext, onClosed: () => void): Observable<never> {
  const failed = new Subject<never>();
  let before = Promise.resolve();
  const published$ = credits.grants.pipe(
    tap({
      next: (grant) => {
        const { step, firstSlot } = grant;
        before = before
          .then(() => run.publish('grants', creditGrant, grant, { epoch: sink.epoch, step, id: `${step}/${firstSlot}` }))
          .catch((error: unknown) => failed.error(error));
      },
      complete: () => {
        failed.complete();
        onClosed();
      },
    }),
    ignoreElements(),
  );
  return merge(failed, published$);
}

async function followInputs({ run, sink }: SinkLink, { credits, letters }: RunContext, inbox: ScoredInbox, edge: { admitted: number }): Promise<GroupMember[]> {
  const answered = new Set<string>();
  const admissions = await run.follow(
    'admissions',
    [admission],
    ({ record, origin, letters: own }) => {
      const { grant, admitted, exhausted, position } = record;
      const name = `${grant.step}/${grant.firstSlot}`;
      if (origin.epoch !== sink.epoch || answered.has(name)) return;
      answered.add(name);
      edge.admitted += admitted;
      own.forEach(letters.put);
      credits.answer({ grant, admitted, exhausted, position: JSON.parse(position) as CorpusPosition });
      inbox.admitted(grant);
    },
    true,
  );
  const scored = await run.follow('scored-groups', [scoredGroups], (message) => {
    if (message.origin.epoch === sink.epoch) inbox.scored(message);
  });
  return [admissions, scored];
}

function waitingOn(name: string, { admitted, scored }: { readonly admitted: number; readonly scored: number }): TopicState {
  return { name, published: admitted, acknowledged: scored, bytes: 0, waitingBytes: 0, peakWaiting: admitted - scored };
}
