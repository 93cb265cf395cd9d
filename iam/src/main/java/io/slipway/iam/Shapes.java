package io.slipway.iam;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Records of the SDK for what is kept here. How much of a thing is told differs between actions: lists leave tags out, and the answer
 * to its making leaves more out (as AWS answered in 2026).
 */
final class Shapes {
    private Shapes() {}

    /** Policies in answers are encoded (RFC 3986). */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(each ->
                        Tag.builder().key(each.getKey()).value(each.getValue()).build())
                .toList();
    }

    static Optional<AttachedPermissionsBoundary> boundary(Entity entity) {
        return entity.boundary()
                .map(arn -> AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType("PermissionsBoundaryPolicy")
                        .permissionsBoundaryArn(arn)
                        .build());
    }

    static User.Builder user(Entity user) {
        return User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(Instant.ofEpochMilli(user.createdAt()));
    }

    static User.Builder wholeUser(Entity user) {
        User.Builder builder = user(user);
        boundary(user).ifPresent(builder::permissionsBoundary);
        if (!user.tags().isEmpty()) {
            builder.tags(tags(user.tags()));
        }
        return builder;
    }

    static Group group(Entity group) {
        return Group.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(Instant.ofEpochMilli(group.createdAt()))
                .build();
    }

    /** As it is told where it is made, and within instance profiles. */
    static Role.Builder role(Entity role) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(Instant.ofEpochMilli(role.createdAt()))
                .assumeRolePolicyDocument(encoded(role.role().trust()));
    }

    static Role.Builder listedRole(Entity role) {
        Role.Builder builder = role(role).maxSessionDuration(role.role().longestSession());
        role.description().ifPresent(builder::description);
        return builder;
    }

    static Role.Builder wholeRole(Entity role) {
        Role.Builder builder = listedRole(role).roleLastUsed(lastUsed(role));
        boundary(role).ifPresent(builder::permissionsBoundary);
        if (!role.tags().isEmpty()) {
            builder.tags(tags(role.tags()));
        }
        return builder;
    }

    static RoleLastUsed lastUsed(Entity role) {
        RoleLastUsed.Builder used = RoleLastUsed.builder();
        if (role.used().at() > 0) {
            used.lastUsedDate(Instant.ofEpochMilli(role.used().at()))
                    .region(role.used().region());
        }
        return used.build();
    }

    /** With boundary and tags, as it is told where it is made. */
    static Role.Builder madeRole(Entity role) {
        Role.Builder builder = role(role);
        boundary(role).ifPresent(builder::permissionsBoundary);
        if (!role.tags().isEmpty()) {
            builder.tags(tags(role.tags()));
        }
        return builder;
    }

    static InstanceProfile.Builder profile(Entity profile, Optional<Entity> role) {
        return InstanceProfile.builder()
                .path(profile.path())
                .instanceProfileName(profile.name())
                .instanceProfileId(profile.id())
                .arn(profile.arn())
                .createDate(Instant.ofEpochMilli(profile.createdAt()))
                .roles(role.map(each -> role(each).build()).stream().toList());
    }
}
