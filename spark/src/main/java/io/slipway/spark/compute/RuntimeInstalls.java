package io.slipway.spark.compute;

import io.slipway.kit.PlatformException;
import io.slipway.runtime.InstalledRuntime;
import io.slipway.runtime.Progress;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs runtimes in the background, one after another, and tells how far it is. Truth is on disk: a restart begins anew there. */
public final class RuntimeInstalls {
    /** How it stands with a line. */
    public sealed interface Status {
        record Ready(InstalledRuntime runtime) implements Status {}

        /** {@code message} is for people: step and percentage. */
        record Installing(String message) implements Status {}

        record Failed(String message) implements Status {}
    }

    private static final Logger log = LoggerFactory.getLogger(RuntimeInstalls.class);

    private final RuntimeInstaller installer;
    private final Executor background;
    private final Map<String, Status> status = new ConcurrentHashMap<>();

    public RuntimeInstalls(RuntimeInstaller installer, Executor background) {
        this.installer = installer;
        this.background = background;
    }

    /** The line's status; begins to install it if it is not there. A failure is told once, the next call tries again. */
    public Status ensure(RuntimeLine line) {
        Status known = status.get(line.id());
        if (known instanceof Status.Failed) {
            status.remove(line.id());
            return known;
        }
        if (known instanceof Status.Ready ready
                && !Files.isDirectory(ready.runtime().directory())) {
            // README says that runtimes may be deleted and come back.
            status.remove(line.id(), known);
        } else if (known != null) {
            return known;
        }
        Optional<InstalledRuntime> there = installer.installed(line);
        Status first = there.<Status>map(Status.Ready::new)
                .orElseGet(() -> new Status.Installing("Installing the runtime " + line.id()));
        if (status.putIfAbsent(line.id(), first) == null && there.isEmpty()) {
            background.execute(() -> install(line));
        }
        return first;
    }

    /** Runtimes that this server has used and that are whole. */
    List<InstalledRuntime> ready() {
        return status.values().stream()
                .filter(Status.Ready.class::isInstance)
                .map(known -> ((Status.Ready) known).runtime())
                .toList();
    }

    private void install(RuntimeLine line) {
        try {
            InstalledRuntime runtime = installer.install(line, new Progress() {
                private volatile String step = "";

                @Override
                public void step(String sentence) {
                    step = sentence;
                    tell(sentence);
                }

                @Override
                public void bytes(long done, long total) {
                    if (total > 0) {
                        tell(step + ", " + 100 * done / total + " %");
                    }
                }

                private void tell(String message) {
                    status.put(
                            line.id(), new Status.Installing("Installing the runtime " + line.id() + ": " + message));
                }
            });
            status.put(line.id(), new Status.Ready(runtime));
        } catch (PlatformException e) {
            log.warn("the runtime {} could not be installed", line.id(), e);
            status.put(line.id(), new Status.Failed(e.message()));
        } catch (Throwable e) {
            // Whatever it is, those who wait for the runtime must hear of it, and the next one who needs it tries
            // again.
            log.error("installing the runtime {} went wrong", line.id(), e);
            status.put(line.id(), new Status.Failed("Installing the runtime went wrong: " + e));
        }
    }
}
