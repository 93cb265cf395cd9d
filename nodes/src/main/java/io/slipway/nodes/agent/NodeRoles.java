package io.slipway.nodes.agent;

import java.util.Optional;

/** Makes keys for the roles that nodes have. */
@FunctionalInterface
public interface NodeRoles {
    /**
     * Empty: there is no such profile, it has no role, or the role does not trust machines.
     *
     * @param instanceProfile its ARN
     * @param session names who uses the keys
     */
    Optional<Keys> keys(String instanceProfile, String session);

    /**
     * Keys as agents are told (docs/protocols/agent.md).
     *
     * @param issued as in {@code 2026-11-28T10:00:00Z}; so is {@code expires}
     */
    record Keys(
            String roleArn,
            String profileArn,
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String issued,
            String expires) {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}
