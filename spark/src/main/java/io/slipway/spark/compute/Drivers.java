package io.slipway.spark.compute;

import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.DriverReady;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds the driver of a cluster. */
public final class Drivers {
    private final Database database;
    private final SessionTokens secrets;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();

    public Drivers(Base base, SessionTokens secrets) {
        this.database = base.database();
        this.secrets = secrets;
    }

    /** The driver of one launch: a later launch is another driver, which knows nothing of this one's contexts. */
    public record Running(DriverEndpoint endpoint, int launch) {}

    /** The driver of a cluster that is up; throws INVALID_STATE for one that is not. */
    public Running running(String clusterId) {
        return find(clusterId)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.INVALID_STATE, "Cluster " + clusterId + " is not in state RUNNING."));
    }

    public Optional<Running> find(String clusterId) {
        return database.read(handle -> clusters.find(handle, clusterId)
                .filter(cluster -> cluster.state().up())
                .flatMap(cluster -> endpoint(cluster, nodes.of(handle, clusterId))
                        .map(endpoint -> new Running(endpoint, cluster.launch()))));
    }

    /** Address of the Spark UI of a cluster that is up. */
    URI sparkUi(String clusterId) {
        return database.read(handle -> clusters.find(handle, clusterId)
                        .flatMap(cluster -> driver(cluster, nodes.of(handle, clusterId))
                                .flatMap(node -> ready(cluster, node)
                                        .map(ready ->
                                                URI.create("http://" + node.address() + ":" + ready.sparkUiPort())))))
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.INVALID_STATE, "Cluster " + clusterId + " is not in state RUNNING."));
    }

    private static Optional<Node> driver(Cluster cluster, List<Node> nodesOfCluster) {
        return nodesOfCluster.stream()
                .filter(node -> node.role() == Node.Role.DRIVER && node.launch() == cluster.launch())
                .findFirst();
    }

    /** What the driver said when it was up. */
    private static Optional<DriverReady> ready(Cluster cluster, Node node) {
        return node.process("driver", cluster.launch())
                .filter(process -> !process.exited())
                .flatMap(ObservedProcess::ready)
                .map(ready -> DriverJson.DOCUMENTS.read(ready, DriverReady.class));
    }

    Optional<DriverEndpoint> endpoint(Cluster cluster, List<Node> nodesOfCluster) {
        return driver(cluster, nodesOfCluster)
                .flatMap(node -> ready(cluster, node)
                        .filter(ready -> ready.protocol() == DriverProtocol.VERSION)
                        .map(ready -> new DriverEndpoint(node.address(), ready.port(), token(cluster))));
    }

    /** The version of the protocol of a driver that another version of the platform has started. */
    Optional<Integer> foreignProtocol(Cluster cluster, List<Node> nodesOfCluster) {
        return driver(cluster, nodesOfCluster)
                .flatMap(node -> ready(cluster, node))
                .map(DriverReady::protocol)
                .filter(protocol -> protocol != DriverProtocol.VERSION);
    }

    /** Ids of all clusters that are up. */
    public List<String> up() {
        return database.read(clusters::up);
    }

    /** The secret between the server and the driver of this launch. */
    String token(Cluster cluster) {
        return secrets.derive("driver:" + cluster.id() + ":" + cluster.launch());
    }

    /** The secret between Spark's own processes of this launch; every worker that joins later gets the same. */
    String sparkSecret(Cluster cluster) {
        return secrets.derive("spark:" + cluster.id() + ":" + cluster.launch());
    }

    /** Opens the pages of Spark's own processes of this launch. */
    String pageSecret(Cluster cluster) {
        return secrets.derive("spark-pages:" + cluster.id() + ":" + cluster.launch());
    }
}
