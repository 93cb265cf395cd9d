package io.slipway.driver.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.slipway.driver.dbutils.DbUtils;
import io.slipway.driver.dbutils.FileTools;
import io.slipway.driver.dbutils.NotebookContext;
import io.slipway.driver.dbutils.NotebookRuns;
import io.slipway.driver.dbutils.SecretTools;
import io.slipway.driver.dbutils.TaskValues;
import io.slipway.driver.dbutils.Widgets;
import io.slipway.driver.output.Frames;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.table.CutResults;
import io.slipway.protocol.driver.ContextSpec;
import io.unitycatalog.slipway.CatalogSessions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernels of one context share: the Spark session, the widgets, the running command, the last SQL result. */
public final class Scope {
    private static final Logger log = LoggerFactory.getLogger(Scope.class);
    private static final String USAGE_TAG = "spark.databricks.clusterUsageTags.";
    private static final Frames NOWHERE = new Frames((seq, frame, bytes) -> {});

    private final String id;
    private final ContextSpec spec;
    private final DriverConfig config;
    private final Path directory;
    private final SparkSession session;
    private final CatalogSessions.Entry catalogSession;
    private final Widgets widgets;
    private final TaskValues taskValues;
    private final FileTools files;
    private final Redaction redaction;
    private final SecretTools secrets;
    private final CutResults cutResults = new CutResults();
    private volatile @Nullable Command current;
    private @Nullable NotebookRuns notebooks;
    private @Nullable Dataset<Row> sqlResult;
    private int sqlResults;
    private final AtomicInteger pythonRestarts = new AtomicInteger();

    /** @param redaction told the values of secrets that code of the context reads */
    public Scope(
            String id, ContextSpec spec, DriverConfig config, Path directory, SparkSession root, Redaction redaction) {
        this.id = id;
        this.spec = spec;
        this.config = config;
        this.directory = directory;
        this.session = root.newSession();
        this.catalogSession = CatalogSessions.open(config.serverUrl(), spec.token(), origin(spec, config));
        this.widgets = new Widgets(spec.arguments(), this::frames);
        this.taskValues = new TaskValues(spec.taskValues(), spec.run().runId() > 0, this::frames);
        this.files = new FileTools(root.sparkContext().hadoopConfiguration());
        this.redaction = redaction;
        this.secrets = new SecretTools(config.serverUrl(), catalogSession::token, redaction::learn);
        catalogSession.enter(session);
        if (!config.publicUrl().isEmpty()) {
            session.conf()
                    .set(
                            "spark.databricks.workspaceUrl",
                            URI.create(config.publicUrl()).getAuthority());
        }
        addCatalogs(spec.catalogs());
        if (!spec.catalog().isEmpty()) {
            addCatalogs(List.of(spec.catalog()));
        }
        if (!spec.catalog().isEmpty() && !spec.catalog().equals("spark_catalog")) {
            // Only configuration: the catalog is first asked when a statement names one of its tables.
            session.conf().set("spark.sql.catalog." + spec.catalog() + ".defaultSchema", spec.schema());
            session.conf().set("spark.sql.defaultCatalog", spec.catalog());
        }
    }

    private static CatalogSessions.Origin origin(ContextSpec spec, DriverConfig config) {
        return new CatalogSessions.Origin(
                spec.user(),
                config.clusterId(),
                spec.notebookPath(),
                spec.run().jobId(),
                spec.run().runId());
    }

    /** Makes the named catalogs known to the session; known ones stay as they are. */
    public void addCatalogs(Collection<String> names) {
        for (String name : names) {
            catalogSession.register(session, name);
        }
    }

    public void renewToken(String token) {
        if (!token.isEmpty()) {
            catalogSession.renew(token);
        }
    }

    public String id() {
        return id;
    }

    /** Whether people look at its cells: not a job, and not a client that runs code. */
    public boolean inOpenNotebook() {
        return !spec.notebookPath().isEmpty() && spec.run().runId() == 0;
    }

    public ContextSpec spec() {
        return spec;
    }

    public DriverConfig config() {
        return config;
    }

    /** A folder of this context alone. */
    public Path directory() {
        return directory;
    }

    /** Where {@code %pip} and wheel libraries of this context go. */
    public Path pythonPrefix() {
        return directory.resolve("python");
    }

    public SparkSession session() {
        return session;
    }

    public SparkContext spark() {
        return session.sparkContext();
    }

    public Widgets widgets() {
        return widgets;
    }

    public TaskValues taskValues() {
        return taskValues;
    }

    public Redaction redaction() {
        return redaction;
    }

    public FileTools files() {
        return files;
    }

    public CutResults cutResults() {
        return cutResults;
    }

    /** What notebooks of this context call {@code dbutils}. */
    public DbUtils dbutils() {
        var context = new NotebookContext(spec, config.serverUrl(), clusterTags(), catalogSession::token);
        return new DbUtils(
                widgets,
                files,
                new DbUtils.Notebook(this::notebooks, spec.notebookPath(), this::exit, context),
                taskValues,
                secrets,
                new DbUtils.Data(html -> frames().display("text/html", TextNode.valueOf(html))),
                new DbUtils.Library(this::restartPython));
    }

    private Map<String, String> clusterTags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("clusterId", config.clusterId());
        if (!config.publicUrl().isEmpty()) {
            tags.put("browserHostName", URI.create(config.publicUrl()).getAuthority());
        }
        RuntimeConfig conf = session.conf();
        conf.getOption(USAGE_TAG + "clusterOwnerOrgId").foreach(org -> tags.put("orgId", org));
        conf.getOption(USAGE_TAG + "sparkVersion").foreach(version -> tags.put("sparkVersion", version));
        return tags;
    }

    /** From here on the Python process of this context is done for: the next command of Python has a new one. */
    public void restartPython() {
        pythonRestarts.incrementAndGet();
    }

    /** How many restarts of Python were asked for. */
    public int pythonRestarts() {
        return pythonRestarts.get();
    }

    private synchronized NotebookRuns notebooks() {
        if (notebooks == null) {
            notebooks = new NotebookRuns(config.serverUrl(), config.clusterId(), catalogSession::token);
        }
        return notebooks;
    }

    public @Nullable Command current() {
        return current;
    }

    public void current(@Nullable Command command) {
        current = command;
    }

    /** Where output goes now. Code that goes on after its command has ended writes to nowhere. */
    public Frames frames() {
        Command command = current;
        return command == null ? NOWHERE : command.frames();
    }

    public void exit(String value) {
        Command command = current;
        if (command != null) {
            command.exit(value);
        }
    }

    public synchronized void sqlResult(Dataset<Row> result) {
        sqlResult = result;
        sqlResults++;
    }

    public synchronized @Nullable Dataset<Row> sqlResult() {
        return sqlResult;
    }

    /** How many SQL results there were: tells a kernel whether the one it knows is still the last. */
    public synchronized int sqlResults() {
        return sqlResults;
    }

    public void close() {
        if (inOpenNotebook()) {
            stopStreams();
        }
        catalogSession.close();
    }

    /** Nobody could stop them any more: they would go on for as long as the cluster. */
    private void stopStreams() {
        for (StreamingQuery query : session.streams().active()) {
            try {
                query.stop();
            } catch (TimeoutException e) {
                log.info("stream {} ends later than its notebook's context", query.name(), e);
            }
        }
    }
}
