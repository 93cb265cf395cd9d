package io.slipway.wire.aws.signature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The text that stands for a request in its signature. */
final class CanonicalRequest {
    private static final String SIGNATURE = "X-Amz-Signature";

    private CanonicalRequest() {}

    static String of(SentRequest request, String path, SentQuery query, List<String> signedHeaders, String payload) {
        StringBuilder out = new StringBuilder(512);
        out.append(request.method()).append('\n');
        out.append(path).append('\n');
        out.append(query.canonical(name -> !name.equals(SIGNATURE))).append('\n');
        for (String name : signedHeaders) {
            out.append(name).append(':');
            String comma = "";
            for (String value : request.headers().all(name)) {
                out.append(comma);
                appendSqueezed(out, value);
                comma = ",";
            }
            out.append('\n');
        }
        out.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payload);
        return out.toString();
    }

    /** Without blanks at both ends; several within are one. */
    private static void appendSqueezed(StringBuilder out, String value) {
        boolean blank = false;
        int from = out.length();
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == ' ' || (each >= '\t' && each <= '\r')) {
                blank = true;
            } else {
                if (blank && out.length() > from) {
                    out.append(' ');
                }
                blank = false;
                out.append(each);
            }
        }
    }

    /**
     * The forms in which a path may have been signed. S3 signs what is sent; clients that send a character as it is have signed it
     * encoded. All others sign what is sent encoded once more, without empty parts and dots; or with them, as some clients do.
     */
    static Set<String> paths(String raw, Scope scope) {
        String sent = raw.isEmpty() ? "/" : raw;
        Set<String> paths = new LinkedHashSet<>();
        if (scope.ofS3()) {
            paths.add(sent);
            paths.add(Encoding.encoded(Encoding.decoded(sent, false), false));
        } else {
            paths.add(Encoding.encoded(normalised(sent), false));
        }
        return paths;
    }

    private static String normalised(String path) {
        Deque<String> steps = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.equals("..")) {
                steps.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                steps.addLast(part);
            }
        }
        String last = parts[parts.length - 1];
        boolean folder = !steps.isEmpty() && (last.isEmpty() || last.equals(".") || last.equals(".."));
        return "/" + String.join("/", steps) + (folder ? "/" : "");
    }
}
