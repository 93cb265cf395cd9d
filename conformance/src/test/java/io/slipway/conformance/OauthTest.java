package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretResponse;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by OAuth, as the SDKs do it by themselves. */
@ExtendWith(SharedPlatform.class)
class OauthTest {
    @TempDir
    Path home;

    private final WorkspaceClient admin = SharedPlatform.client();
    private PythonClients python;
    private ServicePrincipal robot;

    @BeforeEach
    void make_a_service_principal() {
        PlatformProcess platform = SharedPlatform.platform();
        python = new PythonClients(home, platform.url(), platform.token());
        robot = admin.servicePrincipals().create(new ServicePrincipal().setDisplayName("oauth-robot"));
    }

    @AfterEach
    void delete_it() {
        admin.servicePrincipals().delete(robot.getId());
    }

    private CreateServicePrincipalSecretResponse secret() {
        return admin.servicePrincipalSecretsProxy()
                .create(new CreateServicePrincipalSecretRequest().setServicePrincipalId(robot.getId()));
    }

    private WorkspaceClient with(String secret) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(SharedPlatform.platform().url())
                .setClientId(robot.getApplicationId())
                .setClientSecret(secret));
    }

    @Test
    void a_program_with_a_secret_uses_every_api_until_the_secret_is_deleted() {
        CreateServicePrincipalSecretResponse secret = secret();
        WorkspaceClient client = with(secret.getSecret());
        assertThat(client.currentUser().me(new MeRequest()).getUserName()).isEqualTo(robot.getApplicationId());
        assertThat(client.config().getAuthType()).isEqualTo("oauth-m2m");
        assertThat(StreamSupport.stream(
                        client.clusters().list(new ListClustersRequest()).spliterator(), false))
                .as("nobody has shared one with it")
                .isEmpty();
        client.workspace().mkdirs("/Shared/oauth-robot");
        assertThat(StreamSupport.stream(client.workspace().list("/Shared").spliterator(), false))
                .anyMatch(each -> each.getPath().equals("/Shared/oauth-robot"));
        assertThat(StreamSupport.stream(
                        client.catalogs().list(new ListCatalogsRequest()).spliterator(), false))
                .isNotEmpty();
        client.dbfs().mkdirs("/oauth-robot");
        assertThat(client.secrets().listScopes()).isNotNull();
        assertThat(client.jobs().list(new ListJobsRequest())).isNotNull();

        admin.servicePrincipalSecretsProxy().delete(robot.getId(), secret.getId());
        assertThatThrownBy(() -> client.currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Invalid access token");
    }

    @Test
    void a_program_with_a_wrong_secret_is_told_so() {
        assertThatThrownBy(() -> with("dose00000000000000000000000000000000")
                        .currentUser()
                        .me(new MeRequest()))
                .isInstanceOf(DatabricksException.class)
                .hasMessageContaining("invalid_client");
    }

    @Test
    void a_program_in_python_signs_in_with_a_secret() {
        assertThat(python.python("""
                import os
                from databricks.sdk import WorkspaceClient
                os.environ.pop('DATABRICKS_TOKEN')
                w = WorkspaceClient(client_id='%s', client_secret='%s')
                print(w.current_user.me().user_name, w.config.auth_type)
                """.formatted(robot.getApplicationId(), secret().getSecret())))
                .isEqualTo(robot.getApplicationId() + " oauth-m2m\n");
    }

    /** The browser is a thread: it has no session, signs in as the page does, and goes where the page would go. */
    @Test
    void a_person_signs_in_with_a_browser_and_later_without_one() {
        assertThat(python.python("""
                import glob, json, os, threading, time, urllib.parse, webbrowser
                import requests
                from databricks.sdk import WorkspaceClient
                os.environ['NO_PROXY'] = '127.0.0.1,localhost'
                host, token = os.environ['DATABRICKS_HOST'], os.environ.pop('DATABRICKS_TOKEN')
                visits = []

                def visit(url):
                    page = requests.Session()
                    there = page.get(url, allow_redirects=False).headers['Location']
                    assert there.startswith('/sign-in?next='), there
                    page.post(host + '/ui-api/session', json={'token': token}).raise_for_status()
                    back = urllib.parse.parse_qs(urllib.parse.urlparse(there).query)['next'][0]
                    answer = page.get(host + back, allow_redirects=False).headers['Location']
                    assert answer.startswith('http://localhost:8020/?code='), answer
                    for _ in range(600):
                        try:
                            requests.get(answer)
                            return
                        except requests.ConnectionError:
                            time.sleep(0.1)

                class Browser(webbrowser.BaseBrowser):
                    def open(self, url, new=0, autoraise=True):
                        visits.append(url)
                        threading.Thread(target=visit, args=(url,)).start()
                        return True

                webbrowser.register('thread', None, Browser(), preferred=True)
                w = WorkspaceClient(auth_type='external-browser')
                print(w.current_user.me().user_name, len(visits))
                print(WorkspaceClient(auth_type='external-browser').current_user.me().user_name, len(visits))
                for name in glob.glob(os.path.expanduser('~/.config/databricks-sdk-py/oauth/*.json')):
                    kept = json.load(open(name))
                    kept['token']['expiry'] = '2020-01-01T00:00:00.000000'
                    json.dump(kept, open(name, 'w'))
                print(WorkspaceClient(auth_type='external-browser').current_user.me().user_name, len(visits))
                """)).isEqualTo("""
                admin@slipway.local 1
                admin@slipway.local 1
                admin@slipway.local 1
                """);
    }
}
