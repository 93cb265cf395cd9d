package io.slipway.wire.aws.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The ways to write one tree down. */
@SuppressWarnings("ImmutableEnumChecker") // Jackson's factories and readers do not change once they are made.
enum JsonForm {
    TEXT(
            new JsonFactoryBuilder()
                    .streamReadConstraints(limits())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build(),
            Format.UNIX_TIMESTAMP),
    /** As clients of Kinesis send it: {@code application/x-amz-cbor-1.1}. */
    CBOR_MILLIS(cbor(), Format.UNIX_TIMESTAMP_MILLIS),
    /** As Smithy's protocol has it: times are seconds with a tag. */
    CBOR_TAGGED(cbor(), Format.UNIX_TIMESTAMP);

    /** Deeper documents are attacks: values of DynamoDB, the deepest that there are, have 32 levels of three steps each. */
    private static final int DEEPEST = 200;

    private final JsonFactory factory;
    private final ObjectReader reader;
    private final Format times;

    JsonForm(JsonFactory factory, Format times) {
        this.factory = factory;
        this.reader = new ObjectMapper(factory)
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.times = times;
    }

    private static StreamReadConstraints limits() {
        return StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    }

    private static JsonFactory cbor() {
        return CBORFactory.builder()
                .streamReadConstraints(limits())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    boolean binary() {
        return this != TEXT;
    }

    JsonFactory factory() {
        return factory;
    }

    /** How times are written where a member does not say. */
    Format times() {
        return times;
    }

    JsonNode tree(byte[] body) {
        try {
            JsonNode tree = reader.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw Malformed.syntax("The body is empty.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            Malformed why = Malformed.syntax("The body is not " + (binary() ? "CBOR" : "JSON") + ".");
            why.initCause(e);
            throw why;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
