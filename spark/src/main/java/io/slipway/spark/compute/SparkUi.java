package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.URI;

/**
 * The door to the Spark UI of a running cluster. Its pages run scripts that are not ours, so they are kept apart from the web
 * application and never see a session: a ticket in their address, good for this launch of this cluster, is all they have.
 */
public final class SparkUi {
    private final Clusters clusters;
    private final Drivers drivers;
    private final SessionTokens secrets;

    public SparkUi(Clusters clusters, Drivers drivers, SessionTokens secrets) {
        this.clusters = clusters;
        this.drivers = drivers;
        this.secrets = secrets;
    }

    /** Throws INVALID_STATE if the cluster does not run. */
    public String ticket(Caller caller, String clusterId) {
        Cluster cluster = clusters.get(caller, clusterId);
        drivers.running(clusterId);
        return ticket(cluster);
    }

    /**
     * Where the driver serves its pages.
     *
     * @param secret the driver's pages are for who brings it as a bearer token
     */
    public record Target(URI address, String secret) {}

    /** Throws PERMISSION_DENIED for a wrong ticket. */
    public Target target(String clusterId, String ticket) {
        Cluster cluster = clusters.get(Caller.SYSTEM, clusterId);
        if (!SessionTokens.sameBytes(ticket(cluster), ticket)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED, "This address of the Spark UI is of an earlier start of the cluster.");
        }
        return new Target(drivers.sparkUi(clusterId), drivers.pageSecret(cluster));
    }

    private String ticket(Cluster cluster) {
        return secrets.derive("spark-ui:" + cluster.id() + ":" + cluster.launch())
                .substring(0, 32);
    }
}
