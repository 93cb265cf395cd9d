package io.slipway.driver.context;

import io.slipway.driver.kernel.PythonSpare;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.watch.SparkJobs;
import io.slipway.protocol.driver.ContextSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contexts of this driver. */
public final class Contexts {
    private static final Logger log = LoggerFactory.getLogger(Contexts.class);

    private final DriverConfig config;
    private final Path directory;
    private final SparkSession root;
    private final SparkJobs jobs;
    private final Journal journal;
    private final Redaction redaction;
    private final PythonSpare pythonSpare;
    private final Map<String, Context> contexts = new ConcurrentHashMap<>();

    /** @param redaction what is hidden in all contexts */
    public Contexts(
            DriverConfig config,
            Path directory,
            SparkSession root,
            SparkJobs jobs,
            Journal journal,
            Redaction redaction) {
        this.config = config;
        this.directory = directory.resolve("contexts");
        this.root = root;
        this.jobs = jobs;
        this.journal = journal;
        this.redaction = redaction;
        this.pythonSpare = new PythonSpare(config, directory);
    }

    /** Gets ready for the first Python context; the driver is up without it. */
    public void warm() {
        try {
            pythonSpare.refill();
        } catch (IOException e) {
            // Whoever needs Python will be told why there is none.
            log.warn("no Python process could be started ahead", e);
        }
    }

    /** Makes the context, or renews the one that has this id. */
    public Context put(String id, ContextSpec spec) {
        if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new IllegalArgumentException("not a context id: " + id);
        }
        var made = new boolean[1];
        Context context = contexts.computeIfAbsent(id, key -> {
            made[0] = true;
            journal.open(key);
            return new Context(
                    key, spec, config, directory.resolve(key), root, jobs, journal, redaction.ofContext(), pythonSpare);
        });
        if (!made[0]) {
            context.renew(spec);
        }
        journal.status();
        return context;
    }

    public @Nullable Context find(String id) {
        return contexts.get(id);
    }

    public Collection<Context> all() {
        return List.copyOf(contexts.values());
    }

    public void delete(String id) {
        Context context = contexts.remove(id);
        if (context != null) {
            journal.drop(id);
            context.close();
            journal.status();
        }
    }

    public void close() {
        contexts.keySet().forEach(this::delete);
        pythonSpare.close();
    }
}
