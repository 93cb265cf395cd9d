package io.slipway.driver;

import io.slipway.driver.json.Json;
import io.slipway.driver.start.DriverFailure;
import io.slipway.driver.start.PageGuard;
import io.slipway.driver.start.SparkAuthentication;
import io.slipway.driver.watch.StandaloneMaster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointNotFoundException;
import org.apache.spark.rpc.RpcEnv;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.reflect.ClassTag$;

/** {@code WorkerMain <worker.json>}: Spark's standalone worker, started before or after the master it belongs to. */
public final class WorkerMain {
    private static final long POLL_MILLIS = 20;

    private WorkerMain() {}

    /** {@code worker.json}. */
    record Config(
            String address,
            String masterUrl,
            @Nullable String sparkSecret,
            @Nullable String pageSecret,
            int cores,
            int memoryMb,
            String workDir) {
        /** Keeps the secrets out of logs. */
        @Override
        public String toString() {
            return "Config[" + address + ", " + masterUrl + "]";
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of("").toAbsolutePath();
        RpcEnv env;
        try {
            if (args.length != 1) {
                throw new DriverFailure("INVALID_ARGUMENT", "usage: WorkerMain <worker.json>");
            }
            env = start(Json.mapper().readValue(Files.readAllBytes(Path.of(args[0])), Config.class));
        } catch (IOException | RuntimeException | LinkageError e) {
            DriverMain.fail(directory, e);
            return;
        }
        StartFiles.ready(directory, Json.object().put("protocol", 1));
        env.awaitTermination();
        System.exit(0);
    }

    static RpcEnv start(Config config) throws IOException, InterruptedException {
        var conf = new SparkConf(false)
                // SIGPWR is the notice that this node goes away: blocks move, no new tasks come.
                .set("spark.decommission.enabled", "true")
                .set("spark.worker.cleanup.enabled", "false");
        SparkAuthentication.conf(config.sparkSecret).forEach(conf::set);
        PageGuard.conf(config.pageSecret, null).forEach(conf::set);
        Files.createDirectories(Path.of(config.workDir));
        awaitMaster(config, conf);
        RpcEnv env = Worker.startRpcEnvAndEndpoint(
                config.address,
                0,
                0,
                config.cores,
                config.memoryMb,
                new String[] {config.masterUrl},
                config.workDir,
                Option.empty(),
                conf,
                Option.empty());
        awaitRegistered(env);
        return env;
    }

    /**
     * A worker that comes too early, before the master's port is open or the master has become the leader, tries again only after 5 to
     * 15 seconds. What else may be wrong with the master, the worker tells in its own words.
     */
    private static void awaitMaster(Config config, SparkConf conf) throws InterruptedException {
        URI master = URI.create(config.masterUrl);
        while (!listens(master)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        var security = new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
        RpcEnv env = RpcEnv.create("awaitMaster", config.address, 0, conf, security, true);
        try {
            while (!leads(env, new RpcAddress(master.getHost(), master.getPort()))) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } finally {
            env.shutdown();
        }
    }

    private static boolean listens(URI master) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(master.getHost(), master.getPort()), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean leads(RpcEnv env, RpcAddress master) {
        try {
            return StandaloneMaster.at(env, master).leads();
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            return !(e.getCause() instanceof RpcEndpointNotFoundException);
        }
    }

    private static void awaitRegistered(RpcEnv env) throws InterruptedException {
        var endpoint = env.setupEndpointRef(env.address(), "Worker");
        while (true) {
            DeployMessages.WorkerStateResponse state = endpoint.askSync(
                    DeployMessages.RequestWorkerState$.MODULE$,
                    ClassTag$.MODULE$.<DeployMessages.WorkerStateResponse>apply(
                            DeployMessages.WorkerStateResponse.class));
            if (!state.masterUrl().isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
