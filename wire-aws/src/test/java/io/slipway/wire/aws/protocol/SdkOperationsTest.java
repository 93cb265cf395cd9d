package io.slipway.wire.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

class SdkOperationsTest {
    private static List<Arguments> services() {
        return List.of(
                Arguments.of(IamClient.class, List.of()),
                Arguments.of(StsClient.class, List.of()),
                Arguments.of(
                        S3Client.class,
                        List.of("GetObject", "GetObjectTorrent", "PutObject", "UploadPart", "WriteGetObjectResponse")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_operation_that_does_not_stream_can_be_called(Class<?> client, List<String> streaming) {
        SdkOperations operations = new SdkOperations(client);
        assertThat(operations.all().stream()
                        .map(Operation::name)
                        .filter(name ->
                                operations.find(name).orElseThrow().method().isEmpty()))
                .containsExactlyInAnyOrderElementsOf(streaming);
    }
}
