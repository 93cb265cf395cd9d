package io.slipway.wire.databricks.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.workspace.PartKind;
import io.slipway.identity.workspace.Workspace;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.wire.Addressing;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.ManifestJson;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workspaces of the account (account API 2.0). A workspace is there at once: no client sees it being provisioned. */
public final class AccountWorkspaceRoutes {
    private static final Map<PartKind, String> PARTS = Map.of(
            PartKind.CREDENTIALS, "credentials_id",
            PartKind.STORAGE, "storage_configuration_id",
            PartKind.NETWORK, "network_id");

    /** Shown again as they were sent: they say where and how machines of a cloud are made. */
    private static final Set<String> KEPT =
            Set.of("aws_region", "pricing_tier", "custom_tags", "is_no_public_ip_enabled");

    /** Of other clouds, or of what is not here. */
    private static final List<String> UNKNOWN = List.of(
            "azure_workspace_info",
            "cloud_resource_container",
            "gcp_managed_network_config",
            "gke_config",
            "location",
            "managed_services_customer_managed_key_id",
            "network_connectivity_config_id",
            "private_access_settings_id",
            "storage_customer_managed_key_id");

    private final Workspaces workspaces;
    private final String account;
    private final Addressing addressing;

    public AccountWorkspaceRoutes(Workspaces workspaces, String account, Addressing addressing) {
        this.workspaces = workspaces;
        this.account = account;
        this.addressing = addressing;
    }

    public void add(AccountApi api) {
        api.family(DatabricksDialect.STANDARD, "/workspaces")
                .get("", this::list)
                .post("", this::create)
                .get("/{workspace}", request -> json(request, workspaces.get(request.caller(), id(request))))
                .patch("/{workspace}", this::change)
                .delete("/{workspace}", this::delete);
    }

    static WorkspaceId id(Request request) {
        String id = request.path("workspace");
        if (!id.matches("[0-9]{1,18}")) {
            throw PlatformException.notFound("There is no workspace " + id + ".");
        }
        return new WorkspaceId(Long.parseLong(id));
    }

    private Object list(Request request) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        workspaces.list(request.caller()).forEach(workspace -> all.add(json(request, workspace)));
        return all;
    }

    record Asked(
            Optional<String> workspaceName,
            Optional<String> deploymentName,
            Optional<String> cloud,
            Optional<String> computeMode,
            Optional<String> credentialsId,
            Optional<String> storageConfigurationId,
            Optional<String> networkId) {
        Map<PartKind, String> parts() {
            Map<PartKind, String> parts = new EnumMap<>(PartKind.class);
            credentialsId.filter(id -> !id.isEmpty()).ifPresent(id -> parts.put(PartKind.CREDENTIALS, id));
            storageConfigurationId.filter(id -> !id.isEmpty()).ifPresent(id -> parts.put(PartKind.STORAGE, id));
            networkId.filter(id -> !id.isEmpty()).ifPresent(id -> parts.put(PartKind.NETWORK, id));
            return parts;
        }
    }

    private static Asked asked(ObjectNode body) {
        for (String name : UNKNOWN) {
            if (!PartForm.blank(body.path(name))) {
                throw PlatformException.invalid(name + " is not supported.");
            }
        }
        Asked asked = Request.bind(body, Asked.class);
        asked.cloud().filter(cloud -> !cloud.equalsIgnoreCase("aws")).ifPresent(cloud -> {
            throw PlatformException.invalid("cloud must be aws.");
        });
        asked.computeMode().filter(mode -> !mode.equals("HYBRID")).ifPresent(mode -> {
            throw PlatformException.invalid("compute_mode must be HYBRID: there is no serverless compute.");
        });
        return asked;
    }

    private Object create(Request request) {
        ObjectNode body = request.tree();
        Asked asked = asked(body);
        Described<Workspace> made = workspaces.create(
                request.caller(),
                new Workspace.Wanted(
                        Request.require(asked.workspaceName(), "workspace_name"),
                        asked.deploymentName().orElse(""),
                        asked.parts()),
                manifest(body.retain(KEPT)));
        return json(request, made);
    }

    /** What is not sent stays. */
    private Object change(Request request) {
        ObjectNode body = request.tree();
        request.query("update_mask")
                .filter(mask -> !mask.isBlank() && !mask.equals("*"))
                .ifPresent(mask -> body.retain(List.of(mask.split("\\s*,\\s*"))));
        Asked asked = asked(body);
        Described<Workspace> changed = workspaces.change(request.caller(), id(request), before -> {
            asked.deploymentName()
                    .filter(name -> !name.equals(before.thing().deployment()))
                    .ifPresent(name -> {
                        throw PlatformException.invalid("deployment_name cannot be changed.");
                    });
            ObjectNode kept = ManifestJson.read(before.manifest());
            kept.setAll(body.deepCopy().retain(KEPT));
            return new Described<>(
                    before.thing().changed(asked.workspaceName().orElse(""), asked.parts()), manifest(kept));
        });
        return json(request, changed);
    }

    private Object delete(Request request) {
        Described<Workspace> gone = workspaces.get(request.caller(), id(request));
        workspaces.delete(request.caller(), gone.thing().id());
        return json(request, gone);
    }

    private static Manifest manifest(ObjectNode kept) {
        return Manifest.of(kept.toString());
    }

    /**
     * With {@code workspace_url}, which the real service does not tell: Terraform reads it there, and else makes an address that has no port of
     * the account's host.
     */
    private ObjectNode json(Request request, Described<Workspace> described) {
        Workspace workspace = described.thing();
        ObjectNode json = ManifestJson.read(described.manifest());
        json.put("workspace_id", workspace.id().number())
                .put("workspace_name", workspace.name())
                .put("deployment_name", workspace.deployment())
                .put("workspace_url", addressing.url(request, workspace.deployment()))
                .put("account_id", account)
                .put("cloud", "aws")
                .put("compute_mode", "HYBRID")
                .put("creation_time", workspace.createdAt())
                .put("workspace_status", "RUNNING")
                .put("workspace_status_message", "Workspace is running.");
        if (json.path("aws_region").isMissingNode()) {
            json.put("aws_region", "local");
        }
        if (json.path("pricing_tier").isMissingNode()) {
            json.put("pricing_tier", "ENTERPRISE");
        }
        workspace.wanted().parts().forEach((kind, id) -> json.put(PARTS.getOrDefault(kind, ""), id));
        return json;
    }
}
