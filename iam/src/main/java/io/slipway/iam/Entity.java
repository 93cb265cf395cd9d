package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.store.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something with a name in an account.
 *
 * @param path begins and ends with a slash
 * @param boundary the policy that is the most that a user or role may do
 * @param detail what only its kind has, as JSON
 * @param used when a role was last used; 0 = never
 */
record Entity(
        String id,
        AccountId account,
        EntityKind kind,
        String name,
        String path,
        Optional<String> description,
        long createdAt,
        long changedAt,
        Map<String, String> tags,
        Optional<String> boundary,
        String detail,
        Used used) {
    /** When and from where; 0 = never. */
    record Used(long at, String region) {
        static final Used NEVER = new Used(0, "");
    }

    /**
     * Of a role.
     *
     * @param trust who may take it, as it was written
     * @param bound the same with ids in place of users and roles: who is made anew by their names is somebody else
     * @param longestSession seconds
     * @param service whose it is, if it is linked to one
     */
    record RoleDetail(String trust, String bound, int longestSession, Optional<String> service) {
        RoleDetail trusting(String otherTrust, String otherBound) {
            return new RoleDetail(otherTrust, otherBound, longestSession, service);
        }

        RoleDetail lasting(int seconds) {
            return new RoleDetail(trust, bound, seconds, service);
        }
    }

    /** Of a policy: which version counts, and the last that was made. */
    record PolicyDetail(int standard, int newest) {}

    /** Of a provider. */
    record ProviderDetail(List<String> clients, List<String> thumbprints) {}

    static final String NO_DETAIL = "{}";

    Entity {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** One that is made now. */
    static Entity made(String id, AccountId account, EntityKind kind, String name, String path, long now) {
        return new Entity(
                id,
                account,
                kind,
                name,
                path,
                Optional.empty(),
                now,
                now,
                Map.of(),
                Optional.empty(),
                NO_DETAIL,
                Used.NEVER);
    }

    static String arn(AccountId account, EntityKind kind, String path, String name) {
        return new Arn("aws", "iam", "", account.digits(), kind.word() + path + name).toString();
    }

    String arn() {
        return arn(account, kind, path, name);
    }

    RoleDetail role() {
        return Json.read(detail, RoleDetail.class);
    }

    PolicyDetail policy() {
        return Json.read(detail, PolicyDetail.class);
    }

    ProviderDetail provider() {
        return Json.read(detail, ProviderDetail.class);
    }

    Entity named(String other, String otherPath) {
        return new Entity(
                id, account, kind, other, otherPath, description, createdAt, changedAt, tags, boundary, detail, used);
    }

    Entity described(Optional<String> text) {
        return new Entity(id, account, kind, name, path, text, createdAt, changedAt, tags, boundary, detail, used);
    }

    Entity tagged(Map<String, String> all) {
        return new Entity(
                id, account, kind, name, path, description, createdAt, changedAt, all, boundary, detail, used);
    }

    Entity bounded(Optional<String> policy) {
        return new Entity(id, account, kind, name, path, description, createdAt, changedAt, tags, policy, detail, used);
    }

    Entity detailed(Object other) {
        return new Entity(
                id,
                account,
                kind,
                name,
                path,
                description,
                createdAt,
                changedAt,
                tags,
                boundary,
                Json.write(other),
                used);
    }

    Entity changed(long now) {
        return new Entity(id, account, kind, name, path, description, createdAt, now, tags, boundary, detail, used);
    }
}
