package io.slipway.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.store.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who may take a role: policies that must name somebody who is there. */
final class Trust {
    private Trust() {}

    /**
     * The policy with ids in place of users and roles. Those of accounts of this installation must be there; of other accounts nothing
     * is known here, and their names stay as they are.
     */
    static String bound(IamRecords records, Handle handle, String text) {
        PolicyDocument document = IamFault.policy(PolicyKind.TRUST, text);
        Map<String, String> ids = new HashMap<>();
        for (String name : document.awsPrincipals()) {
            Arn.of(name)
                    .filter(each -> each.service().equals("iam"))
                    .ifPresent(arn -> id(records, handle, arn).ifPresent(id -> ids.put(name, id)));
        }
        return ids.isEmpty() ? text : replaced(text, ids);
    }

    /** Empty: it is a whole account, or one of which nothing is known. */
    private static Optional<String> id(IamRecords records, Handle handle, Arn arn) {
        boolean known = arn.owner()
                .flatMap(account -> records.accounts().find(handle, account))
                .isPresent();
        Optional<EntityKind> kind = arn.resource().startsWith("user/")
                ? Optional.of(EntityKind.USER)
                : arn.resource().startsWith("role/") ? Optional.of(EntityKind.ROLE) : Optional.empty();
        if (!known || kind.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> id = records.entities()
                .named(handle, arn.owner().orElseThrow(), kind.get(), Attachments.name(arn.toString()))
                .filter(each -> each.arn().equals(arn.toString()))
                .map(Entity::id);
        if (id.isEmpty()) {
            throw IamFault.malformed("Invalid principal in policy: \"AWS\":\"" + arn + "\"");
        }
        return id;
    }

    private static String replaced(String text, Map<String, String> ids) {
        JsonNode document = Json.read(text, JsonNode.class);
        JsonNode statements = document.path("Statement");
        (statements.isArray() ? statements : List.of(statements)).forEach(statement -> {
            if (statement.path("Principal") instanceof ObjectNode principals && principals.has("AWS")) {
                principals.set("AWS", replaced(principals.get("AWS"), ids));
            }
        });
        return Json.write(document);
    }

    /** One name, or several. */
    private static ArrayNode replaced(JsonNode names, Map<String, String> ids) {
        ArrayNode all = Json.mapper().createArrayNode();
        (names.isArray() ? names : List.of(names))
                .forEach(each -> all.add(ids.getOrDefault(each.asText(), each.asText())));
        return all;
    }
}
