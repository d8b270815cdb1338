export interface PartMapProps {
  readonly seen: readonly boolean[];
  readonly now?: number;
  readonly label: string;
}

/** More than these get narrower marks. */
const manyParts = 40;

/** One mark a part of a moving code. */
export function PartMap({ seen, now, label }: PartMapProps) {
  return (
    <div className={seen.length > manyParts ? 'parts parts-many' : 'parts'} role="img" aria-label={label}>
      {seen.map((is, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its number
          key={index}
          className={`part${is ? ' part-seen' : ''}${index === now ? ' part-now' : ''}`}
        />
      ))}
    </div>
  );
}
