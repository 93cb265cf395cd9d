package io.slipway.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a session besides its keys.
 *
 * @param kind whose it is
 * @param name that whoever made it gave it
 * @param issuedAt epoch milliseconds
 * @param narrowing policies that it was narrowed to, if it was
 * @param transitive keys of those tags that sessions made by this one have too
 * @param provider who vouched for whoever took the role
 */
record SessionDetail(
        Kind kind,
        String name,
        long issuedAt,
        Optional<Narrowing> narrowing,
        Map<String, String> tags,
        List<String> transitive,
        Optional<String> sourceIdentity,
        Optional<String> provider) {
    enum Kind {
        /** Of a role. */
        ROLE,
        /** Of a user, or the account itself, with all that they may do. */
        USER,
        /** Of the account itself, as its root has it in the console: IAM takes its keys too. */
        CONSOLE,
        /** Of somebody whom a user lets do some of what the user may. */
        FEDERATED;
    }

    /** Texts of policies, and names of others. */
    record Narrowing(Optional<String> inline, List<String> named) {}

    static SessionDetail plain(Kind kind, String name, long now) {
        return new SessionDetail(
                kind, name, now, Optional.empty(), Map.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
