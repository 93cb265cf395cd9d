package io.slipway.nodes.agent;

import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/** Makes keys for the bucket on which the platform keeps what nodes read and write for their workspace. */
@FunctionalInterface
public interface NodeStorage {
    /**
     * Empty: it keeps nothing there. Names of role and profile are blank.
     *
     * @param node names who uses the keys
     */
    Optional<NodeRoles.Keys> keys(WorkspaceId workspace, String node);
}
