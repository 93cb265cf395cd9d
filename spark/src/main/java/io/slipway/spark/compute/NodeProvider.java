package io.slipway.spark.compute;

import java.util.List;

/**
 * Where machines come from. Everything is idempotent by the node's id and may be called again after any crash.
 *
 * <p>A provider starts the agent on each machine; what runs there is the agent's business.
 */
public interface NodeProvider {
    /** @param instanceId the provider's name for the machine */
    record Acquired(String instanceId, String address) {}

    /** Makes the machine, or finds the one made earlier, and sees to it that its agent runs. */
    Acquired acquire(Node node);

    /** Sees to it that the node's agent runs; called now and then while the node is wanted. */
    void keep(Node node);

    /** Ends everything on the machine and gives it back. Returns when nothing of it is left. */
    void release(Node node);

    /** Ids of nodes that exist at the provider, wanted or not. */
    List<String> list();

    /** Gives back a node of {@link #list} that is in no row. */
    void releaseUnknown(String nodeId);

    /** Cores and memory that a node of this type really gets. */
    NodeResources resources(NodeType type);

    /** True if every node has an address of its own, so that fixed ports never clash. */
    boolean ownAddresses();
}
