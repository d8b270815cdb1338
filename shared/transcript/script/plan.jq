# What the journals say of the plan, for the programs below.

def entries: [inputs | .dir = (input_filename | ltrimstr("./") | rtrimstr("/journal.jsonl"))];
def clean: tostring | explode | map(if . < 32 or (. >= 127 and . < 160) then 63 else . end) | implode;

# The plans that the officer agreed on, in the officer's own journal. A plan counts in the journal of the
# person whom it names as its officer, and nowhere else. Where several journals claim that, the one counts
# whose start message another station took in.
def plans:
  [.[] | select(.event == "plan-agreed") | .who as $who
    | select(.data.roster | any(.role == "officer" and .fingerprint == $who))] as $claims
  | [.[] | select(.event == "message-received" and .data.type == "start")] as $starts
  | ([$claims[] | . as $claim | select($starts | any(.dir != $claim.dir and .data.from == $claim.who))] + $claims)[:1] as $first
  | [.[] | select(.event == "plan-agreed" and .dir == $first[0].dir)];

# A plan as a start message has it.
def plan_without_keys: .roster |= map(del(.keySha256));

# Everyone of every plan. Of two entries about one person the later one counts.
def everyone: [.[].data.roster[]];
def latest: . as $all | [range(length) as $i | $all[$i] | select(.fingerprint as $f | $all[$i + 1:] | any(.fingerprint == $f) | not)];

# One line a person: fingerprint, SHA-256 of the key or "-", witness or other, whether the last plan has them,
# name.
def people: plans | (.[-1].data.roster // []) as $last | everyone | latest[]
  | .fingerprint as $f
  | "\(if $f == "" then "-" else $f end) \(.keySha256 // "-") \(if .role == "witness" then "witness" else "other" end) \(if $last | any(.fingerprint == $f) then "now" else "before" end) \(.name | clean)";

# What each witness signed, one line a statement: folder, line, the witness's fingerprint, signature, the text
# that it is over, the witness's name. In base64 where it is text.
def statements: .[] | select(.event == "witnessed") | .data as $data
  | "Airlock witness statement v1\nceremony: \(.ceremony)\nstation: \($data.station)\nof: \($data.of)\nby: \($data.by)\nlines: \($data.lines)\nhead: \($data.head)\nseen: \($data.seenAt)\nrehearsal: \(if .rehearsal then "yes" else "no" end)\ndeviations: \($data.deviations | length)\n\(
    [$data.deviations[] | "  \(.at)\(if .line == 0 then "" else " line \(.line)" end): \(.text)\n"] | add // "")" as $text
  | "\(.dir | @base64) \(.n) \(if $data.by == "" then "-" else $data.by end) \($data.signature | @base64) \($text | @base64) \($data.name | @base64)";
