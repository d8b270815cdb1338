# The lines of one journal, one by one. Run as `jq -n -R -r`: each input is the text of a line.
#
# For each line it prints "NUMBER PREV", or "- -" where the text is no journal line. After the last line it
# prints what that line gives to a checkpoint: the text above the hashes, the text below them, and who the
# person is. Each is in base64, so that it reaches the shell as one word, whatever a journal says there.

def is_journal_line:
  type == "object" and .v == 1 and (.n | type) == "number"
  and (.prev | type) == "string" and (.prev | length) == 64
  and (.event | type) == "string" and (.data | type) == "object"
  and (.station | type) == "string" and (.who | type) == "string"
  and (.ceremony | type) == "string" and (.rehearsal | type) == "boolean"
  and all(.prev | explode[]; . >= 48 and . <= 102);

def above:
  "Airlock checkpoint v1\n"
  + "ceremony: \(if .ceremony == "" then "none" else .ceremony end)\n"
  + "station: \(.station)\n"
  + "lines: \(.n)\n";

def below: "rehearsal: \(if .rehearsal then "yes" else "no" end)\n";

foreach (inputs, null) as $text ({line: null, ended: false};
  if $text == null then .ended = true
  else .line = ($text | try fromjson catch null | if is_journal_line then . else null end)
  end;
  .line as $line
  | if .ended then $line | select(. != null) | "\(above | @base64) \(below | @base64) \(.who | @base64)"
    elif $line == null then "- -"
    else "\($line.n) \($line.prev)"
    end)
