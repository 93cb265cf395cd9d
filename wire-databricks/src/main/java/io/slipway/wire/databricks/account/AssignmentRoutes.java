package io.slipway.wire.databricks.account;

import io.slipway.identity.Assignments;
import io.slipway.identity.Assignments.Assignment;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who of the account is in a workspace (account API 2.0, permission assignments). */
public final class AssignmentRoutes {
    private final Workspaces workspaces;
    private final Assignments assignments;

    public AssignmentRoutes(Workspaces workspaces, Assignments assignments) {
        this.workspaces = workspaces;
        this.assignments = assignments;
    }

    public void add(AccountApi api) {
        api.family(DatabricksDialect.STANDARD, "/workspaces/{workspace}/permissionassignments")
                .get("", this::list)
                .get("/permissions", this::permissions)
                .put("/principals/{principal}", this::put)
                .delete("/principals/{principal}", this::delete);
    }

    /** The workspace of the path, which is there. */
    private WorkspaceId workspace(Request request) {
        return workspaces
                .get(request.caller(), AccountWorkspaceRoutes.id(request))
                .thing()
                .id();
    }

    private static PrincipalId principal(Request request) {
        String id = request.path("principal");
        if (!id.matches("[0-9]{1,18}")) {
            throw PlatformException.notFound("Principal " + id + " does not exist.");
        }
        return new PrincipalId(Long.parseLong(id));
    }

    record Principal(
            long principalId,
            String displayName,
            Optional<String> userName,
            Optional<String> groupName,
            Optional<String> servicePrincipalName) {
        static Principal of(Assignment assignment) {
            String name = assignment.principal().name();
            return new Principal(
                    assignment.principal().id().number(),
                    assignment.displayName().isEmpty() ? name : assignment.displayName(),
                    Optional.of(name).filter(unused -> assignment.kind() == PrincipalKind.USER),
                    Optional.of(name).filter(unused -> assignment.kind() == PrincipalKind.GROUP),
                    Optional.of(name).filter(unused -> assignment.kind() == PrincipalKind.SERVICE_PRINCIPAL));
        }
    }

    record Shown(Principal principal, List<String> permissions) {
        static Shown of(Assignment assignment) {
            return new Shown(Principal.of(assignment), List.of(assignment.admin() ? "ADMIN" : "USER"));
        }
    }

    record Listed(List<Shown> permissionAssignments) {}

    private Object list(Request request) {
        return new Listed(assignments.list(request.caller(), workspace(request)).stream()
                .map(Shown::of)
                .toList());
    }

    private Object permissions(Request request) {
        WorkspaceId unused = workspace(request);
        return Map.of(
                "permissions",
                List.of(
                        Map.of("permission_level", "USER", "description", "Can access the workspace"),
                        Map.of("permission_level", "ADMIN", "description", "Can administer the workspace")));
    }

    record Asked(List<String> permissions) {}

    private Object put(Request request) {
        WorkspaceId workspace = workspace(request);
        List<String> asked = request.body(Asked.class).permissions();
        if (asked.isEmpty()) {
            // So clients take somebody out.
            assignments.delete(request.caller(), workspace, principal(request));
            return Request.nothing();
        }
        if (!List.of("USER", "ADMIN").containsAll(asked)) {
            throw PlatformException.invalid("permissions must be USER or ADMIN.");
        }
        return Shown.of(assignments.put(request.caller(), workspace, principal(request), asked.contains("ADMIN")));
    }

    private Object delete(Request request) {
        assignments.delete(request.caller(), workspace(request), principal(request));
        return Request.nothing();
    }
}
