package io.slipway.runtime;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs runtimes into a store:
 *
 * <pre>
 * runtimes/
 *   blobs/&lt;sha256&gt;                         downloads, {@code .part} while they load
 *   &lt;line&gt;-&lt;python tag&gt;-&lt;lock hash&gt;/       one runtime
 *     jars/ bin/ site/ java/ worker-java/ conf/ aot/ complete.json
 *   lock                                  held by the one installer at work
 * </pre>
 *
 * A killed installation goes on where it was: finished downloads stay, unfinished ones are resumed, and a folder gets its name after
 * everything is in it.
 */
public final class RuntimeInstaller {
    private static final Logger log = LoggerFactory.getLogger(RuntimeInstaller.class);

    private final Path store;
    private final Path bundledJars;
    private final String python;
    private final Map<String, String> environment;
    private final Backoff backoff;

    /**
     * @param home holds {@code runtimes/}
     * @param bundledJars holds one folder of jars per line; see {@link #bundledJars}
     * @param python the interpreter that will run kernels and UDFs, on the search path or as a path
     */
    public RuntimeInstaller(Path home, Path bundledJars, String python) {
        this(home, bundledJars, python, System.getenv(), Backoff.doubling());
    }

    RuntimeInstaller(Path home, Path bundledJars, String python, Map<String, String> environment, Backoff backoff) {
        this.store = real(home.toAbsolutePath().normalize().resolve("runtimes"));
        this.bundledJars = bundledJars;
        this.python = python;
        this.environment = Map.copyOf(environment);
        this.backoff = backoff;
    }

    /** However links lead to a runtime, it has one path: start-up caches hold that with which they were trained. */
    private static Path real(Path store) {
        try {
            return store.toRealPath();
        } catch (IOException notThereYet) {
            return store;
        }
    }

    /** The jars that the build or the distribution puts beside this module's classes, in {@code jars/<line>/}. */
    public static Path bundledJars() {
        try {
            Path classes = Path.of(RuntimeInstaller.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("jars");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program has no path", e);
        }
    }

    /** The runtime if it is there and whole; asks the interpreter for its version, downloads nothing. */
    public Optional<InstalledRuntime> installed(RuntimeLine line) {
        return installed(line, PythonTag.detect(python));
    }

    private Optional<InstalledRuntime> installed(RuntimeLine line, PythonTag tag) {
        Path directory = directory(line, tag);
        return Files.isRegularFile(directory.resolve(Assembly.MARKER))
                ? Optional.of(new InstalledRuntime(line, tag, directory))
                : Optional.empty();
    }

    private Path directory(RuntimeLine line, PythonTag tag) {
        return store.resolve(line.id() + "-" + tag.value() + "-" + line.lock().hash());
    }

    /**
     * Installs a line for the interpreter, or finds it installed. Takes minutes on a slow network; may be interrupted, and safely
     * called by several threads and processes at a time.
     *
     * @throws PlatformException UNAVAILABLE if a file cannot be had, FEATURE_DISABLED if there is no such environment, CANCELLED when
     *     interrupted
     */
    public InstalledRuntime install(RuntimeLine line, Progress progress) {
        PythonTag tag = PythonTag.detect(python);
        List<Artefact> artefacts = line.lock().environment(tag);
        Optional<InstalledRuntime> there = installed(line, tag);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            StoreLock lock = StoreLock.take(store.resolve("lock"), progress, backoff);
            try {
                return installed(line, tag).orElseGet(() -> assemble(line, tag, artefacts, progress));
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw unavailable(line, e);
        } catch (InterruptedException e) {
            throw cancelled(line, e);
        }
    }

    private InstalledRuntime assemble(RuntimeLine line, PythonTag tag, List<Artefact> artefacts, Progress progress) {
        Path directory = directory(line, tag);
        try {
            Blobs blobs = new Blobs(store.resolve(Blobs.FOLDER), backoff);
            blobs.fetch(artefacts, PackageIndex.configured(environment, python), progress);
            new Assembly(line, tag, blobs, bundledJars).into(directory, progress);
        } catch (IOException e) {
            throw unavailable(line, e);
        } catch (InterruptedException e) {
            throw cancelled(line, e);
        }
        log.info("installed runtime {} in {}", line.id(), directory);
        return new InstalledRuntime(line, tag, directory);
    }

    /**
     * Deletes what none of the lines needs and no process of this machine uses; names it. Waits for an installation that is at work.
     */
    public List<String> prune(List<RuntimeLine> lines) {
        try {
            StoreLock lock = StoreLock.take(store.resolve("lock"), Progress.none(), backoff);
            try {
                return new StorePruning(store, lines).run();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + store, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.CANCELLED, "Clearing " + store + " was interrupted.", e);
        }
    }

    private static PlatformException unavailable(RuntimeLine line, IOException cause) {
        String reason = cause instanceof NotAsPinned
                ? "NOT_AS_PINNED"
                : cause instanceof FileNotFoundException ? "MISSING" : "IO";
        PlatformException failure = new PlatformException(
                ErrorCode.UNAVAILABLE,
                "The runtime " + line.id() + " cannot be installed: " + cause.getMessage() + ".",
                Map.of("reason", reason));
        failure.initCause(cause);
        return failure;
    }

    private static PlatformException cancelled(RuntimeLine line, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new PlatformException(
                ErrorCode.CANCELLED, "Installing the runtime " + line.id() + " was interrupted.", cause);
    }
}
