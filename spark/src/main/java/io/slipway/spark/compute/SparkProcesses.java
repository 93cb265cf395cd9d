package io.slipway.spark.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.runtime.InstalledRuntime;
import io.slipway.runtime.JavaOptions;
import io.slipway.runtime.LaunchPlan;
import io.slipway.runtime.ProcessPlan;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the Spark processes of a cluster's nodes: the driver (docs/protocols/driver.md) and its workers. */
public final class SparkProcesses implements ProcessPlanner {
    private static final long GRACE_MILLIS = 4_000;
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    private final Settings settings;
    private final RuntimeLines runtimes;
    private final RuntimeInstalls installs;
    private final NodeTypes nodeTypes;
    private final NodeProvider provider;
    private final Drivers drivers;
    private final SecretReferences secrets;

    /**
     * @param serverUrl where nodes find the server
     * @param publicUrl where people find it
     * @param region of the services of AWS that the server has
     * @param nodesFolder holds the folder of each node
     * @param storage what the platform keeps on a bucket; empty: nothing
     */
    public record Settings(
            String serverUrl,
            String publicUrl,
            String region,
            Path nodesFolder,
            Path driverJar,
            String python,
            Places places,
            Optional<ClusterStorage> storage) {}

    public SparkProcesses(
            Settings settings,
            RuntimeLines runtimes,
            RuntimeInstalls installs,
            NodeTypes nodeTypes,
            NodeProvider provider,
            Drivers drivers,
            SecretReferences secrets) {
        this.settings = settings;
        this.runtimes = runtimes;
        this.installs = installs;
        this.nodeTypes = nodeTypes;
        this.provider = provider;
        this.drivers = drivers;
        this.secrets = secrets;
    }

    @Override
    public Optional<TerminationReason> refusal(Cluster cluster) {
        try {
            JavaOptions unused = JavaOptions.of(cluster.spec().sparkConf());
        } catch (PlatformException e) {
            // Of before the door looked at them.
            return Optional.of(TerminationReason.clientError("INVALID_ARGUMENT", e.message()));
        }
        try {
            SecretReferences.Resolved unused = secrets.resolve(cluster);
            return Optional.empty();
        } catch (PlatformException e) {
            return Optional.of(SecretReferences.refusal(e));
        }
    }

    /**
     * What the process is configured with. One that runs already keeps what it was given, whatever has become of the secrets since: the
     * agent looks at the launch only.
     */
    private Optional<SecretReferences.Resolved> configuration(Cluster cluster, Node node) {
        try {
            return Optional.of(secrets.resolve(cluster));
        } catch (PlatformException e) {
            return node.process(node.mainProcess(), cluster.launch())
                    .map(running -> SecretReferences.Resolved.asWritten(cluster.spec()));
        }
    }

    @Override
    public Optional<WantedProcess> plan(Cluster cluster, Node node, List<Node> nodesOfCluster) {
        if (cluster.plan().isEmpty() || node.address().isEmpty()) {
            return Optional.empty();
        }
        Cluster.LaunchDecision decision = cluster.plan().get();
        RuntimeLine line = runtimes.line(decision.runtimeLine());
        if (!(installs.ensure(line) instanceof RuntimeInstalls.Status.Ready ready)) {
            return Optional.empty();
        }
        Optional<SecretReferences.Resolved> configuration = configuration(cluster, node);
        if (configuration.isEmpty()) {
            return Optional.empty();
        }
        SecretReferences.Resolved resolved = configuration.get();
        LaunchPlan launch = new LaunchPlan(ready.runtime(), settings.driverJar(), settings.python());
        if (node.role() == Node.Role.DRIVER) {
            return Optional.of(driver(cluster, decision, node, ready.runtime(), launch, resolved));
        }
        return nodesOfCluster.stream()
                .filter(other -> other.id().equals(decision.driverNodeId()))
                .map(Node::address)
                .filter(address -> !address.isEmpty())
                .findFirst()
                .map(driverAddress -> worker(cluster, decision, node, driverAddress, launch, resolved));
    }

    private WantedProcess driver(
            Cluster cluster,
            Cluster.LaunchDecision decision,
            Node node,
            InstalledRuntime runtime,
            LaunchPlan launch,
            SecretReferences.Resolved resolved) {
        NodeResources own = resources(node);
        NodeResources workers = provider.resources(nodeTypes.get(cluster.spec().nodeTypeId()));
        ObjectNode config = Json.mapper().createObjectNode();
        config.put("clusterId", cluster.id());
        config.put("clusterName", cluster.spec().name());
        config.put("address", node.address());
        config.put("token", drivers.token(cluster));
        config.put("sparkSecret", drivers.sparkSecret(cluster));
        config.put("pageSecret", drivers.pageSecret(cluster));
        config.put("serverUrl", settings.serverUrl());
        config.put("publicUrl", settings.publicUrl());
        config.put("mode", decision.singleNode() ? "local" : "standalone");
        config.put("cores", own.cores());
        config.put("memoryMb", own.memoryMb());
        config.put("workerCores", workers.cores());
        config.put("workerMemoryMb", workers.memoryMb());
        config.put("expectedWorkers", Math.max(1, cluster.spec().size().initialWorkers()));
        config.put("masterPort", decision.masterPort());
        config.set("sparkConf", Json.tree(sparkConf(cluster, decision, workers, launch, resolved)));
        config.set("secrets", Json.tree(resolved.values()));
        config.put("python", settings.python());
        config.put(
                "dbfsRoot", settings.places().dbfs().apply(cluster.workspace()).toString());
        settings.storage().ifPresent(storage -> config.set("storage", told(storage, cluster)));
        config.put("sparkHome", runtime.directory().toString());
        Path directory = directory(node, "driver");
        ProcessPlan plan = launch.driver(
                own.memoryMb(),
                own.cores(),
                node.address(),
                directory.resolve("local"),
                directory.resolve("driver.json"),
                JavaOptions.of(resolved.sparkConf()));
        return process(cluster, node, "driver", directory, plan, resolved, Json.write(config));
    }

    private static ObjectNode told(ClusterStorage storage, Cluster cluster) {
        ObjectNode told = Json.mapper().createObjectNode();
        told.put("endpoint", storage.endpoint());
        told.put("region", storage.region());
        storage.dbfs().apply(cluster.workspace()).ifPresent(folder -> told.put("dbfs", folder.toString()));
        return told;
    }

    /** The user's conf, with the platform's executor options in front of the user's own. */
    private static Map<String, String> sparkConf(
            Cluster cluster,
            Cluster.LaunchDecision decision,
            NodeResources workers,
            LaunchPlan launch,
            SecretReferences.Resolved resolved) {
        Map<String, String> conf = new LinkedHashMap<>();
        if (!decision.singleNode()) {
            conf.putAll(launch.executorConf(workers.cores()));
        }
        resolved.sparkConf()
                .forEach((key, value) -> conf.merge(
                        key, value, (ours, theirs) -> key.equals(EXECUTOR_OPTIONS) ? ours + " " + theirs : theirs));
        conf.putAll(UsageTags.of(cluster));
        return conf;
    }

    private WantedProcess worker(
            Cluster cluster,
            Cluster.LaunchDecision decision,
            Node node,
            String driverAddress,
            LaunchPlan launch,
            SecretReferences.Resolved resolved) {
        NodeResources own = resources(node);
        Path directory = directory(node, "worker");
        ObjectNode config = Json.mapper().createObjectNode();
        config.put("address", node.address());
        config.put("masterUrl", "spark://" + driverAddress + ":" + decision.masterPort());
        config.put("sparkSecret", drivers.sparkSecret(cluster));
        config.put("pageSecret", drivers.pageSecret(cluster));
        config.put("cores", own.cores());
        config.put("memoryMb", own.memoryMb());
        config.put("workDir", directory.resolve("work").toString());
        ProcessPlan plan = launch.worker(
                own.cores(), node.address(), directory.resolve("local"), directory.resolve("worker.json"));
        return process(cluster, node, "worker", directory, plan, resolved, Json.write(config));
    }

    private WantedProcess process(
            Cluster cluster,
            Node node,
            String name,
            Path directory,
            ProcessPlan plan,
            SecretReferences.Resolved resolved,
            String config) {
        List<String> command =
                new ArrayList<>(settings.places().command(settings.python(), directory, cluster.workspace()));
        command.addAll(plan.argv());
        Map<String, String> env = new LinkedHashMap<>(aws(cluster, directory));
        env.putAll(resolved.sparkEnvVars());
        env.putAll(plan.env());
        env.remove(LaunchPlan.SECRET_VARIABLE); // it would win over the launch's own secret
        return new WantedProcess(
                name,
                cluster.launch(),
                command,
                env,
                name,
                List.of(new WantedProcess.FileToWrite(name + ".json", config, "600"), Places.program()),
                name + "/stdout",
                name + "/stderr",
                GRACE_MILLIS,
                credentials(cluster, node));
    }

    private Optional<WantedProcess.CredentialPlace> credentials(Cluster cluster, Node node) {
        boolean role = cluster.spec().instanceProfile().isPresent();
        boolean storage = settings.storage().isPresent();
        return role || storage
                ? Optional.of(new WantedProcess.CredentialPlace(node.address(), settings.region(), role, storage))
                : Optional.empty();
    }

    /** Clients of AWS find the server's services, and nothing of whoever runs the server: keys are their node's, or their user's own. */
    private Map<String, String> aws(Cluster cluster, Path directory) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("AWS_ENDPOINT_URL", settings.serverUrl());
        env.put("AWS_REGION", settings.region());
        env.put("AWS_DEFAULT_REGION", settings.region());
        env.put("AWS_CONFIG_FILE", directory.resolve("aws").resolve("config").toString());
        env.put(
                "AWS_SHARED_CREDENTIALS_FILE",
                directory.resolve("aws").resolve("credentials").toString());
        if (cluster.spec().instanceProfile().isEmpty()) {
            env.put("AWS_EC2_METADATA_DISABLED", "true");
        }
        return env;
    }

    private NodeResources resources(Node node) {
        return provider.resources(nodeTypes.get(node.nodeType()));
    }

    private Path directory(Node node, String process) {
        return settings.nodesFolder().resolve(node.id()).resolve(process);
    }
}
