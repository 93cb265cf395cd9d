package io.slipway.driver;

import io.slipway.driver.api.ApiServer;
import io.slipway.driver.api.Routes;
import io.slipway.driver.api.StatusReport;
import io.slipway.driver.context.Contexts;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverConfig.Mode;
import io.slipway.driver.start.DriverFailure;
import io.slipway.driver.watch.EndWatch;
import io.slipway.driver.watch.ExecutorFailures;
import io.slipway.driver.watch.ExecutorWatch;
import io.slipway.driver.watch.SparkJobs;
import io.slipway.driver.watch.StandaloneMaster;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.DriverReady;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A running driver: Spark, its contexts, and the HTTP port to them. Start is kept lean, see {@link #start}. */
final class DriverProcess implements AutoCloseable {
    private final SparkSession session;
    private final ApiServer api;
    private final Contexts contexts;
    private final DriverReady ready;

    private DriverProcess(SparkSession session, ApiServer api, Contexts contexts, DriverReady ready) {
        this.session = session;
        this.api = api;
        this.contexts = contexts;
        this.ready = ready;
    }

    /** The HTTP port opens while Spark starts; kernels and the Scala compiler wait until somebody asks for them. */
    static DriverProcess start(DriverConfig config, Path directory, Redaction redaction) {
        var http = CompletableFuture.supplyAsync(() -> listen(config));
        try {
            Files.createDirectories(directory.resolve("repl-classes"));
            if (config.dbfsBucket().isEmpty()) {
                Files.createDirectories(Path.of(config.dbfsRoot()));
            }
            @Nullable
            StandaloneMaster master = config.mode() == Mode.STANDALONE
                    ? StandaloneMaster.start(
                            config.address(), config.masterPort(), config.sparkSecret(), config.pageSecret())
                    : null;
            DatabricksWords.teach(Math.max(2, config.taskCores()));
            var conf = new SparkConf(false);
            SparkDefaults.of(config, directory, System.getenv()).forEach(conf::set);
            SparkSession session = SparkSession.builder().config(conf).getOrCreate();
            return assemble(config, directory, session, master, http.join(), redaction);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CompletionException e) {
            throw DriverFailure.of(e.getCause() == null ? e : e.getCause());
        }
    }

    private static ApiServer listen(DriverConfig config) {
        try {
            return new ApiServer(config.address(), config.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DriverProcess assemble(
            DriverConfig config,
            Path directory,
            SparkSession session,
            @Nullable StandaloneMaster master,
            ApiServer api,
            Redaction redaction) {
        SparkContext spark = session.sparkContext();
        var journal = new Journal();
        var jobs = new SparkJobs(journal);
        var failures = new ExecutorFailures(config.pageSecret(), journal::status);
        var executors = new ExecutorWatch(failures, journal::status);
        spark.addSparkListener(jobs);
        spark.addSparkListener(executors);
        spark.addSparkListener(new EndWatch(journal::statusNow));
        if (master == null) {
            executors.addLocal(config.address(), config.cores());
        } else {
            failures.follow(master);
        }
        var contexts = new Contexts(config, directory, session, jobs, journal, redaction);
        var report = new StatusReport(contexts, executors, failures, spark::isStopped);
        journal.describedBy(report);
        journal.statusNow();
        api.open(new Routes(contexts, journal, report, master));
        var ready = new DriverReady(
                DriverProtocol.VERSION,
                api.port(),
                master == null ? "" : spark.master(),
                uiPort(spark),
                spark.version(),
                spark.applicationId(),
                spark.startTime());
        return new DriverProcess(session, api, contexts, ready);
    }

    private static int uiPort(SparkContext spark) {
        return spark.uiWebUrl().isEmpty()
                ? 0
                : URI.create(spark.uiWebUrl().get()).getPort();
    }

    DriverReady ready() {
        return ready;
    }

    Contexts contexts() {
        return contexts;
    }

    @Override
    public void close() {
        api.close();
        contexts.close();
        session.sparkContext().stop();
    }
}
