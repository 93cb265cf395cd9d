package io.slipway.agent;

import java.util.Set;

/** Environment variables by which everything that runs on a node can be found, however far it wandered from its parents. */
public final class Marks {
    /** Value: the node id. */
    public static final String NODE = "SLIPWAY_NODE";
    /** Value: {@code <name>/<generation>}. */
    public static final String PROCESS = "SLIPWAY_PROCESS";

    private Marks() {}

    static Set<String> ofNode(String nodeId) {
        return Set.of(NODE + "=" + nodeId);
    }

    static Set<String> ofProcess(String nodeId, String process) {
        return Set.of(NODE + "=" + nodeId, PROCESS + "=" + process);
    }
}
