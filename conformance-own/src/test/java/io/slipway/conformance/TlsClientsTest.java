package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.commons.CommonsHttpClient;
import com.databricks.sdk.service.iam.MeRequest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The SDKs of a team, which trust the platform's own authority and are told when they ask too often. */
@ExtendWith(OneMoreCluster.class)
class TlsClientsTest {
    private static final int PER_SECOND = 20;

    @TempDir
    static Path folder;

    private static PlatformProcess platform;

    @BeforeAll
    static void start() {
        platform = PlatformProcess.startWithTls("rate.limit = " + PER_SECOND + "\n");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            known.setCertificateEntry(
                    "slipway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static WorkspaceClient java() throws Exception {
        CommonsHttpClient http = new CommonsHttpClient.Builder()
                .withTimeoutSeconds(60)
                .withConnectionManager(
                        new PoolingHttpClientConnectionManager(RegistryBuilder.<ConnectionSocketFactory>create()
                                .register("https", new SSLConnectionSocketFactory(trusting(platform.authority())))
                                .build()))
                .build();
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(platform.tlsUrl())
                .setToken(platform.token())
                .setAuthType("pat")
                .setHttpClient(http));
    }

    private static PythonClients python() {
        String authority = platform.authority().toString();
        return new PythonClients(folder, platform.tlsUrl(), platform.token(), Map.of("REQUESTS_CA_BUNDLE", authority));
    }

    @Test
    void the_sdk_for_python_waits_when_it_is_told_to_and_every_call_is_answered() {
        assertThat(python().python("""
                        import logging
                        from concurrent.futures import ThreadPoolExecutor
                        from databricks.sdk import WorkspaceClient
                        told = []
                        class Listener(logging.Handler):
                            def emit(self, record):
                                if 'Retry' in record.getMessage() or '429' in record.getMessage():
                                    told.append(record.getMessage())
                        log = logging.getLogger('databricks.sdk')
                        log.setLevel(logging.DEBUG)
                        log.addHandler(Listener())
                        w = WorkspaceClient()
                        names = set()
                        # As many at once as there are a second: however slow the machine is, soon one comes too early.
                        with ThreadPoolExecutor(%1$d) as pool:
                            for _ in range(100):
                                asked = [pool.submit(lambda: w.current_user.me().user_name) for _ in range(8 * %1$d)]
                                names |= {each.result() for each in asked}
                                if told:
                                    break
                        assert told
                        print(names)
                        """.formatted(PER_SECOND))).contains("{'admin@slipway.local'}");
    }

    @Test
    void the_sdk_for_java_trusts_the_authority_and_nobody_else_does() throws Exception {
        assertThat(java().currentUser().me(new MeRequest()).getUserName()).isEqualTo("admin@slipway.local");
        HttpRequest strangers =
                HttpRequest.newBuilder(URI.create(platform.tlsUrl())).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(strangers, HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void code_on_a_cluster_reaches_the_platform_and_is_told_where_people_find_it() throws Exception {
        WorkspaceClient client = java();
        String cluster = platform.cluster(SharedPlatform.singleNode("secure"));
        try (Repl repl = new Repl(client, cluster)) {
            assertThat(repl.python("""
                            from databricks.sdk import WorkspaceClient
                            w = WorkspaceClient()
                            names = {w.current_user.me().user_name for _ in range(%d)}
                            print(names, w.config.host, spark.conf.get('spark.databricks.workspaceUrl'))
                            """.formatted(8 * PER_SECOND)))
                    .contains("{'admin@slipway.local'}")
                    .contains(platform.url())
                    .contains("127.0.0.1:" + platform.tlsUrl().replaceAll(".*:", ""));
            assertThat(repl.sql("SHOW SCHEMAS IN main")).contains("default");
        }
    }
}
