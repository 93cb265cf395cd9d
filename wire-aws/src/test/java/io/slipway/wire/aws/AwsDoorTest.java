package io.slipway.wire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's own clients, unmodified, against services of each protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // Arrays of generic consumers, by which the SDK takes lists.
class AwsDoorTest {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private AwsServer server;

    @BeforeAll
    void start() {
        server = new AwsServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, AwsServer.SECRET);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String secret) {
        return builder.endpointOverride(URI.create(server.url()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(AwsServer.KEY, secret)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Test
    void services_of_json_are_spoken_with() {
        try (EmrClient emr = client(EmrClient.builder())) {
            String id = emr.runJobFlow(r -> r.name("größe")
                            .instances(i -> i.instanceCount(1))
                            .tags(t -> t.key("a").value("b")))
                    .jobFlowId();
            Cluster cluster = emr.describeCluster(r -> r.clusterId(id)).cluster();
            assertThat(cluster.name()).isEqualTo("größe");
            assertThat(cluster.tags().get(0).key()).isEqualTo("a");
            assertThat(cluster.status().timeline().creationDateTime().toEpochMilli())
                    .isEqualTo(1_700_000_000_123L);
            assertThatThrownBy(() -> emr.describeCluster(r -> r.clusterId("j-none")))
                    .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                        assertThat(e.awsErrorDetails().errorMessage()).contains("j-none");
                        assertThat(e.requestId()).isNotBlank();
                    });
        }
    }

    @Test
    void clients_that_send_binary_documents_get_binary_ones() {
        try (KinesisClient kinesis = client(KinesisClient.builder())) {
            assertThat(kinesis.putRecord(
                                    r -> r.streamName("s").partitionKey("p").data(SdkBytes.fromUtf8String("bytes")))
                            .sequenceNumber())
                    .isEqualTo("bytes");
        }
    }

    @Test
    void services_of_forms_are_spoken_with() {
        try (IamClient iam = client(IamClient.builder());
                StsClient sts = client(StsClient.builder());
                Ec2Client ec2 = client(Ec2Client.builder())) {
            assertThat(iam.createRole(r -> r.roleName("r")
                                    .assumeRolePolicyDocument("{\"a\": \"<&>\"}")
                                    .tags(t -> t.key("k").value("v w+x")))
                            .role()
                            .tags()
                            .get(0)
                            .value())
                    .isEqualTo("v w+x");
            assertThat(iam.getRole(r -> r.roleName("r")).role().assumeRolePolicyDocument())
                    .isEqualTo("{\"a\": \"<&>\"}");
            assertThatThrownBy(() -> iam.getRole(r -> r.roleName("none"))).isInstanceOf(NoSuchEntityException.class);
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
            assertThat(sts.getCallerIdentity().userId()).isEqualTo("us-east-1");
            assertThat(ec2.describeInstances(r -> r.filters(
                                    f -> f.name("x").values("1", "2"),
                                    f -> f.name("y").values("3")))
                            .reservations()
                            .get(0)
                            .instances()
                            .get(0)
                            .tags())
                    .extracting(tag -> tag.key() + "=" + tag.value())
                    .containsExactly("x=1+2", "y=3");
        }
    }

    @Test
    void services_of_rest_are_spoken_with() {
        try (LambdaClient lambda = client(LambdaClient.builder())) {
            assertThat(lambda.invoke(r -> r.functionName("f").payload(SdkBytes.fromUtf8String("{\"a\":1}")))
                            .payload()
                            .asUtf8String())
                    .isEqualTo("{\"got\":{\"a\":1}}");
            assertThatThrownBy(() -> lambda.invoke(r -> r.functionName("none").payload(SdkBytes.fromUtf8String("1"))))
                    .isInstanceOfSatisfying(
                            ResourceNotFoundException.class,
                            e -> assertThat(e.type()).isEqualTo("User"));
        }
    }

    @Test
    void the_log_of_calls_hears_what_is_asked_for_and_by_whom() {
        try (IamClient iam = client(IamClient.builder());
                IamClient stranger = client(IamClient.builder(), "wrong")) {
            iam.createRole(r -> r.roleName("heard").assumeRolePolicyDocument("{}"));
            assertThatThrownBy(() -> iam.getRole(r -> r.roleName("nobody"))).isInstanceOf(NoSuchEntityException.class);
            assertThatThrownBy(stranger::listUsers).isInstanceOf(AwsServiceException.class);
        }
        assertThat(server.heard)
                .contains(
                        "begin POST /iam/CreateRole",
                        "end POST /iam/CreateRole 200 arn:aws:iam::123456789012:root",
                        "end POST /iam/GetRole 404 arn:aws:iam::123456789012:root",
                        "refused 403");
    }

    @Test
    void who_needs_no_key_is_served_without_one() {
        try (StsClient sts = client(StsClient.builder())) {
            assertThat(sts.assumeRoleWithWebIdentity(r -> r.roleArn("arn:aws:iam::123456789012:role/r")
                                    .roleSessionName("s")
                                    .webIdentityToken("token"))
                            .audience())
                    .isEqualTo("ANONYMOUS");
        }
    }

    @Test
    void what_nobody_has_implemented_is_told_and_not_tried_again() {
        try (IamClient iam = client(IamClient.builder());
                EmrClient emr = client(EmrClient.builder());
                LambdaClient lambda = client(LambdaClient.builder());
                Ec2Client ec2 = client(Ec2Client.builder())) {
            refused(iam::listUsers, 501, "NotImplemented");
            refused(emr::listClusters, 501, "NotImplemented");
            refused(lambda::listFunctions, 501, "NotImplemented");
            refused(ec2::describeVpcs, 501, "NotImplemented");
        }
    }

    @Test
    void a_wrong_secret_is_told_as_each_protocol_tells_it() {
        try (IamClient iam = client(IamClient.builder(), "wrong");
                EmrClient emr = client(EmrClient.builder(), "wrong");
                LambdaClient lambda = client(LambdaClient.builder(), "wrong");
                Ec2Client ec2 = client(Ec2Client.builder(), "wrong")) {
            refused(iam::listUsers, 403, "SignatureDoesNotMatch");
            refused(emr::listClusters, 400, "InvalidSignatureException");
            refused(lambda::listFunctions, 403, "InvalidSignatureException");
            refused(ec2::describeVpcs, 403, "SignatureDoesNotMatch");
        }
    }

    private static void refused(Runnable call, int status, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @Test
    void requests_of_others_are_not_taken_for_those_of_aws() throws IOException, InterruptedException {
        HttpRequest.Builder plain = HttpRequest.newBuilder(URI.create(server.url() + "/api/2.1/jobs/create"));
        HttpResponse<String> told = send(plain.header("authorization", "Bearer token")
                .header("x-amz-cf-id", "of a proxy")
                .header("x-amz-date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}")));
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("\"a\":1");
        HttpResponse<String> hidden = send(HttpRequest.newBuilder(URI.create(server.url() + "/.aws"))
                .header("x-slipway-target", "guessed /bucket/key"));
        assertThat(hidden.statusCode()).isEqualTo(404);
    }

    @Test
    void a_request_that_nobody_has_signed_is_refused_in_the_form_of_its_protocol()
            throws IOException, InterruptedException {
        Map<String, String> types = Map.of(
                "application/x-www-form-urlencoded", "MissingAuthenticationToken<",
                "application/x-amz-json-1.1", "MissingAuthenticationTokenException\"");
        for (Map.Entry<String, String> each : types.entrySet()) {
            HttpRequest.Builder unsigned = HttpRequest.newBuilder(URI.create(server.url() + "/"))
                    .header("content-type", each.getKey())
                    .header("amz-sdk-invocation-id", "1")
                    .POST(HttpRequest.BodyPublishers.ofString("Action=ListUsers&Version=2010-05-08"));
            if (each.getKey().contains("json")) {
                unsigned.header("x-amz-target", "ElasticMapReduce.ListClusters");
            }
            assertThat(send(unsigned).body()).contains(each.getValue());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
