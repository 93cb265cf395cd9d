package io.slipway.iam;

import java.util.Locale;

/** What has a name in an account. Ids begin by kind, texts of refusals differ by kind (IAM, identifiers; quotas). */
enum EntityKind {
    USER("user", "AIDA", "userName", 64, 5_000, "Users"),
    GROUP("group", "AGPA", "groupName", 128, 500, "Groups"),
    ROLE("role", "AROA", "roleName", 64, 10_000, "Roles"),
    POLICY("policy", "ANPA", "policyName", 128, 10_000, "Policies"),
    INSTANCE_PROFILE("instance-profile", "AIPA", "instanceProfileName", 128, 10_000, "InstanceProfiles"),
    /** Its name is its address without {@code https://}; it has an id only here. */
    OIDC_PROVIDER("oidc-provider", "AOIP", "url", 255, 700, "Providers");

    private final String word;
    private final String idPrefix;
    private final String field;
    private final int longestName;
    private final int most;
    private final String plural;

    EntityKind(String word, String idPrefix, String field, int longestName, int most, String plural) {
        this.word = word;
        this.idPrefix = idPrefix;
        this.field = field;
        this.longestName = longestName;
        this.most = most;
        this.plural = plural;
    }

    /** In names of resources. */
    String word() {
        return word;
    }

    /** In names of actions. */
    String title() {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String idPrefix() {
        return idPrefix;
    }

    /** Of requests, as refusals tell it. */
    String field() {
        return field;
    }

    int longestName() {
        return longestName;
    }

    /** In one account. */
    int most() {
        return most;
    }

    /** In GetAccountSummary. */
    String plural() {
        return plural;
    }

    String quota() {
        return plural + "PerAccount";
    }

    String missing(String name) {
        return switch (this) {
            case INSTANCE_PROFILE -> "Instance Profile " + name + " cannot be found.";
            case POLICY -> "Policy " + name + " was not found.";
            case OIDC_PROVIDER -> "OpenIDConnect Provider not found for arn " + name;
            default -> "The " + word + " with name " + name + " cannot be found.";
        };
    }

    String taken(String name) {
        return switch (this) {
            case USER -> "User with name " + name + " already exists.";
            case GROUP -> "Group with name " + name + " already exists.";
            case ROLE -> "Role with name " + name + " already exists.";
            case POLICY -> "A policy called " + name + " already exists. Duplicate names are not allowed.";
            case INSTANCE_PROFILE -> "Instance Profile " + name + " already exists.";
            case OIDC_PROVIDER -> "Provider with url https://" + name + " already exists.";
        };
    }
}
