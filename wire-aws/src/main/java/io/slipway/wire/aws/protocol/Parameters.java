package io.slipway.wire.aws.protocol;

import io.slipway.wire.aws.signature.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parameters of a query or a form, decoded, in the order in which they came; a name may come again. */
public record Parameters(List<Parameter> all) {
    private static final int MOST = 100_000;

    /** @param valued whether there was an equals sign */
    public record Parameter(String name, String value, boolean valued) {}

    public Parameters {
        all = List.copyOf(all);
    }

    public static Parameters of(String raw) {
        List<Parameter> all = new ArrayList<>();
        for (int from = 0; from < raw.length(); ) {
            int end = raw.indexOf('&', from);
            end = end < 0 ? raw.length() : end;
            if (end > from) {
                int equals = raw.indexOf('=', from);
                boolean valued = equals >= 0 && equals < end;
                String name = decoded(raw.substring(from, valued ? equals : end), true);
                all.add(new Parameter(name, valued ? decoded(raw.substring(equals + 1, end), true) : "", valued));
            }
            if (all.size() > MOST) {
                throw Malformed.syntax("There are more than " + MOST + " parameters.");
            }
            from = end + 1;
        }
        return new Parameters(all);
    }

    static String decoded(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        return utf8(Encoding.decoded(text, plusIsSpace));
    }

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            Malformed why = Malformed.syntax("A text is not UTF-8.");
            why.initCause(e);
            throw why;
        }
    }

    public Optional<String> first(String name) {
        for (Parameter each : all) {
            if (each.name().equals(name)) {
                return Optional.of(each.value());
            }
        }
        return Optional.empty();
    }

    List<String> values(String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }
}
