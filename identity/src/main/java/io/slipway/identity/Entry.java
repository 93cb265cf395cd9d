package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A principal as the directory of a workspace, or of the account, shows it.
 *
 * @param home the workspace of a group that is known there only; else the account
 * @param groups of that workspace in which it is, directly or through other groups
 * @param members of a group; empty for whoever acts
 * @param createdAt epoch milliseconds
 * @param changedAt epoch milliseconds
 */
public record Entry(
        PrincipalKind kind,
        PrincipalId id,
        WorkspaceId home,
        Content content,
        List<Held> groups,
        List<Held> members,
        long createdAt,
        long changedAt) {
    public Entry {
        groups = List.copyOf(groups);
        members = List.copyOf(members);
    }

    public Principal principal() {
        return new Principal(id, content.name());
    }

    /** Whether it administers the workspace. */
    public boolean admin() {
        return groups.stream().anyMatch(held -> held.principal().id().equals(PrincipalId.ADMINS));
    }

    /** What is written of it now, with its groups and members. */
    public Content written() {
        return content.with(
                groups.stream()
                        .filter(Held::direct)
                        .map(held -> held.principal().id())
                        .collect(Collectors.toSet()),
                members.stream().map(held -> held.principal().id()).collect(Collectors.toSet()));
    }

    /** One end of a membership. */
    public record Held(Principal principal, PrincipalKind kind, boolean direct) {}

    /** An address of a user. */
    public record Email(String value, Optional<String> type, boolean primary) {}

    /** What a person or program is called, beside its name. */
    public record Profile(String displayName, String givenName, String familyName, List<Email> emails) {
        public Profile {
            emails = List.copyOf(emails);
        }

        public static Profile of(String displayName) {
            return new Profile(displayName, "", "", List.of());
        }
    }

    /**
     * What administrators write.
     *
     * @param name of a user, the login name; of a service principal, its application id, blank before it is made; of a group, its name
     * @param externalId by which the directory that it comes from knows it
     * @param groups in which it is directly
     * @param members of a group
     * @param entitlements what it may do in the workspace
     * @param roles in the workspace: instance profiles
     */
    public record Content(
            String name,
            Profile profile,
            boolean active,
            Optional<String> externalId,
            Set<PrincipalId> groups,
            Set<PrincipalId> members,
            Set<String> entitlements,
            Set<String> roles) {
        public Content {
            groups = Set.copyOf(groups);
            members = Set.copyOf(members);
            entitlements = Set.copyOf(entitlements);
            roles = Set.copyOf(roles);
        }

        public static Content named(String name) {
            return new Content(name, Profile.of(name), true, Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of());
        }

        public Content with(Set<PrincipalId> itsGroups, Set<PrincipalId> itsMembers) {
            return new Content(name, profile, active, externalId, itsGroups, itsMembers, entitlements, roles);
        }

        /** Whether the account has the same of both. */
        boolean same(Content other) {
            return name.equals(other.name)
                    && profile.equals(other.profile)
                    && active == other.active
                    && externalId.equals(other.externalId);
        }

        public Content called(String other) {
            return new Content(other, profile, active, externalId, groups, members, entitlements, roles);
        }
    }
}
