package io.slipway.server;

import io.slipway.kit.PlatformException;
import io.slipway.server.command.Doctor;
import io.slipway.server.command.Down;
import io.slipway.server.command.Install;
import io.slipway.server.command.Prune;
import io.slipway.server.command.Refusal;
import io.slipway.server.command.Rehearse;
import io.slipway.server.command.Serve;
import io.slipway.server.command.Status;
import io.slipway.server.command.Up;
import io.slipway.server.quickstart.Quickstart;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind the launcher {@code slipway}; every command is a class of its own. */
@Command(
        name = "slipway",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Doctor.class,
            Quickstart.class,
            Serve.class,
            Prune.class,
            Install.class,
            Rehearse.class
        })
public final class Main implements Runnable {
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, line, parsed) -> {
            Refusal.tell(failure, line.getErr());
            return 1;
        });
    }

    @Override
    public void run() {
        throw PlatformException.invalid("Name a command; see ./slipway --help.");
    }
}
