import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { airlockProgram, wholeProgram } from '../../../main/cli/program';
import { FakeTerminal } from './fake-terminal';
import { allCommands } from './shown-command';

const typedAs = (command: Command): string[] =>
  command.parent ? [...typedAs(command.parent), command.name()] : [];

const helpOf = (program: Command): Map<string, string> =>
  new Map(
    [...allCommands(program)].map((command) => [typedAs(command).join(' '), command.helpInformation()]),
  );

const whole = await wholeProgram(new FakeTerminal());
const groups = [...allCommands(whole)].filter(({ commands }) => commands.length > 0).map(typedAs);
const leaves = [...allCommands(whole)].filter(({ commands }) => commands.length === 0).map(typedAs);

test('every command of the tree loads, and can be described', () => {
  expect(groups.length).toBeGreaterThanOrEqual(6);
  expect(leaves.length).toBeGreaterThanOrEqual(35);
  for (const command of allCommands(whole)) expect(command.description()).not.toBe('');
});

describe('where no command is loaded', () => {
  test.each(groups)('the help of “airlock %s” says the same', async (...path) => {
    const name = path.filter((word) => word !== undefined).join(' ');
    const none = await airlockProgram(new FakeTerminal(), []);
    expect(helpOf(none).get(name)).toBe(helpOf(whole).get(name));
  });
});

describe('a command is loaded', () => {
  const ways: readonly [string, (path: string[]) => string[]][] = [
    ['as it is named', (path) => path],
    ['after --', (path) => ['--', ...path]],
    ['after -- before its last word', (path) => [...path.slice(0, -1), '--', ...path.slice(-1)]],
    ['for its help', (path) => [...path.slice(0, -1), 'help', ...path.slice(-1)]],
  ];

  test.each(ways)('%s, and no other', async (_, typed) => {
    const full = helpOf(whole);
    for (const path of leaves) {
      const program = helpOf(await airlockProgram(new FakeTerminal(), typed(path)));
      const name = path.join(' ');
      expect(program.get(name)).toBe(full.get(name));
      const others = leaves.map((words) => words.join(' ')).filter((other) => other !== name);
      // `version` is no more than its name, and is always there; `man` takes nothing that help could show.
      const loaded = others.filter((other) => program.get(other) === full.get(other));
      expect(loaded.filter((other) => other !== 'version' && other !== 'man')).toEqual([]);
    }
  });
});
