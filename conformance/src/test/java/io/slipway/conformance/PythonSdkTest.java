package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Python SDK against the shared platform. */
@ExtendWith(SharedPlatform.class)
class PythonSdkTest {
    private static final String BEGIN = "from databricks.sdk import WorkspaceClient\nw = WorkspaceClient()\n";

    /** The account as well; its id is read at the host. */
    private static final String ACCOUNT = BEGIN + """
            from databricks.sdk import AccountClient, errors
            a = AccountClient(host=w.config.host, token=w.config.token, account_id=w.config.account_id)
            """;

    @TempDir
    Path home;

    private PythonClients client;

    @BeforeEach
    void become_a_user() {
        PlatformProcess platform = SharedPlatform.platform();
        client = new PythonClients(home, platform.url(), platform.token());
    }

    @Test
    void the_user_and_the_clusters_are_shown() {
        assertThat(client.python(BEGIN + "print(w.current_user.me().user_name, w.get_workspace_id() > 0)"))
                .isEqualTo("admin@slipway.local True\n");
        assertThat(client.python(BEGIN
                        + "ids = [c.cluster_id for c in w.clusters.list()]\n"
                        + "c = w.clusters.get('" + SharedPlatform.clusterId() + "')\n"
                        + "print(c.cluster_id in ids, c.state.value)"))
                .isEqualTo("True RUNNING\n");
    }

    @Test
    void people_and_programs_come_into_groups_and_go() {
        assertThat(client.python(BEGIN + """
                from databricks.sdk.service import iam
                u = w.users.create(user_name='sdk-ann@example.com', display_name='Ann')
                p = w.service_principals.create(display_name='sdk-ci')
                inner = w.groups.create(display_name='sdk-inner', members=[iam.ComplexValue(value=u.id)])
                outer = w.groups.create(display_name='sdk-outer')
                w.groups.patch(outer.id, operations=[iam.Patch(op=iam.PatchOp.ADD, value={'members': [{'value': inner.id}]})],
                               schemas=[iam.PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP])
                print(sorted((g.display, g.type) for g in w.users.get(u.id).groups))
                print(sorted(g.display_name for g in w.groups.list(filter='displayName sw "sdk-"')), len(p.application_id))
                for each in (inner, outer): w.groups.delete(each.id)
                w.users.delete(u.id); w.service_principals.delete(p.id)
                print(list(w.users.list(filter='userName eq sdk-ann@example.com')))
                """)).isEqualTo("""
                [('sdk-inner', 'direct'), ('sdk-outer', 'indirect'), ('users', 'direct')]
                ['sdk-inner', 'sdk-outer'] 36
                []
                """);
    }

    @Test
    void roles_on_a_service_principal_and_on_a_group_are_given_and_taken() {
        assertThat(client.python(ACCOUNT + """
                from databricks.sdk.service import iam
                p = w.service_principals.create(display_name='sdk-ruled')
                g = a.groups.create(display_name='sdk-managed')
                root = f'accounts/{w.config.account_id}'
                program, group = f'{root}/servicePrincipals/{p.application_id}', f'{root}/groups/{g.id}'
                rules = lambda of: [(r.role, r.principals) for r in a.access_control.get_rule_set(f'{of}/ruleSets/default', '').grant_rules or []]
                def give(api, of, *rules):
                    name = f'{of}/ruleSets/default'
                    now = api.get_rule_set(name, '')
                    return api.update_rule_set(name, iam.RuleSetUpdateRequest(name, now.etag, [iam.GrantRule(*r) for r in rules]))
                print([r.name for r in w.account_access_control_proxy.get_assignable_roles_for_resource(program).roles])
                print([r.name for r in a.access_control.get_assignable_roles_for_resource(group).roles])
                print(rules(program), rules(group))
                before = give(w.account_access_control_proxy, program, ('roles/servicePrincipal.user', ['groups/sdk-managed']))
                give(a.access_control, group, ('roles/group.manager', [f'servicePrincipals/{p.application_id}']))
                print(rules(program), rules(group)[0][1] == ['servicePrincipals/' + p.application_id])
                give(a.access_control, program)
                try:
                    w.account_access_control_proxy.update_rule_set(before.name, iam.RuleSetUpdateRequest(before.name, before.etag, []))
                except errors.ResourceConflict as e:
                    print(e.error_code, rules(program))
                a.groups.delete(g.id); w.service_principals.delete(p.id)
                """)).isEqualTo("""
                ['roles/servicePrincipal.user', 'roles/servicePrincipal.manager']
                ['roles/group.manager']
                [('roles/servicePrincipal.manager', ['users/admin@slipway.local'])] [('roles/group.manager', ['users/admin@slipway.local'])]
                [('roles/servicePrincipal.user', ['groups/sdk-managed'])] True
                RESOURCE_CONFLICT []
                """);
    }

    @Test
    void people_of_the_account_are_assigned_to_the_workspace_and_taken_out() {
        assertThat(client.python(ACCOUNT + """
                from databricks.sdk.service import iam
                replace = lambda path, value: [iam.Patch(op=iam.PatchOp.REPLACE, path=path, value=value)]
                schemas = [iam.PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP]
                u = a.users.create(user_name='sdk-bob@example.com', display_name='Bob')
                g = a.groups.create(display_name='sdk-account', external_id='entra-1', members=[iam.ComplexValue(value=u.id)])
                p = a.service_principals.create(display_name='sdk-program')
                a.users.patch(u.id, operations=replace('displayName', 'Robert'), schemas=schemas)
                a.service_principals.patch(p.id, operations=replace('displayName', 'sdk-bot'), schemas=schemas)
                print(a.users.get(u.id).display_name, a.groups_v2.get(g.id).external_id, a.service_principals_v2.get(p.id).display_name)
                here = w.get_workspace_id()
                names = lambda: sorted(x.principal.display_name for x in a.workspace_assignment.list(here) if 'sdk-' in (x.principal.group_name or x.principal.user_name or ''))
                a.workspace_assignment.update(here, int(g.id), permissions=[iam.WorkspacePermission.USER])
                print(names(), w.users.get(u.id).user_name, [x.permission_level.value for x in a.workspace_assignment.get(here).permissions])
                a.workspace_assignment.delete(here, int(g.id))
                print(names(), [x.user_name for x in w.users.list(filter='userName sw "sdk-bob"')])
                a.groups.delete(g.id); a.users.delete(u.id); a.service_principals.delete(p.id)
                """)).isEqualTo("""
                Robert entra-1 sdk-bot
                ['sdk-account'] sdk-bob@example.com ['USER', 'ADMIN']
                [] []
                """);
    }

    @Test
    void a_program_acts_by_a_token_made_for_it_until_it_is_switched_off() {
        assertThat(client.python(BEGIN + """
                from databricks.sdk import errors
                from databricks.sdk.service import iam
                replace = lambda path, value: [iam.Patch(op=iam.PatchOp.REPLACE, path=path, value=value)]
                schemas = [iam.PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP]
                g = w.groups.create(display_name="sdk-it's own")
                print([x.display_name for x in w.groups.list(filter="displayName sw 'sdk-it'", excluded_attributes='roles',
                    sort_order=iam.ListSortOrder.DESCENDING)])
                p = w.service_principals.create(display_name='sdk-acting', groups=[iam.ComplexValue(value=g.id)])
                t = w.token_management.create_obo_token(application_id=p.application_id, lifetime_seconds=600, comment='acts')
                acting = WorkspaceClient(host=w.config.host, token=t.token_value, auth_type='pat')
                print(acting.current_user.me().user_name == p.application_id)
                print(t.token_info.owner_id == int(p.id), t.token_info.token_id in [x.token_id for x in w.token_management.list()])
                w.service_principals.update(p.id, display_name='sdk-renamed', roles=[iam.ComplexValue(value='xyz')])
                print([x.value for x in w.service_principals.get(p.id).roles], w.service_principals.get(p.id).active)
                for value in (False, 'false'):
                    try:
                        w.service_principals.patch(p.id, operations=replace('active', value), schemas=schemas)
                    except errors.BadRequest as e:
                        print(e)
                print(w.service_principals.get(p.id).active)
                try:
                    acting.current_user.me()
                except errors.DatabricksError as e:
                    print(type(e).__name__)
                w.service_principals.delete(p.id); w.groups.delete(g.id)
                """)).isEqualTo("""
                ["sdk-it's own"]
                True
                True True
                ['xyz'] True
                invalidValue An operation that adds or replaces needs a value.
                False
                PermissionDenied
                """);
    }

    @Test
    void people_are_listed_in_pages_and_renamed_whole() {
        assertThat(client.python(ACCOUNT + """
                made = [a.users.create(user_name=f'sdk-page{i}@example.com', display_name=f'Page {i}') for i in range(5)]
                path = f'/api/2.0/accounts/{a.config.account_id}/scim/v2/Users'
                total = a.api_client.do('GET', path, query={'count': 1})['totalResults']
                print(total == len(list(a.users.list(count=2))) >= 5)
                a.users.update(made[0].id, user_name='sdk-page0@example.com', display_name='First', active=True)
                print(a.users.get(made[0].id).display_name)
                try:
                    a.users.update(made[0].id, display_name='Nobody')
                except errors.BadRequest as e:
                    print(e)
                for u in made: a.users.delete(u.id)
                try:
                    next(w.groups.list(filter='abc'))
                except errors.BadRequest as e:
                    print(type(e).__name__, e)
                """)).isEqualTo("""
                True
                First
                invalidValue Required attribute userName is missing in the SCIM Object.
                BadRequest invalidFilter Filter 'abc' cannot be read.
                """);
    }

    @Test
    void what_workspaces_are_made_of_is_kept_by_the_account() {
        assertThat(client.python(ACCOUNT + """
                from databricks.sdk.service import provisioning as p
                role = a.credentials.create('sdk-role', p.CreateCredentialAwsCredentials(
                    sts_role=p.CreateCredentialStsRole(role_arn='arn:aws:iam::123456789012:role/sdk')))
                bucket = a.storage.create('sdk-bucket', p.RootBucketInfo(bucket_name='sdk-bucket'))
                network = a.networks.create(network_name='sdk-network', vpc_id='vpc-0123456789abcdef0', security_group_ids=['sg-0123456789abcdef0'],
                    subnet_ids=['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'])
                print(a.credentials.get(role.credentials_id).aws_credentials.sts_role.role_arn)
                print('sdk-bucket' in [x.storage_configuration_name for x in a.storage.list()],
                    'sdk-network' in [x.network_name for x in a.networks.list()])
                for refused in (lambda: a.budgets.list(), lambda: a.custom_app_integration.list(), lambda: a.ip_access_lists.list()):
                    try:
                        list(refused())
                    except errors.NotFound as e:
                        print(e.error_code, e)
                a.credentials.delete(role.credentials_id); a.networks.delete(network.network_id)
                a.storage.delete(bucket.storage_configuration_id)
                """)).isEqualTo("""
                arn:aws:iam::123456789012:role/sdk
                True True
                FEATURE_DISABLED budgets are not available in this account.
                FEATURE_DISABLED custom app integrations are not available in this account.
                FEATURE_DISABLED IP access lists are not available in this account.
                """);
    }

    @Test
    void rules_of_the_workspace_are_read_and_set() {
        assertThat(client.python(ACCOUNT + """
                from databricks.sdk.service import settings as s
                kind = w.settings.restrict_workspace_admins
                status = s.RestrictWorkspaceAdminsMessageStatus
                set = kind.update(True, s.RestrictWorkspaceAdminsSetting(s.RestrictWorkspaceAdminsMessage(status.ALLOW_ALL),
                    etag=kind.get().etag), 'restrict_workspace_admins.status')
                print(set.restrict_workspace_admins.status.value)
                kind.delete(etag=set.etag)
                print(kind.get().restrict_workspace_admins.status.value)
                made = w.ip_access_lists.create(label='sdk', list_type=s.ListType.ALLOW, ip_addresses=['127.0.0.1/32']).ip_access_list
                w.ip_access_lists.update(made.list_id, enabled=False)
                w.ip_access_lists.replace(made.list_id, 'sdk', s.ListType.BLOCK, False, ip_addresses=['10.9.9.0/24'])
                try:
                    w.ip_access_lists.replace(made.list_id, 'sdk', s.ListType.BLOCK, False)
                except errors.BadRequest as e:
                    print(e)
                print(w.ip_access_lists.get(made.list_id).ip_access_list.enabled, [x.label for x in w.ip_access_lists.list()])
                w.ip_access_lists.delete(made.list_id)
                w.workspace_conf.set_status({'enableResultsDownloading': 'true'})
                print(w.workspace_conf.get_status('enableIpAccessLists,enableWorkspaceFilesystem'))
                token = w.tokens.create(comment='sdk', lifetime_seconds=60).token_info.token_id
                print(w.token_management.get(token).token_info.comment, token in [x.token_id for x in w.token_management.list()])
                w.token_management.delete(token)
                print([x.permission_level.value for x in w.token_management.get_permission_levels().permission_levels if x.permission_level])
                """)).isEqualTo("""
                ALLOW_ALL
                ALLOW_ALL
                ip_addresses must have at least one address.
                False ['sdk']
                {'enableIpAccessLists': 'false', 'enableWorkspaceFilesystem': 'true'}
                sdk True
                ['CAN_USE']
                """);
    }

    @Test
    void a_file_goes_to_the_workspace_and_back() {
        assertThat(client.python(BEGIN + """
                import io
                from databricks.sdk.service.workspace import ImportFormat
                w.workspace.mkdirs('/Shared/python-sdk')
                w.workspace.upload('/Shared/python-sdk/f.txt', io.BytesIO(b'bytes'), format=ImportFormat.AUTO, overwrite=True)
                with w.workspace.download('/Shared/python-sdk/f.txt') as f:
                    print(f.read())
                """)).isEqualTo("b'bytes'\n");
    }

    @Test
    void a_large_file_goes_to_dbfs_and_back() {
        assertThat(client.python(BEGIN + """
                import io, os
                data = os.urandom(3 << 20)
                w.dbfs.upload('/python-sdk/f.bin', io.BytesIO(data), overwrite=True)
                with w.dbfs.download('/python-sdk/f.bin') as f:
                    print(f.read() == data)
                print([f.path for f in w.dbfs.list('/python-sdk')])
                """)).isEqualTo("True\n['/python-sdk/f.bin']\n");
    }

    @Test
    void a_run_is_submitted_and_waited_for() {
        assertThat(client.python(BEGIN + """
                import io
                from databricks.sdk.service import jobs, workspace
                w.workspace.mkdirs('/Shared/python-sdk')
                w.workspace.upload('/Shared/python-sdk/n.py', io.BytesIO(b"dbutils.notebook.exit(str(spark.range(5).count()))"),
                    format=workspace.ImportFormat.SOURCE, language=workspace.Language.PYTHON, overwrite=True)
                run = w.jobs.submit(run_name='by Python', tasks=[jobs.SubmitTask(task_key='t', existing_cluster_id='%s',
                    notebook_task=jobs.NotebookTask(notebook_path='/Shared/python-sdk/n.py'))]).result()
                print(run.state.result_state.value, w.jobs.get_run_output(run.tasks[0].run_id).notebook_output.result)
                """.formatted(SharedPlatform.clusterId())))
                .isEqualTo("SUCCESS 5\n");
    }

    @Test
    void dbutils_of_the_sdk_work_on_the_cluster() {
        assertThat(client.python(BEGIN + """
                w.config.cluster_id = '%s'
                print(w.dbutils.credentials.showRoles())
                """.formatted(SharedPlatform.clusterId())))
                .isEqualTo("[]\n");
    }

    @Test
    void secrets_are_put_read_shared_and_deleted() {
        assertThat(client.python(BEGIN + """
                from databricks.sdk import errors
                from databricks.sdk.service.workspace import AclPermission
                w.secrets.create_scope('python-sdk', initial_manage_principal='users')
                w.secrets.put_secret('python-sdk', 'k', string_value='hush!')
                print(w.secrets.get_secret('python-sdk', 'k').value, w.dbutils.secrets.get('python-sdk', 'k'))
                print([s.key for s in w.secrets.list_secrets('python-sdk')], w.dbutils.secrets.list('python-sdk'))
                w.secrets.put_acl('python-sdk', 'admins', AclPermission.READ)
                print([(a.principal, a.permission.value) for a in w.secrets.list_acls('python-sdk')])
                w.secrets.delete_scope('python-sdk')
                try:
                    w.secrets.list_secrets('python-sdk')
                    print(list(w.secrets.list_secrets('python-sdk')))
                except errors.ResourceDoesNotExist as e:
                    print(e)
                """)).isEqualTo("""
                aHVzaCE= hush!
                ['k'] [SecretMetadata(key='k')]
                [('admins', 'READ'), ('users', 'MANAGE')]
                Scope python-sdk does not exist!
                """);
    }

    @Test
    void errors_are_the_sdks_own_kinds() {
        assertThat(client.python(BEGIN + """
                from databricks.sdk import errors
                try:
                    w.clusters.get('0101-000000-nobody00')
                except errors.ResourceDoesNotExist as e:
                    print('cluster', e.error_code)
                try:
                    w.tables.get('main.default.nothing')
                except errors.NotFound as e:
                    print('table', e.error_code)
                """))
                .isEqualTo("cluster INVALID_PARAMETER_VALUE\ntable TABLE_DOES_NOT_EXIST\n");
    }
}
