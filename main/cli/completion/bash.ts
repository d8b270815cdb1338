import { type Described, nameIn, withAllBelow } from '../parts/described';

/** A text as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Every command below the program itself, as it is typed, for a pattern of `case`. */
export const pathsBelow = (program: Described): string =>
  [...withAllBelow(program)]
    .slice(1)
    .map(({ path }) => quoted(path))
    .join(' | ');

/** A script for bash that completes commands, options and their choices, and else files. */
export function bashCompletion(program: Described): string {
  const all = [...withAllBelow(program)];
  const words = all.map((command) => {
    const names = [...command.commands.map(nameIn), ...command.options.map(({ name }) => name)];
    return `    ${quoted(command.path)}) words=${quoted(names.join(' '))} ;;`;
  });
  const values = all.flatMap(({ path, options }) =>
    options
      .filter(({ takes }) => takes !== '')
      .map(({ name, choices }) => `    ${quoted(`${path} ${name}`)}) words=${quoted(choices.join(' '))} ;;`),
  );
  return `# bash completion for airlock: load it with “source”.
_airlock() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} words='' i path=airlock
  # “--option=value” comes as three words.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${pathsBelow(program)}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  case $path in
${words.join('\n')}
  esac
  case "$path $prev" in
${values.join('\n')}
  esac
  # Where nothing fits, bash offers files.
  COMPREPLY=()
  while IFS='' read -r i; do COMPREPLY+=("$i"); done < <(compgen -W "$words" -- "$cur")
}
complete -o default -F _airlock airlock
`;
}
