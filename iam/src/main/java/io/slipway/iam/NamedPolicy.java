package io.slipway.iam;

import io.slipway.iam.managed.ManagedPolicy;
import io.slipway.iam.policy.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.model.Policy;

/**
 * A policy with a name of its own: the account's, or one that AWS keeps for all.
 *
 * @param entity empty: AWS's
 * @param version the one that counts
 */
record NamedPolicy(
        String arn,
        String id,
        String name,
        String path,
        String version,
        Optional<String> description,
        Instant createdAt,
        Instant changedAt,
        Map<String, String> tags,
        Optional<Entity> entity) {
    /** When AWS brought policies of this kind; its own dates are not known here. */
    static final Instant AWS_BEGAN = Instant.parse("2015-02-06T18:40:00Z");

    static NamedPolicy of(Entity policy) {
        return new NamedPolicy(
                policy.arn(),
                policy.id(),
                policy.name(),
                policy.path(),
                "v" + policy.policy().standard(),
                policy.description(),
                Instant.ofEpochMilli(policy.createdAt()),
                Instant.ofEpochMilli(policy.changedAt()),
                policy.tags(),
                Optional.of(policy));
    }

    static NamedPolicy of(ManagedPolicy policy) {
        return new NamedPolicy(
                policy.arn(),
                policy.id(),
                policy.name(),
                policy.path(),
                policy.version(),
                Optional.of(policy.description()),
                AWS_BEGAN,
                AWS_BEGAN,
                Map.of(),
                Optional.empty());
    }

    /** Of the account, or AWS's. */
    static Optional<NamedPolicy> find(IamRecords records, Handle handle, AccountId account, String arn) {
        if (!arn.startsWith(Attachments.prefix(account))) {
            return records.managed().find(arn).map(NamedPolicy::of);
        }
        return records.entities()
                .named(handle, account, EntityKind.POLICY, arn.substring(arn.lastIndexOf('/') + 1))
                .filter(each -> each.arn().equals(arn))
                .map(NamedPolicy::of);
    }

    /** As filters of lists call it. */
    String kind() {
        return entity.isPresent() ? "LocalManagedPolicy" : "AWSManagedPolicy";
    }

    /** The text that counts. */
    String document(IamRecords records, Handle handle) {
        return entity.map(each -> records.policies()
                        .version(handle, each.id(), each.policy().standard())
                        .orElseThrow()
                        .document())
                .orElseGet(() ->
                        records.managed().find(arn).orElseThrow().document().text());
    }

    /** Without description and tags, which only GetPolicy tells. */
    Policy.Builder shape(IamCall call, Handle handle) {
        return Policy.builder()
                .policyName(name)
                .policyId(id)
                .arn(arn)
                .path(path)
                .defaultVersionId(version)
                .attachmentCount(call.records()
                        .policies()
                        .attachedTo(handle, call.account(), arn)
                        .size())
                .permissionsBoundaryUsageCount(call.records()
                        .entities()
                        .boundedBy(handle, call.account(), arn)
                        .size())
                .isAttachable(true)
                .createDate(createdAt)
                .updateDate(changedAt);
    }
}
