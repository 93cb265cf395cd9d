package io.slipway.spark.compute;

import java.util.List;
import java.util.Optional;

/**
 * A machine of a cluster. Times are epoch milliseconds.
 *
 * @param instanceId its name at the provider
 * @param address its own address; empty until the provider has given one
 * @param observed what its agent said last
 */
public record Node(
        String id,
        String clusterId,
        Role role,
        String nodeType,
        int launch,
        State state,
        String instanceId,
        String address,
        long createdAt,
        long seenAt,
        List<ObservedProcess> observed) {

    /** What a node does in its cluster. */
    public enum Role {
        DRIVER,
        WORKER
    }

    /** Life of a node. */
    public enum State {
        /** Asked of the provider. */
        ACQUIRING,
        /** Its agent has reported. */
        UP,
        /** It shall leave: Spark is told to move its work away. */
        DRAINING,
        /** It is being given back. */
        RELEASING
    }

    public Node {
        observed = List.copyOf(observed);
    }

    /** The process with this name of this launch, if the agent has said anything about it. */
    public Optional<ObservedProcess> process(String name, int launch) {
        return observed.stream()
                .filter(process -> process.name().equals(name) && process.generation() == launch)
                .findFirst();
    }

    /** The main process of the node's role. */
    public String mainProcess() {
        return role == Role.DRIVER ? "driver" : "worker";
    }

    public boolean active() {
        return state == State.ACQUIRING || state == State.UP;
    }
}
