/** A labelled select. `any` is the choice that leaves nothing out. */
interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly choices: readonly (readonly [value: T, words: string])[];
  readonly any?: string;
  readonly change: (value: T | null) => void;
}

export function Choice<T extends string>({ label, value, choices, any, change }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => change(choices.find(([each]) => each === event.currentTarget.value)?.[0] ?? null)}>
        {any !== undefined && <option value="">{any}</option>}
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
