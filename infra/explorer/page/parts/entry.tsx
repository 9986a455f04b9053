/** A labelled field for a text or a whole number; it counts when Enter is pressed or the field is left. */
interface EntryProps {
  readonly label: string;
  readonly value: string;
  readonly type?: 'search' | 'number';
  readonly placeholder?: string;
  readonly change: (value: string) => void;
}

export function Entry({ label, value, type = 'search', placeholder, change }: EntryProps) {
  return (
    <label class={`field ${type}`}>
      <span>{label}</span>
      <input type={type} list={undefined} min={0} value={value} placeholder={placeholder ?? ''} autocomplete="off" spellcheck={false} onChange={(event) => change(event.currentTarget.value)} />
    </label>
  );
}
