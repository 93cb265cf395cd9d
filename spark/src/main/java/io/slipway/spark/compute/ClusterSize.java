package io.slipway.spark.compute;

/** How many workers a cluster has beside its driver. */
public sealed interface ClusterSize {
    /** Always this many; 0 = a single node on which driver and tasks share one JVM. */
    record Fixed(int workers) implements ClusterSize {}

    /** Grown and shrunk by load between the two, both included. */
    record Autoscale(int minWorkers, int maxWorkers) implements ClusterSize {}

    default int initialWorkers() {
        return this instanceof Autoscale auto ? auto.minWorkers() : ((Fixed) this).workers();
    }

    default int mostWorkers() {
        return this instanceof Autoscale auto ? auto.maxWorkers() : ((Fixed) this).workers();
    }

    /** No worker can ever join: Spark runs in local mode. */
    default boolean singleNode() {
        return mostWorkers() == 0;
    }
}
