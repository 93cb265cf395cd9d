package io.slipway.conformance;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.CreateCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One platform with one single-node cluster for all tests that do not harm them; made at first use, gone with the last test. */
final class SharedPlatform implements BeforeAllCallback {
    static final String SPARK = "18.2.x-scala2.13";
    static final String NODE_TYPE = "m5.large";

    private static Optional<Instance> instance = Optional.empty();

    private record Instance(PlatformProcess platform, String clusterId) {}

    @Override
    public synchronized void beforeAll(ExtensionContext context) throws TimeoutException {
        if (instance.isPresent()) {
            return;
        }
        PlatformProcess platform = PlatformProcess.start();
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put("platform", platform);
        ClusterDetails cluster = platform.client()
                .clusters()
                .create(new CreateCluster()
                        .setClusterName("shared")
                        .setSparkVersion(SPARK)
                        .setNodeTypeId(NODE_TYPE)
                        .setNumWorkers(0L))
                .get(Duration.ofMinutes(10));
        instance = Optional.of(new Instance(platform, cluster.getClusterId()));
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
