package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.Evaluator;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Policies.Named;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Request;
import io.slipway.iam.policy.Requester;
import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.Statement;

/** Decides what nobody does: for each of some actions with each of some things. */
record Simulation(IamCall call, Requester who, Policies policies, Map<Named, String> sources, Context known) {
    private static final String RESOURCE_POLICY = "ResourcePolicy";

    /** What is asked about. */
    record Asked(
            Simulation of,
            List<String> actions,
            List<String> resources,
            Optional<AccountId> owner,
            Policies policies,
            Context context) {
        Pages.Slice<EvaluationResult> page(@Nullable String marker, @Nullable Integer maxItems) {
            Pages pages = Pages.of("simulation", marker, maxItems);
            List<EvaluationResult> all = new ArrayList<>();
            for (String action : actions) {
                for (String resource : resources) {
                    all.add(of.result(this, action, resource));
                }
            }
            return pages.byPlace(all);
        }
    }

    /** Policies that came with the request, called by their places in it. */
    static List<Named> input(String list, List<String> texts) {
        List<Named> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            all.add(new Named(list + "." + (i + 1), parsed(PolicyKind.ROLE_INLINE, texts.get(i))));
        }
        return all;
    }

    private static PolicyDocument parsed(PolicyKind kind, String text) {
        try {
            return PolicyDocument.parse(kind, text);
        } catch (PlatformException e) {
            throw IamFault.input(e.message());
        }
    }

    static Simulation of(IamCall call, Requester who, List<Named> input, Optional<Named> boundary) {
        return of(call, who, Policies.NONE, input, boundary, Map.of(), Context.EMPTY);
    }

    static Simulation of(IamCall call, Requester who, Loaded loaded, List<Named> input, Optional<Named> boundary) {
        return of(call, who, loaded.policies(), input, boundary, loaded.sources(), loaded.known());
    }

    private static Simulation of(
            IamCall call,
            Requester who,
            Policies own,
            List<Named> input,
            Optional<Named> boundary,
            Map<Named, String> sources,
            Context known) {
        Policies all = own.withIdentity(input.toArray(Named[]::new));
        return new Simulation(call, who, boundary.isPresent() ? all.withBoundary(boundary.get()) : all, sources, known);
    }

    /** Whose policies are meant: a user, group or role of the account. */
    static Entity source(IamCall call, Handle handle, String text) {
        Optional<Arn> arn = Arn.of(text).filter(each -> each.service().equals("iam"));
        if (arn.isEmpty()) {
            throw IamFault.validation("Invalid ARN:  Could not be parsed!");
        }
        for (EntityKind kind : List.of(EntityKind.USER, EntityKind.GROUP, EntityKind.ROLE)) {
            if (arn.get().resource().startsWith(kind.word() + "/")) {
                String name = Attachments.name(text);
                return call.records()
                        .entities()
                        .named(handle, call.account(), kind, name)
                        .filter(each -> each.arn().equals(text))
                        .orElseThrow(() -> IamFault.missing(kind.missing(name)));
            }
        }
        throw IamFault.input("Policies of " + text + " cannot be simulated: it is no user, group or role.");
    }

    /** Who is meant to ask, if the request names somebody. */
    static Optional<Requester> caller(IamCall call, Handle handle, @Nullable String arn) {
        return Optional.ofNullable(arn).map(text -> {
            Entity entity = source(call, handle, text);
            if (entity.kind() != EntityKind.USER) {
                throw IamFault.input("CallerArn must be that of a user.");
            }
            return call.records().loader().entity(handle, entity).requester();
        });
    }

    /** Somebody in the account of whom nothing else is known. */
    static Requester nobody(AccountId account) {
        return new Requester(
                Requester.Kind.ROLE_SESSION,
                account.root().toString(),
                Optional.of(account),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Asked about(
            List<String> actions,
            List<String> resources,
            @Nullable String resourcePolicy,
            @Nullable String resourceOwner,
            List<ContextEntry> entries,
            @Nullable String handling) {
        if (actions.isEmpty()) {
            throw Checks.unsatisfied("actionNames", "Member must not be null");
        }
        if (handling != null) {
            throw IamFault.input("ResourceHandlingOption is not supported: name all resources of the scenario.");
        }
        Optional<Named> ofThing = Optional.ofNullable(resourcePolicy)
                .map(text -> new Named(RESOURCE_POLICY, parsed(PolicyKind.RESOURCE, text)));
        Map<String, List<String>> values = new HashMap<>();
        entries.forEach(each -> values.put(
                Checks.required(each.contextKeyName(), "contextEntries.contextKeyName"), each.contextKeyValues()));
        return new Asked(
                this,
                actions,
                resources.isEmpty() ? List.of("*") : resources,
                Optional.ofNullable(resourceOwner).map(Simulation::account),
                ofThing.map(policies::withResource).orElse(policies),
                Context.of(values).or(known));
    }

    private static AccountId account(String text) {
        try {
            return new AccountId(Arn.of(text).map(Arn::account).orElse(text));
        } catch (PlatformException e) {
            throw IamFault.input(e.message());
        }
    }

    private EvaluationResult result(Asked asked, String action, String resource) {
        Request request = new Request(who, action, resource, asked.owner(), asked.context());
        Decision decision = Evaluator.decide(request, asked.policies());
        EvaluationResult.Builder result = EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(decision.verdict().word())
                .matchedStatements(
                        decision.statements().stream().map(this::statement).toList())
                .missingContextValues(missing(asked, request));
        asked.policies()
                .boundary()
                .ifPresent(boundary ->
                        result.permissionsBoundaryDecisionDetail(PermissionsBoundaryDecisionDetail.builder()
                                .allowedByPermissionsBoundary(Evaluator.decide(request, Policies.of(boundary))
                                        .allowed())
                                .build()));
        return result.build();
    }

    private Statement statement(Decision.Spoken spoken) {
        StatementPlace place =
                StatementPlace.of(spoken.policy().document().text()).get(spoken.index());
        return Statement.builder()
                .sourcePolicyId(spoken.policy().name())
                .sourcePolicyType(
                        spoken.part() == Decision.Part.RESOURCE
                                ? "resource"
                                : sources.getOrDefault(spoken.policy(), "IAM Policy"))
                .startPosition(place.start())
                .endPosition(place.end())
                .build();
    }

    private static List<Named> all(Policies policies) {
        List<Named> all = new ArrayList<>(policies.identity());
        policies.boundary().ifPresent(all::add);
        policies.resource().ifPresent(all::add);
        return all;
    }

    /** What the policies ask about and nobody has told. */
    private static List<String> missing(Asked asked, Request request) {
        return keys(all(asked.policies())).stream()
                .filter(key -> !request.context().has(key))
                .toList();
    }

    /** As they are written, in the order of the alphabet. */
    static List<String> keys(List<Named> policies) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Named each : policies) {
            String text = each.document().text();
            String folded = text.toLowerCase(Locale.ROOT);
            for (String key : each.document().contextKeys()) {
                int at = folded.indexOf(key);
                keys.add(at < 0 ? key : text.substring(at, at + key.length()));
            }
        }
        return List.copyOf(keys);
    }
}
