package io.slipway.wire.aws.signature;

import io.slipway.kit.PlatformException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says of its signature.
 *
 * @param life for presigned ones: how long it is good, from {@code at}
 */
record ShownSignature(
        Scope scope,
        List<String> signedHeaders,
        String signature,
        Instant at,
        String timestamp,
        Optional<Duration> life,
        Optional<String> token,
        boolean presigned) {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final String SCOPE_FORM = "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";

    /** Empty: the request is not signed. */
    static Optional<ShownSignature> of(SentRequest request, SentQuery query) {
        List<String> authorization = request.headers().all("authorization");
        boolean inQuery = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature") || query.has("X-Amz-Credential");
        if (inQuery && !authorization.isEmpty()) {
            throw Refusal.INVALID_ARGUMENT.because(
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                            + "Signature query string parameter or the Authorization header should be specified");
        }
        if (authorization.size() > 1) {
            throw malformed("there is more than one.");
        }
        if (inQuery) {
            return Optional.of(ofQuery(query));
        }
        return authorization.stream().findFirst().map(text -> ofHeader(text.strip(), request.headers()));
    }

    static PlatformException unsupported() {
        return Refusal.INVALID_REQUEST.because(
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }

    private static PlatformException malformed(String why) {
        return Refusal.AUTHORIZATION_HEADER_MALFORMED.because("The authorization header is malformed; " + why);
    }

    private static ShownSignature ofHeader(String text, SentHeaders headers) {
        if (!text.startsWith(Signing.ALGORITHM + " ")) {
            throw unsupported();
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : text.substring(Signing.ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0
                    || parts.put(
                                    part.substring(0, equals).strip(),
                                    part.substring(equals + 1).strip())
                            != null) {
                throw malformed("it is no list of Credential, SignedHeaders and Signature.");
            }
        }
        String credential = need(parts, "Credential");
        Scope scope = Scope.of(credential).orElseThrow(() -> malformed("the Credential is mal-formed; " + SCOPE_FORM));
        String signature = need(parts, "Signature");
        if (!SIGNATURE.matcher(signature).matches()) {
            throw malformed("the Signature is no SHA-256 in small hexadecimal digits.");
        }
        Instant at = moment(headers);
        String timestamp = BASIC.format(at.atOffset(ZoneOffset.UTC));
        if (!timestamp.startsWith(scope.date())) {
            throw malformed("Invalid credential date \"" + scope.date()
                    + "\". This date is not the same as X-Amz-Date: \"" + timestamp.substring(0, 8) + "\".");
        }
        return new ShownSignature(
                scope,
                names(need(parts, "SignedHeaders")),
                signature,
                at,
                timestamp,
                Optional.empty(),
                headers.first("x-amz-security-token"),
                false);
    }

    private static String need(Map<String, String> parts, String name) {
        return Optional.ofNullable(parts.get(name))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> malformed("missing " + name + "."));
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(";", -1))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Instant moment(SentHeaders headers) {
        Optional<String> amz = headers.first("x-amz-date");
        return amz.map(ShownSignature::basic)
                .orElseGet(() -> headers.first("date").flatMap(ShownSignature::ofDate))
                .orElseThrow(() ->
                        Refusal.ACCESS_DENIED.because("AWS authentication requires a valid Date or x-amz-date header"));
    }

    private static Optional<Instant> ofDate(String text) {
        Optional<Instant> basic = basic(text);
        if (basic.isPresent()) {
            return basic;
        }
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> basic(String text) {
        if (!TIMESTAMP.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ShownSignature ofQuery(SentQuery query) {
        Optional<String> algorithm = query.single("X-Amz-Algorithm");
        if (algorithm.filter(each -> !each.equals(Signing.ALGORITHM)).isPresent()) {
            throw wrongQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        if (algorithm.isEmpty()) {
            throw incomplete();
        }
        Scope scope = Scope.of(need(query, "X-Amz-Credential"))
                .orElseThrow(() -> wrongQuery(
                        "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; " + SCOPE_FORM));
        String timestamp = need(query, "X-Amz-Date");
        Instant at = basic(timestamp)
                .orElseThrow(
                        () -> wrongQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""));
        if (!timestamp.startsWith(scope.date())) {
            throw wrongQuery("Invalid credential date \"" + scope.date()
                    + "\". This date is not the same as X-Amz-Date: \"" + timestamp.substring(0, 8) + "\".");
        }
        String signature = need(query, "X-Amz-Signature");
        if (!SIGNATURE.matcher(signature).matches()) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(SignatureCheck.NO_MATCH);
        }
        Optional<Duration> life = !scope.ofS3() && !query.has("X-Amz-Expires")
                ? Optional.empty()
                : Optional.of(life(need(query, "X-Amz-Expires")));
        if (query.has("X-Amz-Security-Token")
                && query.single("X-Amz-Security-Token").isEmpty()) {
            throw incomplete();
        }
        return new ShownSignature(
                scope,
                names(need(query, "X-Amz-SignedHeaders")),
                signature,
                at,
                timestamp,
                life,
                query.single("X-Amz-Security-Token"),
                true);
    }

    private static Duration life(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw wrongQuery("X-Amz-Expires should be a number");
        }
        Duration life = Duration.ofSeconds(Long.parseLong(text));
        if (life.isNegative()) {
            throw wrongQuery("X-Amz-Expires must be non-negative");
        }
        if (life.compareTo(LONGEST) > 0) {
            throw wrongQuery(
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
                            + "less than 604800 seconds");
        }
        return life;
    }

    private static String need(SentQuery query, String name) {
        return query.single(name).filter(text -> !text.isEmpty()).orElseThrow(ShownSignature::incomplete);
    }

    private static PlatformException incomplete() {
        return wrongQuery("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }

    private static PlatformException wrongQuery(String message) {
        return Refusal.AUTHORIZATION_QUERY_PARAMETERS_ERROR.because(message);
    }
}
