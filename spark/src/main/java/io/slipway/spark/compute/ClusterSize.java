package io.slipway.spark.compute;

/** How many workers a cluster has beside its driver. */
public sealed interface ClusterSize {
    int initialWorkers();

    int mostWorkers();

    /** Always this many; 0 = a single node on which driver and tasks share one JVM. */
    record Fixed(int workers) implements ClusterSize {
        @Override
        public int initialWorkers() {
            return workers;
        }

        @Override
        public int mostWorkers() {
            return workers;
        }
    }

    /** Grown and shrunk by load between the two, both included. */
    record Autoscale(int minWorkers, int maxWorkers) implements ClusterSize {
        @Override
        public int initialWorkers() {
            return minWorkers;
        }

        @Override
        public int mostWorkers() {
            return maxWorkers;
        }
    }

    /** No worker can ever join: Spark runs in local mode. */
    default boolean singleNode() {
        return mostWorkers() == 0;
    }
}
