import type { ReactNode } from 'react';
import { Problem } from './problem';

interface Listed {
  readonly id: string;
  /** ISO time. */
  readonly updatedAt: string;
}

/** A heading, and which ceremonies stand under it. */
export interface CeremonyGroup<C> {
  readonly title: string;
  readonly has: (ceremony: C) => boolean;
}

export interface CeremonyListProps<C extends Listed> {
  readonly ceremonies: readonly C[];
  /** In their order on the screen. Each ceremony is in one of them. */
  readonly groups: readonly CeremonyGroup<C>[];
  readonly row: (ceremony: C) => ReactNode;
  /** Why one could not be opened. */
  readonly problem: string | null;
}

/** The ceremonies of a station by what is to be done with them, the latest of each group first. */
export function CeremonyList<C extends Listed>({ ceremonies, groups, row, problem }: CeremonyListProps<C>) {
  const latestFirst = [...ceremonies].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <>
      {groups.map(({ title, has }) => {
        const of = latestFirst.filter(has);
        return of.length === 0 ? null : (
          <section className="section" key={title}>
            <h2>{title}</h2>
            <ul className="people">{of.map(row)}</ul>
          </section>
        );
      })}
      <Problem text={problem} />
    </>
  );
}
