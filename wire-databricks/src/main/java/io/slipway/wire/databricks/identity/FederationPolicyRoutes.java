package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.oauth.FederationPolicies;
import io.slipway.identity.oauth.FederationPolicy;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.Paging;
import io.slipway.wire.databricks.account.AccountApi;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Federation policies of the account and of its service principals (account API 2.0). */
public final class FederationPolicyRoutes {
    private static final String DESCRIPTION = "description";
    private static final String RULE = "oidc_policy";
    private static final Set<String> RULE_FIELDS =
            Set.of("issuer", "audiences", "subject", "subject_claim", "jwks_uri", "jwks_json");
    private static final int PAGE = 100;

    private final FederationPolicies policies;
    private final String account;

    public FederationPolicyRoutes(FederationPolicies policies, String account) {
        this.policies = policies;
        this.account = account;
    }

    public void add(AccountApi api) {
        add(api, "/federationPolicies", request -> Optional.empty());
        add(api, "/servicePrincipals/{id}/federationPolicies", FederationPolicyRoutes::program);
    }

    private void add(AccountApi api, String path, Function<Request, Optional<PrincipalId>> program) {
        api.family(DatabricksDialect.STANDARD, path)
                .post("", request -> create(request, program.apply(request)))
                .get("", request -> list(request, program.apply(request)))
                .get(
                        "/{policy}",
                        request ->
                                shown(policies.get(request.caller(), program.apply(request), request.path("policy"))))
                .patch("/{policy}", request -> change(request, program.apply(request)))
                .delete("/{policy}", request -> {
                    policies.delete(request.caller(), program.apply(request), request.path("policy"));
                    return Request.nothing();
                });
    }

    private static Optional<PrincipalId> program(Request request) {
        String id = request.path("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw PlatformException.notFound("Service principal " + id + " does not exist.");
        }
        return Optional.of(new PrincipalId(Long.parseLong(id)));
    }

    record Rule(
            Optional<String> issuer,
            List<String> audiences,
            Optional<String> subject,
            Optional<String> subjectClaim,
            Optional<String> jwksUri,
            Optional<String> jwksJson) {
        static Rule of(FederationPolicy.Rule rule) {
            return new Rule(
                    Optional.of(rule.issuer()),
                    rule.audiences(),
                    rule.subject(),
                    rule.subjectClaim(),
                    rule.keysAt(),
                    rule.keys());
        }

        FederationPolicy.Rule rule() {
            return new FederationPolicy.Rule(
                    Request.require(issuer.filter(text -> !text.isEmpty()), "oidc_policy.issuer"),
                    audiences,
                    said(subject),
                    said(subjectClaim),
                    said(jwksUri),
                    said(jwksJson));
        }

        /** Some clients send empty texts for what they do not mean. */
        private static Optional<String> said(Optional<String> text) {
            return text.filter(value -> !value.isEmpty());
        }
    }

    record Asked(Optional<String> name, Optional<String> description, Optional<Rule> oidcPolicy) {
        FederationPolicies.Content content() {
            return new FederationPolicies.Content(
                    description.orElse(""), Request.require(oidcPolicy, RULE).rule());
        }
    }

    record Shown(
            String name,
            String uid,
            String policyId,
            Optional<Long> servicePrincipalId,
            String description,
            Rule oidcPolicy,
            String createTime,
            String updateTime) {}

    private Shown shown(FederationPolicy policy) {
        return new Shown(
                policy.name(account),
                policy.uid(),
                policy.id(),
                policy.program().map(PrincipalId::number),
                policy.description(),
                Rule.of(policy.rule()),
                Instant.ofEpochMilli(policy.createdAt()).toString(),
                Instant.ofEpochMilli(policy.changedAt()).toString());
    }

    private Object create(Request request, Optional<PrincipalId> program) {
        return shown(policies.create(
                request.caller(),
                program,
                request.query("policy_id").filter(id -> !id.isEmpty()),
                request.body(Asked.class).content()));
    }

    record Listed(List<Shown> policies, Optional<String> nextPageToken) {}

    record Wanted(Optional<Integer> pageSize, Optional<String> pageToken) {}

    private Object list(Request request, Optional<PrincipalId> program) {
        Wanted wanted = request.query(Wanted.class);
        Page<FederationPolicy> page = Paging.page(
                policies.list(request.caller(), program),
                wanted.pageToken().orElse(""),
                Paging.size(wanted.pageSize().orElse(0), PAGE, PAGE, "page_size"));
        return new Listed(
                page.items().stream().map(this::shown).toList(),
                Optional.of(page.next()).filter(token -> !token.isEmpty()));
    }

    private Object change(Request request, Optional<PrincipalId> program) {
        ObjectNode asked = request.tree();
        String id = request.path("policy");
        request.body(Asked.class).name().filter(name -> !name.isEmpty()).ifPresent(name -> {
            String here = "accounts/" + account
                    + program.map(of -> "/servicePrincipals/" + of).orElse("") + "/federationPolicies/" + id;
            if (!name.equals(here)) {
                throw PlatformException.invalid("name must be " + here + ", as in the address.");
            }
        });
        Set<String> mask = mask(request.query("update_mask").orElse(""), asked);
        return shown(policies.change(request.caller(), program, id, before -> {
            ObjectNode merged = WireJson.mapper()
                    .valueToTree(new Asked(
                            Optional.empty(), Optional.of(before.description()), Optional.of(Rule.of(before.rule()))));
            mask.forEach(field -> put(merged, field, asked));
            return Request.bind(merged, Asked.class).content();
        }));
    }

    /** Which fields are written: those that the mask names, all with {@code *}, without one those that are sent. */
    private static Set<String> mask(String text, ObjectNode asked) {
        Set<String> fields = new LinkedHashSet<>();
        if (text.isBlank()) {
            if (asked.hasNonNull(DESCRIPTION)) {
                fields.add(DESCRIPTION);
            }
            RULE_FIELDS.stream()
                    .filter(field -> asked.path(RULE).hasNonNull(field))
                    .forEach(field -> fields.add(RULE + "." + field));
            return fields;
        }
        for (String field : List.of(text.strip().split("\\s*,\\s*", -1))) {
            if (field.equals("*")) {
                fields.addAll(List.of(DESCRIPTION, RULE));
            } else if (field.equals(DESCRIPTION)
                    || field.equals(RULE)
                    || (field.startsWith(RULE + ".") && RULE_FIELDS.contains(field.substring(RULE.length() + 1)))) {
                fields.add(field);
            } else {
                throw PlatformException.invalid("update_mask names " + field
                        + ", which cannot be changed. It may name description, oidc_policy and fields of it.");
            }
        }
        return fields;
    }

    private static void put(ObjectNode merged, String field, ObjectNode asked) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            write(merged, field, asked.path(field));
        } else if (merged.path(RULE) instanceof ObjectNode rule) {
            write(rule, field.substring(dot + 1), asked.path(RULE).path(field.substring(dot + 1)));
        }
    }

    private static void write(ObjectNode object, String field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            object.remove(field);
        } else {
            object.set(field, value);
        }
    }
}
