package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.signature.Encoding;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Keys in lists with {@code encoding-type=url}: XML cannot have every character that a key can (S3, ListObjectsV2). The SDK's own client
 * takes that off again, so the interface has keys as they are.
 */
final class EncodedLists {
    private static final Set<String> TEXTS =
            Set.of("Key", "Prefix", "Delimiter", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker");

    private EncodedLists() {}

    static SdkPojo told(SdkPojo answer) {
        boolean wanted = answer.sdkFields().stream()
                .anyMatch(field ->
                        field.memberName().equals("EncodingType") && "url".equals(field.getValueOrDefault(answer)));
        return wanted ? encoded(answer) : answer;
    }

    private static SdkPojo encoded(SdkPojo plain) {
        Object builder = ((ToCopyableBuilder<?, ?>) plain).toBuilder();
        for (SdkField<?> field : plain.sdkFields()) {
            Object value = field.getValueOrDefault(plain);
            if (value instanceof String text && TEXTS.contains(field.memberName())) {
                field.set(builder, Encoding.encoded(text, false));
            } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof SdkPojo) {
                field.set(
                        builder,
                        list.stream().map(each -> encoded((SdkPojo) each)).toList());
            }
        }
        return (SdkPojo) ((Buildable) builder).build();
    }
}
