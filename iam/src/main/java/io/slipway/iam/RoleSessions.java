package io.slipway.iam;

import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Policies.Named;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Request;
import io.slipway.iam.policy.Requester;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Sessions of roles: who gets one is decided by the trust policy of the role, and by what whoever asks may do. */
final class RoleSessions {
    static final String ASSUME = "sts:AssumeRole";

    private final IamRecords records;
    private final Sessions sessions;

    /**
     * A session that somebody wants.
     *
     * @param known what trust policies may ask about besides
     */
    record Wish(
            String roleArn,
            String name,
            Optional<Integer> seconds,
            Optional<SessionDetail.Narrowing> narrowing,
            Map<String, String> tags,
            List<String> transitive,
            Optional<String> sourceIdentity,
            Optional<String> provider,
            Context known) {}

    /** A session that was made. */
    record Made(Entity role, SessionDetail detail, Credentials credentials) {
        String arn() {
            return Callers.sessionArn(role.account(), "assumed-role/" + role.name() + "/" + detail.name());
        }
    }

    RoleSessions(IamRecords records, Sessions sessions) {
        this.records = records;
        this.sessions = sessions;
    }

    /** Of any account of this installation. */
    Optional<Entity> role(Handle handle, String text) {
        return Arn.of(text)
                .filter(arn -> arn.service().equals("iam") && arn.resource().startsWith("role/"))
                .flatMap(arn -> arn.owner()
                        .flatMap(account ->
                                records.entities().named(handle, account, EntityKind.ROLE, Attachments.name(text))))
                .filter(role -> role.arn().equals(text));
    }

    /** The session by which the caller has signed, if it is one. */
    private Optional<SessionDetail> session(Handle handle, AwsCaller caller) {
        return caller.keyId()
                .flatMap(id -> records.keyStore().session(handle, id))
                .map(key -> Json.read(key.detail(), SessionDetail.class));
    }

    Made assume(AwsCaller caller, Wish wish) {
        return records.database().write(tx -> {
            Handle handle = tx.sql();
            Entity role = role(handle, wish.roleArn()).orElseThrow(() -> refusal(caller, ASSUME, wish.roleArn()));
            Optional<SessionDetail> from = session(handle, caller);
            Optional<String> source = sourceIdentity(from, wish);
            Map<String, String> tags = tags(from, wish);
            List<String> transitive = new ArrayList<>(wish.transitive());
            from.ifPresent(each -> transitive.addAll(each.transitive()));
            Context known = known(role, wish, tags, source);
            decide(caller, role, ASSUME, known);
            if (!wish.tags().isEmpty()) {
                decide(caller, role, "sts:TagSession", known);
            }
            if (source.isPresent()) {
                decide(caller, role, "sts:SetSourceIdentity", known);
            }
            boolean chained = caller.requester().kind() == Requester.Kind.ROLE_SESSION;
            return make(handle, role, wish, seconds(role, wish, chained), tags, transitive, source);
        });
    }

    private static int seconds(Entity role, Wish wish, boolean chained) {
        int usual = RoleCalls.SHORTEST_SESSION;
        int seconds = wish.seconds().orElse(usual);
        if (seconds > role.role().longestSession()) {
            throw StsFault.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (chained && seconds > usual) {
            throw StsFault.validation(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return seconds;
    }

    /** Once it is set, it stays for all sessions that are made of this one. */
    private static Optional<String> sourceIdentity(Optional<SessionDetail> from, Wish wish) {
        Optional<String> before = from.flatMap(SessionDetail::sourceIdentity);
        boolean another = before.isPresent()
                && wish.sourceIdentity()
                        .filter(each -> !each.equals(before.get()))
                        .isPresent();
        if (another) {
            throw StsFault.denied("The source identity of a session cannot be changed.");
        }
        return before.or(wish::sourceIdentity);
    }

    private static Map<String, String> tags(Optional<SessionDetail> from, Wish wish) {
        Map<String, String> tags = new LinkedHashMap<>();
        from.ifPresent(session -> session.transitive().forEach(key -> {
            if (wish.tags().keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw StsFault.invalid(
                        "One of the specified transitive tag keys can't be set because it conflicts with a"
                                + " transitive tag key from the calling session.");
            }
            session.tags().forEach((name, value) -> {
                if (name.equalsIgnoreCase(key)) {
                    tags.put(name, value);
                }
            });
        }));
        tags.putAll(wish.tags());
        return tags;
    }

    private static Context known(Entity role, Wish wish, Map<String, String> tags, Optional<String> source) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("sts:RoleSessionName", List.of(wish.name()));
        tags.forEach((key, value) -> values.put("aws:RequestTag/" + key, List.of(value)));
        if (!tags.isEmpty()) {
            values.put("aws:TagKeys", List.copyOf(tags.keySet()));
        }
        if (!wish.transitive().isEmpty()) {
            values.put("sts:TransitiveTagKeys", wish.transitive());
        }
        source.ifPresent(each -> values.put("sts:SourceIdentity", List.of(each)));
        return Context.of(values).or(wish.known()).or(IamCall.known(role));
    }

    private void decide(AwsCaller caller, Entity role, String action, Context known) {
        Named trust = new Named(
                "trust policy",
                PolicyDocument.parse(PolicyKind.TRUST, role.role().bound()));
        Request request =
                caller.request(action, role.arn()).ownedBy(role.account()).with(known);
        if (!caller.decide(request, Optional.of(trust)).allowed()) {
            throw refusal(caller, action, role.arn());
        }
    }

    /** The same whether the role is there or not. */
    private static RuntimeException refusal(AwsCaller caller, String action, String role) {
        return StsFault.denied(
                caller.requester().kind() == Requester.Kind.FEDERATED_IDENTITY
                        ? "Not authorized to perform " + action
                        : "User: " + caller.requester().arn() + " is not authorized to perform: " + action
                                + " on resource: " + role);
    }

    private Made make(
            Handle handle,
            Entity role,
            Wish wish,
            int seconds,
            Map<String, String> tags,
            List<String> transitive,
            Optional<String> source) {
        wish.narrowing()
                .ifPresent(narrowing -> narrowing.named().forEach(arn -> {
                    if (NamedPolicy.find(records, handle, role.account(), arn).isEmpty()) {
                        throw StsFault.validation("Policy " + arn + " does not exist or is not attachable.");
                    }
                }));
        SessionDetail detail = new SessionDetail(
                SessionDetail.Kind.ROLE,
                wish.name(),
                records.clock().millis(),
                wish.narrowing(),
                tags,
                transitive.stream()
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList(),
                source,
                wish.provider());
        return new Made(role, detail, sessions.make(handle, role.account(), Optional.of(role), detail, seconds));
    }

    /** For somebody for whom a provider vouches. */
    Made assumeWithWebIdentity(String provider, String region, Wish wish) {
        AwsCaller caller =
                new AwsCaller(Requester.identity(provider), Policies.NONE, Context.EMPTY, region, Optional.empty());
        return records.database().write(tx -> {
            Handle handle = tx.sql();
            String action = "sts:AssumeRoleWithWebIdentity";
            Entity role = role(handle, wish.roleArn()).orElseThrow(() -> refusal(caller, action, wish.roleArn()));
            decide(caller, role, action, known(role, wish, Map.of(), Optional.empty()));
            return make(handle, role, wish, seconds(role, wish, false), Map.of(), List.of(), Optional.empty());
        });
    }

    /** For a service of the platform: empty if the role is not there, or does not trust it. */
    Optional<Made> assumeAsService(String roleArn, String service, String name, int seconds) {
        AwsCaller caller =
                new AwsCaller(Requester.service(service), Policies.NONE, Context.EMPTY, "", Optional.empty());
        Wish wish = new Wish(
                roleArn,
                name,
                Optional.of(seconds),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Context.EMPTY);
        return records.database().write(tx -> {
            Handle handle = tx.sql();
            return role(handle, roleArn)
                    .filter(role -> trusts(caller, role, wish))
                    .map(role -> make(handle, role, wish, seconds, Map.of(), List.of(), Optional.empty()));
        });
    }

    private static boolean trusts(AwsCaller caller, Entity role, Wish wish) {
        Named trust = new Named(
                "trust policy",
                PolicyDocument.parse(PolicyKind.TRUST, role.role().bound()));
        Request request = caller.request(ASSUME, role.arn())
                .ownedBy(role.account())
                .with(known(role, wish, Map.of(), Optional.empty()));
        return caller.decide(request, Optional.of(trust)).allowed();
    }
}
