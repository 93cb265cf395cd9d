package io.slipway.wire.databricks.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.workspace.AccountPart;
import io.slipway.identity.workspace.AccountParts;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Manifest;
import io.slipway.wire.Reply;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.ManifestJson;
import java.util.Optional;

/** Credentials, storage configurations and networks of the account (account API 2.0). They are kept until machines of a cloud are made. */
public final class AccountPartRoutes {
    private final AccountParts parts;
    private final String account;

    public AccountPartRoutes(AccountParts parts, String account) {
        this.parts = parts;
        this.account = account;
    }

    public void add(AccountApi api) {
        for (PartForm form : PartForm.values()) {
            api.family(DatabricksDialect.STANDARD, "/" + form.path())
                    .get("", request -> list(form, request))
                    .post("", request -> create(form, request))
                    .get(
                            "/{part}",
                            request -> json(form, parts.get(request.caller(), form.kind(), request.path("part"))))
                    .delete(
                            "/{part}",
                            request -> json(form, parts.delete(request.caller(), form.kind(), request.path("part"))));
        }
    }

    private Object list(PartForm form, Request request) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        parts.list(request.caller(), form.kind()).forEach(part -> all.add(json(form, part)));
        return all;
    }

    private Object create(PartForm form, Request request) {
        ObjectNode body = request.tree();
        ObjectNode kept = form.checked(body);
        AccountPart made = parts.create(
                request.caller(), form.kind(), kept.path(form.nameField()).asText(), Manifest.of(kept.toString()));
        return Reply.json(201, json(form, made));
    }

    private ObjectNode json(PartForm form, AccountPart part) {
        ObjectNode json = ManifestJson.read(part.manifest());
        json.put(form.idField(), part.id()).put("account_id", account).put("creation_time", part.createdAt());
        switch (part.kind()) {
            case CREDENTIALS ->
                // By which the role of the other account knows who may take it.
                ((ObjectNode) json.path("aws_credentials").path("sts_role")).put("external_id", account);
            case NETWORK -> network(json, parts.user(part));
            case STORAGE -> {}
        }
        return json;
    }

    /** Nobody has looked at it: that takes machines in the cloud. */
    private static void network(ObjectNode json, Optional<WorkspaceId> user) {
        json.put("vpc_status", user.isPresent() ? "WARNED" : "UNATTACHED");
        user.ifPresent(workspace -> {
            json.put("workspace_id", workspace.number());
            json.putArray("warning_messages")
                    .addObject()
                    .put("warning_type", "subnet")
                    .put("warning_message", "The network was not checked: no machines are made in it.");
        });
    }
}
