# The lines of one journal, one by one. Run as `jq -n -R -r --arg version v2`: each input is the text of a
# line, and the version is that of the checkpoint that lies beside the journal.
#
# For each line it prints "NUMBER PREV", or "- -" where the text is no journal line. After the last line it
# prints what the journal gives to a checkpoint: the text above the hashes, the text below them, who the
# person is, and the station's label. Each is in base64, so that it reaches the shell as one word, whatever a
# journal says there.

# As a station writes it: keys in order, no space, whole numbers without a sign, no control character in any text.
def in_order: if type == "object" then to_entries | sort_by(.key) | map(.value |= in_order) | from_entries
  elif type == "array" then map(in_order) else . end;
def is_printable: all(explode[]; . >= 32 and (. < 127 or . >= 160) and . != 8232 and . != 8233
  and (. < 8234 or . > 8238) and (. < 8294 or . > 8297));
def is_plain: if type == "string" then is_printable elif type == "number" then tostring == (floor | tostring) and (tostring | startswith("-") | not)
  elif type == "object" then all(keys_unsorted[]; is_printable) and all(.[]; is_plain)
  elif type == "array" then all(.[]; is_plain) else . != null end;

# (A parameter may not be called as a function that its body calls: jq takes the name for both.)
def is_hex($digits): type == "string" and length == $digits
  and all(explode[]; (. >= 48 and . <= 57) or (. >= 97 and . <= 102));
# A fingerprint, in capitals, or none.
def is_print($digits): . == "" or (type == "string" and length == $digits and all(explode[]; (. >= 48 and . <= 57) or (. >= 65 and . <= 70)));
# Text in UTF-16 has two units for each character beyond the first 65,536.
def units: length + (explode | map(select(. > 65535)) | length);
def between($low; $high): type == "number" and . == floor and . >= $low and . <= $high;

# Of two digits, or of four: the number, or -1.
def number($digits): if length == $digits and all(explode[]; . >= 48 and . <= 57) then tonumber else -1 end;
def days($year; $month): if $month == 2 then
    (if $year % 4 == 0 and ($year % 100 != 0 or $year % 400 == 0) then 29 else 28 end)
  elif $month == 4 or $month == 6 or $month == 9 or $month == 11 then 30 else 31 end;
# ISO 8601 in UTC: 2026-01-02T03:04:05Z, with a fraction of the second where it is given.
def is_time: type == "string" and length >= 20 and .[4:5] == "-" and .[7:8] == "-" and .[10:11] == "T" and .[13:14] == ":"
  and .[16:17] == ":" and .[-1:] == "Z"
  and (.[0:4] | number(4)) as $year | (.[5:7] | number(2)) as $month
  | $year >= 0 and ($month | between(1; 12)) and (.[8:10] | number(2) | between(1; days($year; $month)))
  and (.[11:13] | number(2) | between(0; 23)) and (.[14:16] | number(2) | between(0; 59)) and (.[17:19] | number(2) | between(0; 59))
  and (.[19:-1] | . == "" or (length > 1 and .[0:1] == "." and (.[1:] | all(explode[]; . >= 48 and . <= 57))));

# What each event records, in JSON Schema.
def events: @events@;

# Is the input as a JSON Schema of the kinds above says?
def fits($schema):
  if $schema | has("anyOf") then . as $value | any($schema.anyOf[]; . as $one | $value | fits($one))
  elif $schema.is == "hash" then is_hex(64)
  elif $schema.is == "fingerprint" then is_print(40)
  elif $schema.is == "time" then is_time
  elif $schema.is == "key fingerprint" then is_print(40) or is_print(64)
  elif $schema | has("const") then . == $schema.const
  elif $schema | has("enum") then . as $value | any($schema.enum[]; . == $value)
  elif $schema.type == "string" then type == "string" and (units | between($schema.minLength; $schema.maxLength))
  elif $schema.type == "integer" then between($schema.minimum; $schema.maximum)
  elif $schema.type == "boolean" then type == "boolean"
  elif $schema.type == "array" then type == "array" and length <= $schema.maxItems and all(.[]; fits($schema.items))
  elif $schema.type == "object" then type == "object" and . as $value
    | all($schema.required // [] | .[]; . as $key | $value | has($key))
    and all(keys_unsorted[]; . as $key | ($schema.properties | has($key)) and ($value[$key] | fits($schema.properties[$key])))
  else false end;

def is_journal_line($text):
  type == "object" and .v == 1 and (.n | between(1; 9007199254740991)) and (.prev | is_hex(64))
  and (.event | type) == "string" and (.event as $event | events | has($event)) and (.event as $event | .data | fits(events[$event]))
  and (.station | type == "string" and (units | between(1; 60))) and (.who | is_print(40)) and (.at | is_time)
  and (.ceremony | . == "" or is_hex(32)) and (.rehearsal | type) == "boolean"
  and (keys == ["at", "ceremony", "data", "event", "n", "prev", "rehearsal", "station", "v", "who"])
  and (in_order | tojson) == $text and is_plain;

# What a line tells to whoever signs the checkpoint; null where it is just counted.
def words: .data as $data
  | if .event == "plan-agreed" then "plan agreed: \($data.title), \($data.method), \($data.threshold) shares"
  elif .event == "key-made" then "key made: \($data.fingerprint)"
  elif .event == "otp-made" then "one-time password made"
  elif .event == "attempt-started" then "attempt started: \($data.nonce)"
  elif .event == "attempt-joined" then "attempt joined: \($data.nonce)"
  elif .event == "attempt-cancelled" then "attempt cancelled: \($data.nonce)"
  elif .event == "attempt-changed" then "attempt vanished or changed: \($data.expected)"
  elif .event == "share-released" then "share released: \($data.nonce)"
  elif .event == "share-submitted" then
    "share accepted: \($data.progress) of \($data.required)\(if $data.complete then ", complete" else "" end)"
  elif .event == "share-rejected" then "share refused: \($data.reason)"
  elif .event == "answer-lost" then "answer lost: \($data.what)"
  elif .event == "token-decoded" then "token decoded: \($data.length) characters"
  elif .event == "token-shown" then "token shown"
  elif .event == "token-used" then "token used: \($data.what)"
  elif .event == "token-revoked" then "token revoked: \($data.proof)"
  elif .event == "token-opened" then "token opened: \($data.accessor)"
  elif .event == "task-done" then "task \($data.task) done"
  elif .event == "task-failed" then "task \($data.task) failed: \($data.reason)"
  elif .event == "task-unknown" then "task \($data.task) not known: \($data.reason)"
  elif .event == "task-left" then "task \($data.task) left: \($data.why)"
  elif .event == "revocation-reported" then
    if $data | has("outcome") then "token proven revoked by \($data.by // "")" else "token reported revoked" end
  elif .event == "secret-destroyed" then "destroyed: \($data.what)"
  elif .event == "plain-crossing" then "crossed unsigned, \($data.direction): \($data.what)"
  elif .event == "message-refused" then "message refused: \($data.reason)"
  elif .event == "script-chosen" then "script chosen: \($data.title), \($data.version)"
  elif .event == "script-left" then "script left"
  elif .event == "script-step" and $data.result == "deviation" then "deviation at step \($data.section).\($data.step): \($data.deviation)"
  elif .event == "witnessed" then
    "witnessed by \($data.name): \($data.lines) lines of \($data.station), \($data.deviations | length) deviations"
  elif .event == "note" then "noted: \($data.text)"
  elif .event == "exception" then "exception: \($data.text)"
  else null end;

def summary: (.told[:40] | map("  \(.)\n") | add // "")
  + (if (.told | length) > 40 then "  and \((.told | length) - 40) more\n" else "" end)
  + "  besides: \([.others | to_entries[] | "\(.value) \(.key)"] | sort | if length == 0 then "nothing" else join(", ") end)\n";

def above:
  "Airlock checkpoint \($version)\n"
  + "ceremony: \(if .ceremony == "" then "none" else .ceremony end)\n"
  + "station: \(.station)\n"
  + "lines: \(.n)\n";

def below: "rehearsal: \(if .rehearsal then "yes" else "no" end)\n";

foreach (inputs, null) as $text ({line: null, ended: false, told: [], others: {}};
  if $text == null then .ended = true
  else .line = ($text | try fromjson catch null | if is_journal_line($text) then . else null end)
    | if .line == null then .
      else (.line | words) as $words
        | if $words == null then .others[.line.event] += 1
          else .told += ["\(.line.n) \($words)"[0:120]] end
      end
  end;
  . as $state
  | .line as $line
  | if .ended then $line | select(. != null)
      | "\(above | @base64) \(below + (if $version == "v2" then "events:\n" + ($state | summary) else "" end) | @base64) \(.who | @base64) \(.station | @base64)"
    elif $line == null then "- -"
    else "\($line.n) \($line.prev)"
    end)
