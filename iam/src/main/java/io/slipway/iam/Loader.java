package io.slipway.iam;

import io.slipway.iam.managed.ManagedPolicies;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Policies.Named;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Requester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what somebody may do. */
final class Loader {
    private final EntityStore entities;
    private final PolicyStore policies;
    private final LinkStore links;
    private final ManagedPolicies managed;

    Loader(EntityStore entities, PolicyStore policies, LinkStore links, ManagedPolicies managed) {
        this.entities = entities;
        this.policies = policies;
        this.links = links;
        this.managed = managed;
    }

    /** A user, a role or a group as such. */
    Loaded entity(Handle handle, Entity entity) {
        Map<Named, String> sources = new HashMap<>();
        List<Named> all = new ArrayList<>(of(handle, entity, sources));
        if (entity.kind() == EntityKind.USER) {
            links.groups(handle, entity.id()).forEach(group -> all.addAll(of(handle, group, sources)));
        }
        Policies said = Policies.of(all.toArray(Named[]::new));
        Optional<Named> boundary = entity.boundary().map(arn -> named(handle, entity, arn, sources));
        return new Loaded(
                requester(entity),
                boundary.isPresent() ? said.withBoundary(boundary.get()) : said,
                tags(entity.tags()),
                sources);
    }

    private static Requester requester(Entity entity) {
        return entity.kind() == EntityKind.ROLE
                ? Requester.session(entity.account(), entity.arn(), entity.arn(), entity.id())
                : Requester.user(entity.account(), entity.arn(), entity.id());
    }

    static Context tags(Map<String, String> tags) {
        Map<String, List<String>> values = new HashMap<>();
        tags.forEach((key, value) -> values.put("aws:PrincipalTag/" + key, List.of(value)));
        return Context.of(values);
    }

    private List<Named> of(Handle handle, Entity entity, Map<Named, String> sources) {
        List<Named> all = new ArrayList<>();
        PolicyKind kind = Inline.kind(entity.kind());
        for (PolicyStore.Inline each : policies.inline(handle, entity.id())) {
            String name = entity.kind().word() + "_" + entity.name() + "_" + each.name();
            Named policy = new Named(name, PolicyDocument.parse(kind, each.document()));
            sources.put(policy, entity.kind().word());
            all.add(policy);
        }
        for (String arn : policies.attached(handle, entity.id())) {
            all.add(named(handle, entity, arn, sources));
        }
        return all;
    }

    /** What is attached, or a boundary, is there: policies in use are not deleted. */
    private Named named(Handle handle, Entity of, String arn, Map<Named, String> sources) {
        Named policy = find(handle, of, arn).orElseThrow(() -> new IllegalStateException("no policy " + arn));
        sources.put(policy, arn.startsWith(Attachments.prefix(of.account())) ? "user-managed" : "aws-managed");
        return policy;
    }

    /** A policy of the account of somebody, or AWS's. */
    Optional<Named> find(Handle handle, Entity of, String arn) {
        if (!arn.startsWith(Attachments.prefix(of.account()))) {
            return managed.find(arn).map(each -> new Named(each.name(), each.document()));
        }
        return entities.named(handle, of.account(), EntityKind.POLICY, Attachments.name(arn))
                .filter(each -> each.arn().equals(arn))
                .flatMap(each -> policies.version(
                                handle, each.id(), each.policy().standard())
                        .map(version ->
                                new Named(each.name(), PolicyDocument.parse(PolicyKind.MANAGED, version.document()))));
    }
}
