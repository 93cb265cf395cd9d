package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterPermissionLevel;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.compute.RestartCluster;
import com.databricks.sdk.service.iam.AccessControlRequest;
import com.databricks.sdk.service.iam.ComplexValue;
import com.databricks.sdk.service.iam.GetRuleSetRequest;
import com.databricks.sdk.service.iam.GrantRule;
import com.databricks.sdk.service.iam.Group;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.ObjectPermissions;
import com.databricks.sdk.service.iam.PermissionLevel;
import com.databricks.sdk.service.iam.RuleSetResponse;
import com.databricks.sdk.service.iam.RuleSetUpdateRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.SetObjectPermissions;
import com.databricks.sdk.service.iam.UpdateObjectPermissions;
import com.databricks.sdk.service.iam.UpdateRuleSetRequest;
import com.databricks.sdk.service.jobs.CreateJob;
import com.databricks.sdk.service.jobs.JobAccessControlRequest;
import com.databricks.sdk.service.jobs.JobPermissionLevel;
import com.databricks.sdk.service.jobs.JobRunAs;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.UpdateJob;
import com.databricks.sdk.service.settings.CreateOboTokenRequest;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two clients of one workspace: the second sees and does what the first gives to it. */
@NullUnmarked
@ExtendWith(SharedPlatform.class)
class PermissionsTest {
    private static WorkspaceClient admin;
    private static WorkspaceClient program;
    private static ServicePrincipal principal;

    @BeforeAll
    static void come() {
        admin = SharedPlatform.client();
        principal = admin.servicePrincipals().create(new ServicePrincipal().setDisplayName("second"));
        String token = admin.tokenManagement()
                .createOboToken(new CreateOboTokenRequest()
                        .setApplicationId(principal.getApplicationId())
                        .setComment("test"))
                .getTokenValue();
        program = new WorkspaceClient(new DatabricksConfig()
                .setHost(admin.config().getHost())
                .setToken(token)
                .setAuthType("pat"));
        admin.workspace().mkdirs("/permissions");
    }

    @AfterAll
    static void go() {
        admin.servicePrincipals().delete(principal.getId());
    }

    private static AccessControlRequest to(PermissionLevel level) {
        return new AccessControlRequest()
                .setServicePrincipalName(principal.getApplicationId())
                .setPermissionLevel(level);
    }

    private static ObjectPermissions give(String type, String id, AccessControlRequest... all) {
        return admin.permissions()
                .update(new UpdateObjectPermissions()
                        .setRequestObjectType(type)
                        .setRequestObjectId(id)
                        .setAccessControlList(List.of(all)));
    }

    private static List<String> clusters(WorkspaceClient client) {
        return StreamSupport.stream(
                        client.clusters().list(new ListClustersRequest()).spliterator(), false)
                .map(ClusterDetails::getClusterId)
                .toList();
    }

    @Test
    void a_cluster_is_used_by_those_to_whom_it_was_given_and_as_far_as_that() {
        String cluster = SharedPlatform.clusterId();
        assertThat(clusters(program)).doesNotContain(cluster);
        assertThatThrownBy(() -> program.clusters().get(cluster))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("does not have CAN_ATTACH_TO permission on Cluster " + cluster);
        ObjectPermissions now = give("clusters", cluster, to(PermissionLevel.CAN_ATTACH_TO));
        assertThat(now.getObjectId()).isEqualTo("/clusters/" + cluster);
        assertThat(now.getObjectType()).isEqualTo("cluster");
        assertThat(now.getAccessControlList())
                .anySatisfy(entry -> {
                    assertThat(entry.getServicePrincipalName()).isEqualTo(principal.getApplicationId());
                    assertThat(entry.getDisplayName()).isEqualTo("second");
                    assertThat(entry.getAllPermissions()).singleElement().satisfies(held -> {
                        assertThat(held.getPermissionLevel()).isEqualTo(PermissionLevel.CAN_ATTACH_TO);
                        assertThat(held.getInherited()).isFalse();
                    });
                })
                .anySatisfy(entry -> {
                    assertThat(entry.getGroupName()).isEqualTo("admins");
                    assertThat(entry.getAllPermissions()).singleElement().satisfies(held -> {
                        assertThat(held.getInherited()).isTrue();
                        assertThat(held.getInheritedFromObject()).containsExactly("/clusters/");
                    });
                });
        assertThat(clusters(program)).contains(cluster);
        try (Repl repl = new Repl(program, cluster)) {
            assertThat(String.valueOf(repl.run(Language.PYTHON, "print(spark.range(3).count())")
                            .getData()))
                    .contains("3");
        }
        assertThatThrownBy(() -> program.clusters().restart(new RestartCluster().setClusterId(cluster)))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("CAN_RESTART");
        assertThat(admin.clusters().getPermissionLevels(cluster).getPermissionLevels())
                .extracting(each -> each.getPermissionLevel())
                .containsExactly(
                        ClusterPermissionLevel.CAN_ATTACH_TO,
                        ClusterPermissionLevel.CAN_RESTART,
                        ClusterPermissionLevel.CAN_MANAGE);
    }

    @Test
    void a_folder_gives_what_was_given_on_it_also_to_groups_in_groups() {
        Group inner = admin.groups()
                .create(new Group()
                        .setDisplayName("inner")
                        .setMembers(List.of(new ComplexValue().setValue(principal.getId()))));
        Group outer = admin.groups()
                .create(new Group()
                        .setDisplayName("outer")
                        .setMembers(List.of(new ComplexValue().setValue(inner.getId()))));
        admin.workspace().mkdirs("/permissions/shown");
        put("/permissions/shown/n", "print(1)");
        put("/permissions/hidden", "print(2)");
        ObjectInfo folder = admin.workspace().getStatus("/permissions/shown");
        ObjectInfo notebook = admin.workspace().getStatus("/permissions/shown/n");
        assertThatThrownBy(() -> program.workspace().getStatus("/permissions/shown/n"))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("CAN_READ permission on /permissions/shown/n");
        give(
                "directories",
                String.valueOf(folder.getObjectId()),
                new AccessControlRequest().setGroupName("outer").setPermissionLevel(PermissionLevel.CAN_READ));
        assertThat(program.workspace().getStatus("/permissions/shown/n").getObjectId())
                .isEqualTo(notebook.getObjectId());
        assertThat(program.workspace().list("/permissions"))
                .extracting(ObjectInfo::getPath)
                .containsExactly("/permissions/shown");
        assertThat(admin.permissions()
                        .get("notebooks", String.valueOf(notebook.getObjectId()))
                        .getAccessControlList())
                .anySatisfy(entry -> {
                    assertThat(entry.getGroupName()).isEqualTo("outer");
                    assertThat(entry.getAllPermissions())
                            .singleElement()
                            .satisfies(held -> assertThat(held.getInheritedFromObject())
                                    .containsExactly("/directories/" + folder.getObjectId()));
                });
        assertThatThrownBy(() -> program.workspace().delete(new Delete().setPath("/permissions/shown/n")))
                .isInstanceOf(PermissionDenied.class);
        admin.groups().delete(outer.getId());
        assertThatThrownBy(() -> program.workspace().getStatus("/permissions/shown/n"))
                .isInstanceOf(PermissionDenied.class);
        admin.groups().delete(inner.getId());
    }

    private static void put(String path, String source) {
        admin.workspace()
                .importContent(new Import()
                        .setPath(path)
                        .setFormat(ImportFormat.SOURCE)
                        .setLanguage(com.databricks.sdk.service.workspace.Language.PYTHON)
                        .setContent(Base64.getEncoder().encodeToString(source.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_job_is_shared_as_it_is_made_and_runs_as_its_owner() throws Exception {
        put("/permissions/job", "dbutils.notebook.exit(spark.sql('select current_user()').first()[0])");
        long job = admin.jobs()
                .create(new CreateJob()
                        .setName("shared")
                        .setTasks(List.of(new Task()
                                .setTaskKey("only")
                                .setExistingClusterId(SharedPlatform.clusterId())
                                .setNotebookTask(new NotebookTask().setNotebookPath("/permissions/job"))))
                        .setAccessControlList(List.of(new JobAccessControlRequest()
                                .setServicePrincipalName(principal.getApplicationId())
                                .setPermissionLevel(JobPermissionLevel.CAN_MANAGE_RUN))))
                .getJobId();
        Run run = program.jobs().runNow(new RunNow().setJobId(job)).get();
        assertThat(run.getCreatorUserName()).isEqualTo(principal.getApplicationId());
        assertThat(program.jobs()
                        .getRunOutput(run.getTasks().iterator().next().getRunId())
                        .getNotebookOutput()
                        .getResult())
                .isEqualTo(admin.currentUser().me(new MeRequest()).getUserName());
        assertThat(program.jobs().get(job).getRunAsUserName())
                .isEqualTo(admin.currentUser().me(new MeRequest()).getUserName());
        assertThatThrownBy(() -> program.jobs().delete(job))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("CAN_MANAGE permission on Job " + job);
        ObjectPermissions taken = admin.permissions()
                .set(new SetObjectPermissions()
                        .setRequestObjectType("jobs")
                        .setRequestObjectId(String.valueOf(job))
                        .setAccessControlList(List.of()));
        assertThat(taken.getAccessControlList())
                .extracting(entry -> entry.getServicePrincipalName())
                .doesNotContain(principal.getApplicationId());
        assertThatThrownBy(() -> program.jobs().get(job)).isInstanceOf(PermissionDenied.class);
        admin.jobs().delete(job);
    }

    private static RuleSetResponse rules(ServicePrincipal of) {
        return admin.accountAccessControlProxy()
                .getRuleSet(new GetRuleSetRequest().setName(ruleSet(of)).setEtag(""));
    }

    private static String ruleSet(ServicePrincipal of) {
        return "accounts/" + admin.config().getAccountId() + "/servicePrincipals/" + of.getApplicationId()
                + "/ruleSets/default";
    }

    private static void give(ServicePrincipal on, GrantRule... rules) {
        admin.accountAccessControlProxy()
                .updateRuleSet(new UpdateRuleSetRequest()
                        .setName(ruleSet(on))
                        .setRuleSet(new RuleSetUpdateRequest()
                                .setName(ruleSet(on))
                                .setEtag(rules(on).getEtag())
                                .setGrantRules(List.of(rules))));
    }

    @Test
    void a_job_runs_as_a_service_principal_for_who_has_the_role_and_goes_on_when_it_is_gone() throws Exception {
        put("/permissions/as", "dbutils.notebook.exit(spark.sql('select current_user()').first()[0])");
        ServicePrincipal runner = admin.servicePrincipals().create(new ServicePrincipal().setDisplayName("runner"));
        give("clusters", SharedPlatform.clusterId(), to(PermissionLevel.CAN_ATTACH_TO));
        give(
                "clusters",
                SharedPlatform.clusterId(),
                new AccessControlRequest()
                        .setServicePrincipalName(runner.getApplicationId())
                        .setPermissionLevel(PermissionLevel.CAN_ATTACH_TO));
        give(
                "notebooks",
                String.valueOf(admin.workspace().getStatus("/permissions/as").getObjectId()),
                new AccessControlRequest()
                        .setServicePrincipalName(runner.getApplicationId())
                        .setPermissionLevel(PermissionLevel.CAN_RUN));
        CreateJob asked = new CreateJob()
                .setName("as the runner")
                .setRunAs(new JobRunAs().setServicePrincipalName(runner.getApplicationId()))
                .setTasks(List.of(new Task()
                        .setTaskKey("only")
                        .setExistingClusterId(SharedPlatform.clusterId())
                        .setNotebookTask(new NotebookTask().setNotebookPath("/permissions/as"))));
        for (WorkspaceClient client : List.of(program, admin)) {
            assertThatThrownBy(() -> client.jobs().create(asked))
                    .isInstanceOf(PermissionDenied.class)
                    .hasMessageContaining("does not have the role roles/servicePrincipal.user on service principal "
                            + runner.getApplicationId());
        }
        GrantRule uses = new GrantRule()
                .setRole("roles/servicePrincipal.user")
                .setPrincipals(List.of("servicePrincipals/" + principal.getApplicationId()));
        give(runner, uses);
        assertThat(rules(runner).getGrantRules()).containsExactly(uses);
        long job = program.jobs().create(asked).getJobId();
        give(runner);
        assertThatThrownBy(() -> program.jobs()
                        .update(new UpdateJob().setJobId(job).setNewSettings(new JobSettings().setName("changed"))))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("roles/servicePrincipal.user");
        Run run = program.jobs().runNow(new RunNow().setJobId(job)).get();
        assertThat(program.jobs()
                        .getRunOutput(run.getTasks().iterator().next().getRunId())
                        .getNotebookOutput()
                        .getResult())
                .isEqualTo(runner.getApplicationId());
        program.jobs().delete(job);
        admin.servicePrincipals().delete(runner.getId());
        admin.permissions()
                .set(new SetObjectPermissions()
                        .setRequestObjectType("clusters")
                        .setRequestObjectId(SharedPlatform.clusterId())
                        .setAccessControlList(List.of()));
    }

    @Test
    void who_may_make_tokens_is_given_like_anything_else() {
        assertThat(admin.permissions().get("authorization", "tokens").getObjectType())
                .isEqualTo("tokens");
        assertThat(program.tokens()
                        .create(new CreateTokenRequest().setComment("own"))
                        .getTokenValue())
                .startsWith("dapi");
    }
}
