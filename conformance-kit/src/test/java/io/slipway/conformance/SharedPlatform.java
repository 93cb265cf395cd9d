package io.slipway.conformance;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.CreateCluster;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One platform with one single-node cluster for all tests that do not harm them; made at first use, gone with the last test. Tests that
 * failed run again after that, on a new one.
 */
final class SharedPlatform implements BeforeAllCallback {
    static final String SPARK = "18.2.x-scala2.13";
    static final String NODE_TYPE = "m5.large";
    /**
     * Clusters of tests run each query a few times: what the better compiler of the JVM gains, it costs twice. Classes that Spark brings
     * need not be verified at each start.
     */
    private static final String QUICK =
            "-XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    static final Map<String, String> SHORT_LIVED =
            Map.of("spark.driver.extraJavaOptions", QUICK, "spark.executor.extraJavaOptions", QUICK);

    private static Optional<Instance> instance = Optional.empty();

    private record Instance(PlatformProcess platform, String clusterId) implements AutoCloseable {
        static Instance start() {
            PlatformProcess platform = PlatformProcess.start();
            return new Instance(platform, platform.cluster(singleNode("shared")));
        }

        @Override
        public void close() {
            platform.close();
        }
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        instance = Optional.of(context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Instance.class, first -> Instance.start(), Instance.class));
    }

    static CreateCluster singleNode(String name) {
        return new CreateCluster()
                .setClusterName(name)
                .setSparkVersion(SPARK)
                .setNodeTypeId(NODE_TYPE)
                .setSparkConf(SHORT_LIVED)
                .setNumWorkers(0L);
    }

    static PlatformProcess platform() {
        return instance.orElseThrow().platform();
    }

    static WorkspaceClient client() {
        return platform().client();
    }

    static String clusterId() {
        return instance.orElseThrow().clusterId();
    }
}
