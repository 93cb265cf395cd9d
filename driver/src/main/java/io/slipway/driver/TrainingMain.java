package io.slipway.driver;

import com.sun.net.httpserver.HttpServer;
import io.slipway.driver.context.Context;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.output.ThreadOutput;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverConfig.Mode;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.ContextSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SecurityManager;

/**
 * Runs what a JVM of the data plane does in its first minute and exits, so that {@code -XX:AOTCacheOutput} records the classes
 * (JDK 25). {@code TrainingMain driver <sparkHome> <python>}, in an empty working directory, trains the driver;
 * {@code TrainingMain worker <port>} trains a worker against a driver that
 * {@code TrainingMain cluster <sparkHome> <python> <port>} runs at the same time, which also makes executors work: give the
 * path of the executors' cache to {@code cluster} as a last argument. These two share a secret, which is in the variable that
 * Spark gives to executors.
 */
public final class TrainingMain {
    private static final String ADDRESS = "127.0.0.1";

    private TrainingMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            throw new IllegalArgumentException(
                    "usage: TrainingMain driver <sparkHome> <python> | cluster <sparkHome> <python> <port> [cache] | worker <port>");
        }
        ThreadOutput.install();
        Path directory = Path.of("").toAbsolutePath();
        switch (args[0]) {
            case "driver" -> driver(args[1], args[2], directory);
            case "cluster" -> {
                Map<String, String> conf = args.length > 4
                        ? Map.of("spark.executor.extraJavaOptions", "-XX:AOTCacheOutput=" + args[4])
                        : Map.of();
                cluster(
                        config(Mode.STANDALONE, args[1], args[2], sharedSecret(), Integer.parseInt(args[3]), conf, ""),
                        directory);
            }
            case "worker" -> worker(Integer.parseInt(args[1]), directory);
            default -> throw new IllegalArgumentException("unknown training: " + args[0]);
        }
        System.exit(0);
    }

    private static DriverConfig config(
            Mode mode,
            String sparkHome,
            String python,
            String secret,
            int masterPort,
            Map<String, String> conf,
            String serverUrl) {
        return new DriverConfig(
                "training",
                "training",
                ADDRESS,
                UUID.randomUUID().toString(),
                secret,
                secret,
                serverUrl,
                serverUrl,
                mode,
                2,
                2048,
                1,
                1024,
                1,
                masterPort,
                conf,
                List.of(),
                python,
                "dbfs",
                Optional.empty(),
                sparkHome);
    }

    private static String sharedSecret() {
        return Objects.requireNonNullElse(System.getenv(SecurityManager.ENV_AUTH_SECRET()), "");
    }

    private static void driver(String sparkHome, String python, Path directory)
            throws IOException, InterruptedException {
        HttpServer catalog = emptyCatalog();
        String url = "http://" + ADDRESS + ":" + catalog.getAddress().getPort();
        DriverConfig config =
                config(Mode.LOCAL, sparkHome, python, UUID.randomUUID().toString(), 0, Map.of(), url);
        try (var driver = DriverProcess.start(config, directory, new Redaction())) {
            ask(driver.ready().port(), config.token());
            String table = "delta.`" + directory.resolve("table").toUri() + "`";
            run(
                    driver,
                    url,
                    "sql",
                    List.of(
                            "select 1",
                            "create temporary view numbers as select id, id % 7 as k from range(0, 1000, 1, 4)",
                            "select k, count(*) c, sum(id) s from numbers group by k order by k",
                            "create table " + table + " using delta as select * from numbers",
                            "insert into " + table + " values (5000, 1)",
                            "merge into " + table + " t using (select 5000L id, 2L k) s on t.id = s.id"
                                    + " when matched then update set t.k = s.k when not matched then insert *",
                            "select count(*) from " + table,
                            "describe history " + table,
                            "show schemas in training",
                            "select * from training.default.missing"));
            run(driver, url, "python", List.of("print(spark.range(5).count())", "display(spark.range(3))"));
            run(driver, url, "scala", List.of("val n = spark.range(5).count()"));
        } finally {
            catalog.stop(0);
        }
    }

    private static void cluster(DriverConfig config, Path directory) throws InterruptedException {
        try (var driver = DriverProcess.start(config, directory, new Redaction())) {
            run(
                    driver,
                    "",
                    "sql",
                    List.of(
                            "select k, count(*) from (select id % 7 as k from range(0, 100000, 1, 4)) group by k",
                            "create table delta.`" + directory.resolve("table").toUri()
                                    + "` using delta as select id from range(0, 100, 1, 2)",
                            "select count(*) from delta.`"
                                    + directory.resolve("table").toUri() + "`"));
        }
    }

    /** Ends with the master: the cluster's driver stops when its work is done. */
    private static void worker(int port, Path directory) throws IOException, InterruptedException {
        var master = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        WorkerMain.start(new WorkerMain.Config(
                ADDRESS,
                "spark://" + ADDRESS + ":" + port,
                sharedSecret(),
                sharedSecret(),
                1,
                1024,
                directory.resolve("work").toString()));
        while (true) {
            try (var socket = new java.net.Socket()) {
                socket.connect(master, 1_000);
            } catch (IOException gone) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void run(DriverProcess driver, String serverUrl, String language, List<String> cells)
            throws InterruptedException {
        List<String> catalogs = serverUrl.isEmpty() ? List.of() : List.of("training");
        var spec = new ContextSpec(
                language,
                "",
                "",
                "",
                "default",
                catalogs,
                Map.of(),
                Map.of(),
                List.of(),
                "",
                "",
                ContextSpec.RunInfo.NONE);
        Context context = driver.contexts().put("training-" + language, spec);
        for (int i = 0; i < cells.size(); i++) {
            var code = new CommandSpec.Code(language, cells.get(i));
            context.submit("c" + i, new CommandRequest(code, Map.of(), catalogs, ""));
            context.await("c" + i);
        }
    }

    private static void ask(int port, String token) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + ADDRESS + ":" + port + "/v1/news"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    /** Knows nothing, in the catalog's own words: enough to load the plugin and its HTTP client. */
    private static HttpServer emptyCatalog() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            byte[] body =
                    Json.bytes(Json.object().put("error_code", "NOT_FOUND").put("message", "training"));
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
