/** What a prompt may say of a paragraph. */
export interface PromptSubject {
  readonly title: string;
  readonly sections: readonly string[];
  /** The paragraph, the passage with `[mask]` in it, or the beginning of the paragraph whose next token is asked for. */
  readonly text: string;
}

/** Renders a role's prompt to token ids. Pure. */
export interface PromptTemplate {
  /** For example `short@1`; written into every rollout. */
  readonly name: string;
  maskPrompt(subject: PromptSubject): readonly number[];
  predictionPrompt(subject: PromptSubject): readonly number[];
  nextTokenPrompt(subject: PromptSubject): readonly number[];
}
