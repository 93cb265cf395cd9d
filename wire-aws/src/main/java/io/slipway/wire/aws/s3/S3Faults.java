package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.call.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Headers of a refusal: whoever refuses hands them over as the SDK has them, in the response of its details. */
final class S3Faults {
    private S3Faults() {}

    static List<Map.Entry<String, String>> headers(Throwable failure) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (Faults.cause(failure) instanceof AwsServiceException told) {
            Optional.ofNullable(told.awsErrorDetails())
                    .map(AwsErrorDetails::sdkHttpResponse)
                    .ifPresent(response -> response.forEachHeader((name, values) ->
                            values.forEach(value -> headers.add(Map.entry(name.toLowerCase(Locale.ROOT), value)))));
        }
        return headers;
    }
}
