import { type Described, type DescribedOption, nameIn, withAllBelow } from '../parts/described';

/** A text as one word of fish, where only these two need a backslash within single quotes. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** What a value may be: of a list, or a file. */
const valueFlags = ({ takes, choices }: DescribedOption): string => {
  if (takes === '') return '';
  return choices.length === 0 ? ' -r -F' : ` -x -a ${quoted(choices.join(' '))}`;
};

/**
 * A script for fish that completes commands, options and their choices, each with its description, and
 * files.
 */
export function fishCompletion(program: Described): string {
  const all = [...withAllBelow(program)];
  const lines = all.flatMap(({ path, commands, options, takes }) => {
    const start = `complete -n ${quoted(`__airlock_at ${quoted(path)}`)} -c airlock`;
    return [
      ...commands.map((command) => `${start} -a ${quoted(nameIn(command))} -d ${quoted(command.what)}`),
      ...options.map(
        (option) => `${start} -l ${option.name.slice(2)}${valueFlags(option)} -d ${quoted(option.what)}`,
      ),
      ...(takes === '' ? [] : [`${start} -F`]),
    ];
  });
  return `# fish completion for airlock: lay it into ~/.config/fish/completions.
function __airlock_at
    set -l at airlock
    for word in (commandline -opc)[2..]
        switch "$at $word"
            case ${all
              .slice(1)
              .map(({ path }) => quoted(path))
              .join(' ')}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -f -c airlock
${lines.join('\n')}
`;
}
