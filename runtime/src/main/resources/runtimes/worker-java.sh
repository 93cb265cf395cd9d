#!/bin/sh
# Spark's Worker starts executors with --add-modules=jdk.incubator.vector, which the Java of this runtime does not have: they would
# die at once. This drops the flag, in both spellings, and becomes the real java.
left=$#
while [ "$left" -gt 0 ]; do
    argument=$1
    shift
    left=$((left - 1))
    if [ "$argument" = --add-modules=jdk.incubator.vector ]; then
        continue
    fi
    if [ "$argument" = --add-modules ] && [ "$left" -gt 0 ] && [ "$1" = jdk.incubator.vector ]; then
        shift
        left=$((left - 1))
        continue
    fi
    set -- "$@" "$argument"
done
exec "$(dirname "$0")/../../java/bin/java" "$@"
