package io.slipway.wire.databricks.account;

import io.slipway.catalog.Catalogs;
import io.slipway.catalog.Metastore;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.catalog.CatalogRoutes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's metastore (account API 2.0): there is one, and each workspace has it from its beginning. */
public final class AccountMetastoreRoutes {
    private final Catalogs catalogs;
    private final Workspaces workspaces;

    public AccountMetastoreRoutes(Catalogs catalogs, Workspaces workspaces) {
        this.catalogs = catalogs;
        this.workspaces = workspaces;
    }

    public void add(AccountApi api) {
        api.family(DatabricksDialect.STANDARD, "/metastores")
                .get("", this::list)
                .get("/{metastore}", this::get)
                .get("/{metastore}/workspaces", this::users);
        api.family(DatabricksDialect.STANDARD, "/workspaces/{workspace}")
                .get("/metastore", request -> assignment(request, catalogs.metastore()))
                .post("/metastores/{metastore}", this::assign)
                .put("/metastores/{metastore}", this::assign)
                .delete("/metastores/{metastore}", this::unassign);
    }

    /** Workspaces are listed by admins of the account only, and so is what they share. */
    private List<Long> all(Request request) {
        return workspaces.list(request.caller()).stream()
                .map(each -> each.thing().id().number())
                .toList();
    }

    private Metastore metastore(Request request) {
        List<Long> unused = all(request);
        String asked = request.path("metastore");
        return Optional.of(catalogs.metastore())
                .filter(one -> one.id().equals(asked))
                .orElseThrow(() -> PlatformException.notFound("Metastore " + asked + " does not exist."));
    }

    private Object list(Request request) {
        List<Long> unused = all(request);
        return Map.of("metastores", List.of(CatalogRoutes.info(catalogs.metastore())));
    }

    private Object get(Request request) {
        return Map.of("metastore_info", CatalogRoutes.info(metastore(request)));
    }

    private Object users(Request request) {
        Metastore unused = metastore(request);
        return Map.of("workspace_ids", all(request));
    }

    private Object assignment(Request request, Metastore metastore) {
        long workspace = workspaces
                .get(request.caller(), AccountWorkspaceRoutes.id(request))
                .thing()
                .id()
                .number();
        return Map.of(
                "metastore_assignment",
                Map.of(
                        "workspace_id",
                        workspace,
                        "metastore_id",
                        metastore.id(),
                        "default_catalog_name",
                        catalogs.defaultCatalog()));
    }

    record Asked(Optional<Assignment> metastoreAssignment) {}

    record Assignment(Optional<String> defaultCatalogName) {}

    private Object assign(Request request) {
        Object assignment = assignment(request, metastore(request));
        request.body(Asked.class)
                .metastoreAssignment()
                .flatMap(Assignment::defaultCatalogName)
                .filter(name -> !name.isEmpty() && !name.equals(catalogs.defaultCatalog()))
                .ifPresent(name -> {
                    throw PlatformException.invalid("default_catalog_name must be " + catalogs.defaultCatalog()
                            + "; set another with the setting default_namespace of the workspace.");
                });
        return assignment;
    }

    private Object unassign(Request request) {
        Object unused = assignment(request, metastore(request));
        throw PlatformException.invalidState("Each workspace has the account's metastore.");
    }
}
