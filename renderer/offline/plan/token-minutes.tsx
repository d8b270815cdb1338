import { Choice } from '../../parts/choice';

export interface TokenMinutesProps {
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

const usual: readonly number[] = [15, 60, 240];

/** How long the token may be in somebody's hands before the officer's screen gets loud. */
export function TokenMinutes({ minutes, onChange }: TokenMinutesProps) {
  const offered = [...new Set([...usual, minutes])].sort((a, b) => a - b);
  return (
    <Choice
      label="How long the token may be in somebody’s hands"
      options={offered.map((each) => ({
        value: String(each),
        name: `${each} minutes`,
        hint: hints[each] ?? '',
      }))}
      value={String(minutes)}
      onChange={(value) => onChange(Number(value))}
    />
  );
}

const hints: Readonly<Record<number, string>> = {
  15: 'One task, done at once.',
  60: 'As a rule.',
  240: 'Work that takes an afternoon, with everyone watching.',
};
