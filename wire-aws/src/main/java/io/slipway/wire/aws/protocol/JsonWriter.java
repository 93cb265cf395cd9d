package io.slipway.wire.aws.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes records as JSON or CBOR. */
final class JsonWriter {
    private static final int TIME = 1;

    private final JsonForm form;

    JsonWriter(JsonForm form) {
        this.form = form;
    }

    /** Writes one document. */
    interface Content {
        void to(JsonGenerator out) throws IOException;
    }

    byte[] document(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = form.factory().createGenerator(bytes)) {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] document(SdkPojo shape) {
        return document(out -> structure(out, shape));
    }

    byte[] document(SdkField<?> field, Object value) {
        return document(out -> value(out, field, value));
    }

    private void structure(JsonGenerator out, SdkPojo shape) throws IOException {
        out.writeStartObject();
        members(out, shape);
        out.writeEndObject();
    }

    /** What belongs into the body, without the braces around it. */
    void members(JsonGenerator out, SdkPojo shape) throws IOException {
        for (SdkField<?> field : shape.sdkFields()) {
            Optional<Object> value = Shapes.inBody(field) ? Shapes.value(field, shape) : Optional.empty();
            if (value.isPresent()) {
                out.writeFieldName(field.unmarshallLocationName());
                value(out, field, value.get());
            }
        }
    }

    private void value(JsonGenerator out, SdkField<?> field, Object value) throws IOException {
        if (value instanceof SdkPojo shape) {
            structure(out, shape);
        } else if (value instanceof Document document) {
            document(out, document);
        } else if (value instanceof List<?> list) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            out.writeStartArray();
            for (Object each : list) {
                element(out, member, each);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            out.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.writeFieldName(String.valueOf(each.getKey()));
                element(out, member, each.getValue());
            }
            out.writeEndObject();
        } else {
            scalar(out, field, value);
        }
    }

    private void element(JsonGenerator out, SdkField<?> member, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            value(out, member, value);
        }
    }

    private void scalar(JsonGenerator out, SdkField<?> field, Object value) throws IOException {
        if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            real(out, (Number) value);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Instant time) {
            time(out, field, time);
        } else if (value instanceof SdkBytes bytes) {
            if (form.binary()) {
                out.writeBinary(bytes.asByteArrayUnsafe());
            } else {
                out.writeString(Scalars.write(field, bytes, form.times()));
            }
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    private void real(JsonGenerator out, Number number) throws IOException {
        double value = number.doubleValue();
        if (!Double.isFinite(value) && !form.binary()) {
            out.writeString(String.valueOf(value));
        } else if (number instanceof Float single) {
            out.writeNumber(single);
        } else {
            out.writeNumber(value);
        }
    }

    private void time(JsonGenerator out, SdkField<?> field, Instant time) throws IOException {
        if (out instanceof CBORGenerator cbor && form == JsonForm.CBOR_TAGGED) {
            cbor.writeTag(TIME);
            BigDecimal seconds = Scalars.seconds(time);
            if (seconds.scale() <= 0) {
                cbor.writeNumber(seconds.longValueExact());
            } else {
                cbor.writeNumber(seconds.doubleValue());
            }
            return;
        }
        Format format = form.binary() ? form.times() : Scalars.format(field, form.times());
        switch (format) {
            case UNIX_TIMESTAMP -> out.writeNumber(Scalars.seconds(time));
            case UNIX_TIMESTAMP_MILLIS -> out.writeNumber(time.toEpochMilli());
            default -> out.writeString(Scalars.time(time, format));
        }
    }

    private static void document(JsonGenerator out, Document document) throws IOException {
        if (document.isMap()) {
            out.writeStartObject();
            for (Map.Entry<String, Document> each : document.asMap().entrySet()) {
                out.writeFieldName(each.getKey());
                document(out, each.getValue());
            }
            out.writeEndObject();
        } else if (document.isList()) {
            out.writeStartArray();
            for (Document each : document.asList()) {
                document(out, each);
            }
            out.writeEndArray();
        } else if (document.isNumber()) {
            out.writeNumber(document.asNumber().bigDecimalValue());
        } else if (document.isBoolean()) {
            out.writeBoolean(document.asBoolean());
        } else if (document.isNull()) {
            out.writeNull();
        } else {
            out.writeString(document.asString());
        }
    }
}
