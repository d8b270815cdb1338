import { type Described, type DescribedOption, nameIn, withAllBelow } from '../parts/described';
import { pathsBelow, quoted } from './bash';

/** A word with its description, for `_describe`. */
const item = (name: string, what: string): string => quoted(`${name.replaceAll(':', '\\:')}:${what}`);

const choices = ({ choices: each }: DescribedOption): string =>
  each.length === 0 ? '_files' : `compadd -- ${each.map(quoted).join(' ')}`;

/**
 * A script for zsh that completes commands, options and their choices, each with its description, and
 * files.
 */
export function zshCompletion(program: Described): string {
  const all = [...withAllBelow(program)];
  const cases = all.map(({ path, commands, options }) => {
    const below = commands.map((command) => item(nameIn(command), command.what));
    const own = options.map(({ name, what }) => item(name, what));
    return `    ${quoted(path)}) below=(${below.join(' ')}); own=(${own.join(' ')}) ;;`;
  });
  const values = all.flatMap(({ path, options }) =>
    options
      .filter(({ takes }) => takes !== '')
      .map((option) => `    ${quoted(`${path} ${option.name}`)}) ${choices(option)}; return ;;`),
  );
  return `#compdef airlock
# zsh completion for airlock: lay it as _airlock into a folder of $fpath.
_airlock() {
  local word at=airlock
  local -a below own
  for word in \${words[2,CURRENT-1]}; do
    case "$at $word" in
      ${pathsBelow(program)}) at="$at $word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case $at in
${cases.join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option own
  elif (( \${#below} )); then
    _describe command below
  else
    _files
  fi
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then _airlock "$@"; else compdef _airlock airlock; fi
`;
}
