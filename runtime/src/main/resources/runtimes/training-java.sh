#!/bin/sh
# A worker kills an executor ten seconds after it told it to end, and reads what it says only as long as it lives itself; writing a
# start-up cache takes longer. So the executor of a training runs beside this script, which passes on the word to end and may be
# killed alone, and what it says goes to a file: a JVM that cannot say anything ends.
"$TRAINED_JAVA" "$@" >"$0.output" 2>&1 &
executor=$!
trap 'kill "$executor"; wait "$executor"' TERM
wait "$executor"
