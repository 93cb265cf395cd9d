package io.slipway.wire.databricks.permission;

import io.slipway.identity.PrincipalKind;
import io.slipway.identity.Role;
import io.slipway.identity.RuleSet;
import io.slipway.identity.RuleSet.Rule;
import io.slipway.identity.RuleSets;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.account.AccountApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rule sets of access control (account access control API 2.0): who has which role on a service principal, a group, or all of the
 * account; asked of the account, or of a workspace.
 */
public final class RuleSetRoutes {
    private static final Pattern RESOURCE = Pattern.compile("accounts/([^/]+)(?:/([A-Za-z]+)/([^/]+))?");
    private static final String DEFAULT = "/ruleSets/default";

    private static final Map<String, PrincipalKind> FOLDERS = Map.of(
            "users", PrincipalKind.USER,
            "groups", PrincipalKind.GROUP,
            "servicePrincipals", PrincipalKind.SERVICE_PRINCIPAL);

    private final RuleSets ruleSets;
    private final String accountId;

    public RuleSetRoutes(RuleSets ruleSets, String accountId) {
        this.ruleSets = ruleSets;
        this.accountId = accountId;
    }

    public void add(DatabricksApi api, AccountApi account) {
        add(api.family(DatabricksDialect.STANDARD, "/api/2.0/preview/accounts/access-control"));
        add(account.api().family(DatabricksDialect.STANDARD, "/api/2.0/preview/accounts/{account}/access-control"));
    }

    private void add(Routes.Lines lines) {
        lines.get("/rule-sets", this::get).put("/rule-sets", this::put).get("/assignable-roles", this::assignable);
    }

    record GrantRule(Optional<String> role, Optional<List<String>> principals) {}

    /** As clients see it. */
    record Shown(String name, String etag, List<GrantRule> grantRules) {
        static Shown of(String name, RuleSet set) {
            Map<Role, List<String>> byRole = new LinkedHashMap<>();
            set.rules()
                    .forEach(rule -> byRole.computeIfAbsent(rule.role(), role -> new ArrayList<>())
                            .add(principal(rule)));
            return new Shown(
                    name,
                    set.etag(),
                    byRole.entrySet().stream()
                            .map(each ->
                                    new GrantRule(Optional.of(each.getKey().title()), Optional.of(each.getValue())))
                            .toList());
        }
    }

    private static String principal(Rule rule) {
        String folder = FOLDERS.entrySet().stream()
                .filter(each -> each.getValue() == rule.kind())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return folder + "/" + rule.name();
    }

    /** The newest there is, so that a version which the client knows is never newer. */
    private Object get(Request request) {
        String name = Request.require(request.query("name"), "name");
        return Shown.of(name, ruleSets.get(request.caller(), ruleSet(name)));
    }

    record Asked(Optional<String> name, Optional<String> etag, Optional<List<GrantRule>> grantRules) {}

    record Update(Optional<String> name, Optional<Asked> ruleSet) {}

    private Object put(Request request) {
        Update update = request.body(Update.class);
        String name = Request.require(update.name(), "name");
        Asked asked = Request.require(update.ruleSet(), "rule_set");
        asked.name().filter(other -> !other.equals(name)).ifPresent(other -> {
            throw PlatformException.invalid("rule_set.name is " + other + ", and name is " + name + ".");
        });
        String etag = asked.etag()
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> PlatformException.invalid(
                        "Missing required field 'rule_set.etag': read the rule set, and send its etag."));
        RuleSet.Of of = ruleSet(name);
        return Shown.of(name, ruleSets.replace(request.caller(), of, etag, rules(asked)));
    }

    private static List<Rule> rules(Asked asked) {
        List<Rule> rules = new ArrayList<>();
        for (GrantRule each : asked.grantRules().orElse(List.of())) {
            String title = Request.require(each.role(), "grant_rules.role");
            Role role = Role.named(title)
                    .orElseThrow(() -> new PlatformException(
                            ErrorCode.FEATURE_DISABLED,
                            "Role " + title + " is of a service that this platform does not have."));
            for (String principal : each.principals().orElse(List.of())) {
                rules.add(rule(role, principal));
            }
        }
        return rules;
    }

    private static Rule rule(Role role, String principal) {
        int slash = principal.indexOf('/');
        String name = principal.substring(slash + 1);
        PrincipalKind kind = Optional.ofNullable(FOLDERS.get(principal.substring(0, Math.max(0, slash))))
                .filter(known -> !name.isEmpty())
                .orElseThrow(() -> PlatformException.invalid("Unsupported principal: " + principal
                        + ". It is users/, groups/ or servicePrincipals/ and a name."));
        return new Rule(role, kind, name);
    }

    record Assignable(List<Named> roles) {}

    record Named(String name) {}

    private Object assignable(Request request) {
        RuleSet.Of of = resource(Request.require(request.query("resource"), "resource"));
        return new Assignable(ruleSets.assignable(request.caller(), of).stream()
                .map(role -> new Named(role.title()))
                .toList());
    }

    private RuleSet.Of ruleSet(String name) {
        if (!name.endsWith(DEFAULT)) {
            throw PlatformException.invalid("Rule set " + name + " is not accounts/..." + DEFAULT + ".");
        }
        return resource(name.substring(0, name.length() - DEFAULT.length()));
    }

    private RuleSet.Of resource(String name) {
        Matcher parts = RESOURCE.matcher(name);
        if (!parts.matches()) {
            throw PlatformException.invalid("Resource " + name + " is not accounts/<id>, accounts/<id>/groups/<id> or"
                    + " accounts/<id>/servicePrincipals/<application id>.");
        }
        if (!parts.group(1).equals(accountId)) {
            throw PlatformException.notFound("Account " + parts.group(1) + " does not exist.");
        }
        Optional<String> folder = Optional.ofNullable(parts.group(2));
        if (folder.isEmpty()) {
            return new RuleSet.Everything();
        }
        String id = parts.group(3);
        return switch (folder.get()) {
            case "servicePrincipals" -> new RuleSet.OfProgram(id);
            case "groups" -> new RuleSet.OfGroup(group(id));
            default ->
                throw new PlatformException(
                        ErrorCode.FEATURE_DISABLED, folder.get() + " are not available in this account.");
        };
    }

    private static PrincipalId group(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw PlatformException.notFound("Group " + id + " does not exist.");
        }
        return new PrincipalId(Long.parseLong(id));
    }
}
