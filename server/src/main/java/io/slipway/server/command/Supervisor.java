package io.slipway.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the server again when it ends without having been asked to. A shell does it: it needs a megabyte, where a JVM needs forty.
 *
 * <p>An end by SIGTERM, SIGINT or SIGHUP, or a SIGTERM to the supervisor, which passes it on, was asked for. A server that never answered
 * is not started again: whoever started it is told. Otherwise the pause doubles from 1 to 30 s until a server has lived for a minute.
 * A killed supervisor leaves the server running, only alone.
 */
final class Supervisor {
    private static final String NAME = "slipway-supervisor";

    private static final String PROGRAM = """
            home=$1; shift
            asked=; answered=; server=; pause=1
            trap 'asked=1; [ -z "$server" ] || kill -TERM "$server" 2>/dev/null' TERM INT HUP
            state() { sed -n 's/.*"pid"[: ]*\\([0-9]*\\).*/\\1/p' "$home/server.json" 2>/dev/null | head -n 1; }
            while [ -z "$asked" ]; do
              begun=$(date +%s)
              "$@" &
              server=$!
              wait "$server"; status=$?
              while kill -0 "$server" 2>/dev/null; do wait "$server"; status=$?; done
              [ "$(state)" != "$server" ] || answered=1
              case $status in 0 | 129 | 130 | 143) exit "$status" ;; esac
              [ -n "$answered" ] || exit "$status"
              [ -z "$asked" ] || exit "$status"
              [ $(($(date +%s) - begun)) -lt 60 ] || pause=1
              echo "slipway: the server ended with status $status; starting it again in $pause s"
              sleep "$pause" &
              wait $!
              pause=$((pause * 2)); [ "$pause" -le 30 ] || pause=30
              other=$(state)
              if [ -n "$other" ] && [ "$other" != "$server" ] && kill -0 "$other" 2>/dev/null; then exit 0; fi
              server=
            done
            """;

    private Supervisor() {}

    /** The command that starts {@code server} and watches over it. */
    static List<String> around(Path home, List<String> server) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", PROGRAM, NAME, home.toString()));
        command.addAll(server);
        return command;
    }

    /** The supervisor of this server, if it has one. */
    static Optional<ProcessHandle> of(ProcessHandle server) {
        return server.parent()
                .filter(parent -> parent.info()
                        .commandLine()
                        .filter(line -> line.contains(NAME))
                        .isPresent());
    }
}
