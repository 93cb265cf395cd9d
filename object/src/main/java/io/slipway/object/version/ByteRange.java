package io.slipway.object.version;

import io.slipway.object.fault.S3Fault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Some bytes of an object. */
record ByteRange(long from, long length) {
    private static final Pattern FORM = Pattern.compile("bytes\\s*=\\s*([0-9]*)-([0-9]*)\\s*");

    /** What a header asks for; empty: all, as also where it has a form that S3 does not know. Throws InvalidRange. */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE : number(form.group(2));
        if (form.group(1).isEmpty()) {
            long count = Math.min(last, size);
            if (count == 0) {
                throw unsatisfiable(header, size);
            }
            return Optional.of(new ByteRange(size - count, count));
        }
        long first = number(form.group(1));
        if (first > last) {
            return Optional.empty();
        }
        if (first >= size) {
            throw unsatisfiable(header, size);
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1) - first + 1));
    }

    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static RuntimeException unsatisfiable(String header, long size) {
        return S3Fault.of(416, "InvalidRange", "The requested range is not satisfiable")
                .with("ActualObjectSize", size)
                .with("RangeRequested", header)
                .exception();
    }

    /** As the answer tells it. */
    String told(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
