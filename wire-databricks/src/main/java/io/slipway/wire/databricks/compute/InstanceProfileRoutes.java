package io.slipway.wire.databricks.compute;

import io.slipway.kit.WorkspaceId;
import io.slipway.spark.profile.InstanceProfile;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.Map;
import java.util.Optional;

/** Instance Profiles API 2.0. */
public final class InstanceProfileRoutes {
    private final InstanceProfiles profiles;

    public InstanceProfileRoutes(InstanceProfiles profiles) {
        this.profiles = profiles;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/instance-profiles")
                .get("/list", this::list)
                .post("/add", this::add)
                .post("/edit", this::edit)
                .post("/remove", this::remove);
    }

    record Info(String instanceProfileArn, Optional<String> iamRoleArn, boolean isMetaInstanceProfile) {
        static Info of(InstanceProfile profile) {
            return new Info(profile.arn(), profile.role(), profile.meta());
        }
    }

    record Wanted(
            Optional<String> instanceProfileArn,
            Optional<String> iamRoleArn,
            Optional<Boolean> isMetaInstanceProfile,
            Optional<Boolean> skipValidation) {
        String arn() {
            return Request.require(instanceProfileArn, "instance_profile_arn");
        }

        InstanceProfile profile(WorkspaceId workspace) {
            return new InstanceProfile(
                    workspace, arn(), iamRoleArn.filter(arn -> !arn.isEmpty()), isMetaInstanceProfile.orElse(false));
        }
    }

    private Object list(Request request) {
        return Map.of(
                "instance_profiles",
                profiles.list(request.caller()).stream().map(Info::of).toList());
    }

    private Object add(Request request) {
        Wanted wanted = request.body(Wanted.class);
        profiles.add(
                request.caller(),
                wanted.profile(request.caller().workspace()),
                !wanted.skipValidation().orElse(false));
        return Request.nothing();
    }

    private Object edit(Request request) {
        profiles.edit(
                request.caller(),
                request.body(Wanted.class).profile(request.caller().workspace()));
        return Request.nothing();
    }

    private Object remove(Request request) {
        profiles.remove(request.caller(), request.body(Wanted.class).arn());
        return Request.nothing();
    }
}
