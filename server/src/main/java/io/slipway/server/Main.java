package io.slipway.server;

import io.slipway.kit.PlatformException;
import io.slipway.server.command.Doctor;
import io.slipway.server.command.Down;
import io.slipway.server.command.Install;
import io.slipway.server.command.Prune;
import io.slipway.server.command.Rehearse;
import io.slipway.server.command.Serve;
import io.slipway.server.command.Status;
import io.slipway.server.command.Up;
import io.slipway.server.quickstart.Quickstart;
import java.io.UncheckedIOException;
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
            if (failure instanceof PlatformException refused) {
                line.getErr().println("slipway: " + refused.message());
            } else if (failure instanceof UncheckedIOException io) {
                line.getErr().println("slipway: " + io.getMessage());
            } else {
                failure.printStackTrace(line.getErr());
                line.getErr().println("slipway: " + cause(failure));
            }
            line.getErr().flush();
            return 1;
        });
    }

    /** The innermost cause, which says most, as the last line. */
    private static String cause(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost.toString();
    }

    @Override
    public void run() {
        throw PlatformException.invalid("Name a command; see ./slipway --help.");
    }
}
