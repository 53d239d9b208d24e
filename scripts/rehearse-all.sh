#!/usr/bin/env bash
# Rehearses every stack file; writes who owns what, or why a stack is refused, as Markdown.
#   scripts/rehearse-all.sh <summary.md>
# Ends with the worst exit code: 0 done, 1 failed, 2 wrong input, 3 blocked by an ownership rule.
set -uo pipefail
cd "$(dirname "$0")/.."
summary=${1:?usage: scripts/rehearse-all.sh <summary.md>}
worst=0
: >"$summary"
for file in stacks/Pulumi.*.yaml; do
    stack=${file#stacks/Pulumi.}
    stack=${stack%.yaml}
    log=$(mktemp)
    node scripts/steward.mjs rehearse "$stack" 2>"$log"
    code=$?
    cat "$log" >&2
    if [ "$code" -eq 0 ]; then
        node scripts/steward.mjs review "$stack" --format markdown >>"$summary"
    else
        printf '# %s\n\nNot deployed (exit %s):\n\n```\n%s\n```\n\n' \
            "$stack" "$code" "$(sed 's/`//g' "$log")" >>"$summary"
    fi
    rm "$log"
    [ "$code" -le "$worst" ] || worst=$code
done
exit "$worst"
