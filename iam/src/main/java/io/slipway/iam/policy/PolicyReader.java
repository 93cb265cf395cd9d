package io.slipway.iam.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a policy. What is wrong is looked for in the order in which IAM does it, since it names the first thing only: syntax, version,
 * values of conditions, names of statements, actions, resources.
 */
final class PolicyReader {
    /** Of any request to IAM: what is longer is not even looked at. */
    private static final int LONGEST = 131_072;

    private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");
    private static final String NO_RESOURCES = "Policy statement must contain resources.";

    private static final ObjectReader JSON = Json.mapper()
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final PolicyKind kind;
    private final String text;

    PolicyReader(PolicyKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    PolicyDocument read() {
        if (text.length() > LONGEST) {
            throw Malformed.tooLong(kind);
        }
        JsonNode document = json();
        Syntax.onlyKnown(document, ELEMENTS, "the policy");
        Optional<Language> version = version(document);
        if (document.has("Id")) {
            Syntax.text(document.get("Id"), "Id");
        }
        List<JsonNode> statements = Syntax.statements(document.path("Statement"));
        statements.forEach(this::checkSyntax);
        Language language = version.orElse(Language.FIRST);
        if (kind.needsNewest() && language != Language.NEWEST) {
            throw Malformed.of("Policy document must be version 2012-10-17 or greater.");
        }
        List<List<Condition>> conditions = new ArrayList<>();
        for (JsonNode each : statements) {
            if (!Set.of("Allow", "Deny").contains(each.get("Effect").textValue())) {
                throw Malformed.legacy("Effect is Allow or Deny");
            }
            conditions.add(conditions(each.path("Condition"), language));
        }
        checkFormats(statements);
        List<Statement> made = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            made.add(statement(i, statements.get(i), conditions.get(i), language));
        }
        if (PolicyDocument.size(kind, text) > kind.limit()) {
            throw Malformed.tooLong(kind);
        }
        return new PolicyDocument(kind, text, language, made);
    }

    private JsonNode json() {
        try {
            JsonNode document = JSON.readTree(text);
            if (document == null || !document.isObject()) {
                throw Malformed.syntax("a policy is a JSON object");
            }
            return document;
        } catch (JsonProcessingException e) {
            PlatformException refusal = Malformed.syntax("not JSON: " + e.getOriginalMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Optional<Language> version(JsonNode document) {
        if (!document.has("Version")) {
            return Optional.empty();
        }
        String version = Syntax.text(document.get("Version"), "Version");
        return Optional.of(Language.of(version).orElseThrow(() -> Malformed.syntax("there is no such Version")));
    }

    private void checkSyntax(JsonNode statement) {
        Syntax.onlyKnown(statement, STATEMENT_ELEMENTS, "a statement");
        for (String element : List.of("Action", "Resource", "Principal")) {
            if (statement.has(element) && statement.has("Not" + element)) {
                throw Malformed.syntax("a statement has " + element + " or Not" + element + ", not both");
            }
        }
        String effect = Syntax.text(statement.path("Effect"), "Effect").toLowerCase(Locale.ROOT);
        if (!effect.equals("allow") && !effect.equals("deny")) {
            throw Malformed.syntax("Effect is Allow or Deny");
        }
        for (String element : List.of("Action", "NotAction", "Resource", "NotResource")) {
            if (statement.has(element)) {
                Syntax.texts(statement.get(element), element);
            }
        }
        if (statement.has("Sid")) {
            Syntax.text(statement.get("Sid"), "Sid");
        }
        if (statement.has("Condition")) {
            Syntax.conditions(statement.get("Condition"));
        }
    }

    /** Unknown operators without keys are let through, as IAM does. */
    private static List<Condition> conditions(JsonNode block, Language language) {
        List<Condition> conditions = new ArrayList<>();
        block.properties().forEach(operator -> {
            if (operator.getValue().isEmpty()) {
                return;
            }
            Condition.Written written = Condition.Written.of(operator.getKey()).orElseThrow();
            Set<String> seen = new HashSet<>();
            operator.getValue().properties().forEach(key -> {
                String name = Context.name(key.getKey());
                if (!seen.add(name)) {
                    throw Malformed.syntax("a key is asked for twice: " + Malformed.shortened(key.getKey()));
                }
                List<String> values = Syntax.values(key.getValue());
                if (written.operator().ofDates()
                        && !values.stream().allMatch(each -> PolicyDate.of(each).isPresent())) {
                    throw Malformed.legacy("not a date: " + key.getValue());
                }
                conditions.add(new Condition(
                        written.operator(),
                        written.over(),
                        written.ifExists(),
                        name,
                        values.stream()
                                .map(each -> written.operator().wanted(each, language))
                                .toList()));
            });
        });
        return conditions;
    }

    private void checkFormats(List<JsonNode> statements) {
        Optional<String> wrongResource = Optional.empty();
        for (JsonNode each : statements) {
            wrongResource = wrongResource.or(() -> ResourceFormat.wrong(resources(each)));
            if (wrongResource.isEmpty()) {
                ResourceFormat.checkLegacy(resources(each));
            }
        }
        Set<String> sids = new HashSet<>();
        for (JsonNode each : statements) {
            String sid = each.path("Sid").asText("");
            if (!sid.isEmpty() && !sids.add(sid)) {
                throw Malformed.of("Statement IDs (SID) in a single policy must be unique.");
            }
        }
        if (statements.stream().anyMatch(each -> actions(each).isEmpty())) {
            throw Malformed.of("Policy statement must contain actions.");
        }
        if (kind.namesResources()) {
            wrongResource.ifPresent(why -> {
                throw Malformed.of(why);
            });
        }
        statements.forEach(each -> actions(each).forEach(ActionFormat::check));
        if (kind == PolicyKind.TRUST) {
            statements.forEach(each -> {
                if (each.has("NotAction")) {
                    throw Malformed.of("AssumeRole policy may only specify STS AssumeRole actions.");
                }
                actions(each).forEach(ActionFormat::checkTrust);
            });
        }
        statements.forEach(this::checkParts);
    }

    /** What each kind of policy must say, and must not. */
    private void checkParts(JsonNode statement) {
        boolean resources = statement.has("Resource") || statement.has("NotResource");
        if (!kind.namesResources() && resources) {
            throw Malformed.of("Has prohibited field Resource");
        }
        if (kind.namesResources() && (!resources || resources(statement).isEmpty())) {
            throw Malformed.of(NO_RESOURCES);
        }
        boolean principals = statement.has("Principal") || statement.has("NotPrincipal");
        if (kind.namesPrincipals() && !principals) {
            throw Malformed.of(
                    kind == PolicyKind.TRUST
                            ? "AssumeRole policy must contain principals."
                            : "Missing required field Principal");
        }
        if (!kind.namesPrincipals() && principals) {
            throw Malformed.of("Policy document should not specify a principal.");
        }
    }

    private static List<String> actions(JsonNode statement) {
        return statement.has("Action")
                ? Syntax.texts(statement.get("Action"), "Action")
                : Syntax.texts(statement.path("NotAction"), "NotAction");
    }

    private static List<String> resources(JsonNode statement) {
        return statement.has("Resource")
                ? Syntax.texts(statement.get("Resource"), "Resource")
                : Syntax.texts(statement.path("NotResource"), "NotResource");
    }

    private static Statement statement(int index, JsonNode node, List<Condition> conditions, Language language) {
        return new Statement(
                index,
                Optional.of(node.path("Sid").asText("")).filter(sid -> !sid.isEmpty()),
                node.get("Effect").asText().equals("Allow") ? Effect.ALLOW : Effect.DENY,
                node.has("NotAction"),
                actions(node).stream()
                        .map(each -> TextPattern.constant(each.toLowerCase(Locale.ROOT), TextPattern.Style.WILD))
                        .toList(),
                node.has("NotResource"),
                resources(node).stream()
                        .map(each -> ArnPattern.of(each, language))
                        .toList(),
                principals(node),
                conditions);
    }

    private static Optional<Principals> principals(JsonNode statement) {
        boolean negated = statement.has("NotPrincipal");
        if (!negated && !statement.has("Principal")) {
            return Optional.empty();
        }
        JsonNode node = statement.get(negated ? "NotPrincipal" : "Principal");
        if (node.isTextual() && node.asText().equals("*")) {
            return Optional.of(new Principals(true, negated, Map.of()));
        }
        if (!node.isObject() || node.isEmpty()) {
            throw invalidPrincipal(node.toString());
        }
        Map<Principals.Type, List<String>> names = new EnumMap<>(Principals.Type.class);
        node.properties().forEach(each -> {
            Principals.Type type = Principals.Type.of(each.getKey()).orElseThrow(() -> invalidPrincipal(each.getKey()));
            List<String> all = Syntax.texts(each.getValue(), "Principal");
            if (all.isEmpty()) {
                throw invalidPrincipal(each.getKey());
            }
            all.forEach(name -> {
                if (!PrincipalFormat.valid(type, name)) {
                    throw invalidPrincipal("\"" + type.word() + "\":\"" + Malformed.shortened(name) + "\"");
                }
            });
            names.put(type, all);
        });
        return Optional.of(new Principals(false, negated, names));
    }

    private static PlatformException invalidPrincipal(String which) {
        return Malformed.of("Invalid principal in policy: " + Malformed.shortened(which));
    }
}
