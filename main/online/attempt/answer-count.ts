import { existsSync, readdirSync } from 'node:fs';
import type { CeremonyPaths } from '../../store/home';

/**
 * How many of the server's answers lie in a ceremony's folder, from all its attempts: the highest number
 * there.
 */
export function countAnswers({ answers }: CeremonyPaths): number {
  if (!existsSync(answers)) return 0;
  return Math.max(0, ...readdirSync(answers).map((name) => Number(/^(\d+)\.raw$/.exec(name)?.[1] ?? 0)));
}
