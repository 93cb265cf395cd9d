package io.slipway.wire.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.slipway.wire.aws.signature.SentHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** Whatever a client sends that cannot be read is its own fault, and is told so. */
class MalformedTest {
    private static final Map<Class<?>, SdkOperations> KNOWN = new ConcurrentHashMap<>();
    private static final String BUCKET_XML = "<Delete><Object><Key>a</Key></Object></Delete>";

    private static Object read(Class<?> client, Protocol protocol, String operation, String type, byte[] body) {
        Operation found = KNOWN.computeIfAbsent(client, SdkOperations::new)
                .find(operation)
                .orElseThrow()
                .operation();
        WireRequest request =
                new WireRequest("POST", "/", Parameters.of(""), SentHeaders.of("content-type", type), body);
        return Codec.of(protocol, "").read(found, Map.of("Bucket", "b"), request);
    }

    private static Object emr(String body) {
        return read(EmrClient.class, Protocol.AWS_JSON_1_1, "RunJobFlow", "application/x-amz-json-1.1", bytes(body));
    }

    private static Object ec2(String body) {
        return read(
                Ec2Client.class, Protocol.EC2_QUERY, "RunInstances", "application/x-www-form-urlencoded", bytes(body));
    }

    private static Object iam(String body) {
        return read(IamClient.class, Protocol.QUERY, "CreateRole", "application/x-www-form-urlencoded", bytes(body));
    }

    private static Object s3(String body) {
        return read(S3Client.class, Protocol.REST_XML, "DeleteObjects", "application/xml", bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(Runnable call, String kind) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.kind()).isEqualTo(Malformed.Kind.valueOf(kind)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Name\": \"a\" | SYNTAX",
                "[] | SYNTAX",
                "{} {} | SYNTAX",
                "{\"Name\": \"a\", \"Name\": \"b\"} | SYNTAX",
                "{\"Name\": 1} | VALUE",
                "{\"Name\": {}} | VALUE",
                "{\"StepConcurrencyLevel\": \"1\"} | VALUE",
                "{\"StepConcurrencyLevel\": 1.5} | VALUE",
                "{\"StepConcurrencyLevel\": 2147483648} | VALUE",
                "{\"StepConcurrencyLevel\": 1e999999999} | VALUE",
                "{\"VisibleToAllUsers\": \"true\"} | VALUE",
                "{\"Tags\": {}} | VALUE",
                "{\"Tags\": [null]} | VALUE",
                "{\"Instances\": []} | VALUE",
                "{\"NoSuchMember\": 1} | UNKNOWN_MEMBER"
            })
    void documents_of_json_that_cannot_be_read_are_refused(String body, String kind) {
        refused(() -> emr(body), kind);
    }

    @Test
    void a_whole_number_may_be_written_with_a_point_and_null_is_nothing() {
        RunJobFlowRequest request =
                (RunJobFlowRequest) emr("{\"Name\": null, \"StepConcurrencyLevel\": 2.0, \"__type\": \"x\"}");
        assertThat(request.stepConcurrencyLevel()).isEqualTo(2);
        assertThat(request.name()).isNull();
    }

    @Test
    void documents_that_are_too_deep_are_refused() {
        refused(() -> emr("{\"Tags\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}"), "SYNTAX");
        refused(() -> s3("<a>".repeat(100_000) + "</a>".repeat(100_000)), "SYNTAX");
        refused(() -> iam("a" + ".a".repeat(100_000) + "=1"), "SYNTAX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete>",
                "",
                "no xml",
                "<!DOCTYPE Delete><Delete><Object><Key>a</Key></Object></Delete>",
                "<!DOCTYPE Delete [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Delete><Object><Key>&b;</Key></Object></Delete>",
                "<!DOCTYPE Delete [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&a;</Key></Object></Delete>",
                "<Delete><Object><Key>&unknown;</Key></Object></Delete>",
                "<Delete><Quiet>true</Quiet><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>",
                "<Delete xmlns:x=\"u\"><y:Object/></Delete>"
            })
    void documents_of_xml_that_cannot_be_read_are_refused(String body) {
        assertThatThrownBy(() -> s3(body)).isInstanceOf(Malformed.class);
    }

    @Test
    void what_is_not_in_the_schema_of_a_document_is_refused() {
        refused(() -> s3("<Delete><Object><Key>a</Key></Object><More/></Delete>"), "UNKNOWN_MEMBER");
        refused(() -> s3("<Delete><Object/></Delete>"), "MISSING");
        refused(() -> s3("<Delete><Quiet>maybe</Quiet><Object><Key>a</Key></Object></Delete>"), "VALUE");
        refused(() -> s3("<Delete><Object><Key><a/></Key></Object></Delete>"), "VALUE");
        assertThat(s3(BUCKET_XML)).asString().contains("Key=a");
    }

    @ParameterizedTest
    @CsvSource({
        "RoleName=a&RoleName=b, SYNTAX",
        "RoleName=%ff, SYNTAX",
        "RoleName.member.1=a, VALUE",
        "MaxSessionDuration=1x, VALUE",
        "MaxSessionDuration=99999999999, VALUE",
        "Tags=a, VALUE",
        "Tags.member.x.Key=a, VALUE",
        "Tags.member.1=a, VALUE",
        "Unknown=1, UNKNOWN_MEMBER",
        "Tags.member.1.Unknown=1, UNKNOWN_MEMBER"
    })
    void forms_that_cannot_be_read_are_refused(String body, String kind) {
        refused(() -> iam("Action=CreateRole&Version=2010-05-08&" + body), kind);
    }

    @Test
    void lists_of_forms_may_have_gaps_and_large_numbers_cost_nothing() {
        RunInstancesRequest request =
                (RunInstancesRequest) ec2("SecurityGroupId.999999999=b&SecurityGroupId.3=a&MinCount=1");
        assertThat(request.securityGroupIds()).containsExactly("a", "b");
        assertThat(request.minCount()).isEqualTo(1);
    }

    @Test
    void binary_documents_are_read_as_strictly() throws Exception {
        ObjectMapper cbor = new ObjectMapper(new CBORFactory());
        String type = "application/x-amz-cbor-1.1";
        byte[] good = cbor.writeValueAsBytes(Map.of("StreamName", "s", "Data", bytes("d"), "PartitionKey", "p"));
        PutRecordRequest request =
                (PutRecordRequest) read(KinesisClient.class, Protocol.AWS_JSON_1_1, "PutRecord", type, good);
        assertThat(request.data().asUtf8String()).isEqualTo("d");
        byte[] text = cbor.writeValueAsBytes(Map.of("Data", "ZA=="));
        refused(() -> read(KinesisClient.class, Protocol.AWS_JSON_1_1, "PutRecord", type, text), "VALUE");
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        refused(() -> read(KinesisClient.class, Protocol.AWS_JSON_1_1, "PutRecord", type, cut), "SYNTAX");
    }

    /** Bytes changed at random are read, or refused as malformed; nothing else happens. */
    @Test
    void no_bytes_are_a_fault_of_ours() throws Exception {
        Random random = new Random(7);
        byte[] json = bytes(
                "{\"Name\":\"a\",\"Instances\":{\"InstanceCount\":3,\"InstanceGroups\":[{\"BidPrice\":\"1\"}]},"
                        + "\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}],\"VisibleToAllUsers\":true,\"AutoTerminationPolicy\":{\"IdleTimeout\":9}}");
        byte[] form = bytes("RoleName=a&Tags.member.1.Key=k&Tags.member.1.Value=v&MaxSessionDuration=3600");
        byte[] xml = bytes(
                "<Delete xmlns=\"u\"><Object><Key>a&amp;b</Key><VersionId>1</VersionId></Object><Quiet>true</Quiet></Delete>");
        byte[] cbor = new ObjectMapper(new CBORFactory())
                .writeValueAsBytes(Map.of("StreamName", "s", "Data", bytes("d"), "PartitionKey", "p"));
        for (int i = 0; i < 500; i++) {
            attempt(() -> read(EmrClient.class, Protocol.AWS_JSON_1_1, "RunJobFlow", "", changed(json, random)));
            attempt(() -> read(IamClient.class, Protocol.QUERY, "CreateRole", "", changed(form, random)));
            attempt(() -> read(S3Client.class, Protocol.REST_XML, "DeleteObjects", "", changed(xml, random)));
            attempt(() -> read(
                    KinesisClient.class,
                    Protocol.AWS_JSON_1_1,
                    "PutRecord",
                    "application/x-amz-cbor-1.1",
                    changed(cbor, random)));
        }
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (Malformed expected) {
            assertThat(expected.message()).isNotBlank();
        }
    }

    private static byte[] changed(byte[] from, Random random) {
        byte[] other = from.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return other;
    }
}
