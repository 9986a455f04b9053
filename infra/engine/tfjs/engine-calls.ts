/** What the engine's thread can be asked. */
import type { AccumulateReport, AccumulateRequest, EntropyText, GenerateRequest, GenerateResult, StepRequest, StepResult, TrainingGroup } from '../../../operators/ports/engine.ts';

export interface EngineCalls {
  generate(request: GenerateRequest): GenerateResult;
  score(groups: readonly TrainingGroup[]): number[][][];
  entropies(texts: readonly EntropyText[]): number[][];
  accumulate(request: AccumulateRequest): AccumulateReport;
  step(request: StepRequest): StepResult;
  discard(): void;
  save(directory: string, options: { readonly optimizer: boolean }): void;
  /** @returns the version */
  load(directory: string): number;
  close(): void;
}
