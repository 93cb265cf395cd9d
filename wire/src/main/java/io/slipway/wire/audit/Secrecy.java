package io.slipway.wire.audit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may not be written down: by the names of fields, by the routes that take nothing else, and by how a value looks. */
final class Secrecy {
    static final String STRUCK = "[REDACTED]";

    /** Fields that hold secrets, or what people have written, whatever else their names say. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|passphrase|secret|token|credential|authorization|cookie|bearer|jwt|assertion"
                    + "|privatekey|accesskey|secretkey|apikey|accountkey|sharedkey|signature|(string|bytes)value"
                    + "|codeverifier|codechallenge|connectionstring|^code$|^state$|^contents?$|^data$|^text$|^command$"
                    + "|^query$|^script$|^stdin$|^sas|\\bsas\\b|^value$|^ticket$|^nonce$|^pin$");

    /** Names like those that hold no secret. */
    private static final Set<String> HARMLESS = Set.of(
            "tokenid",
            "pagetoken",
            "nextpagetoken",
            "prevpagetoken",
            "idempotencytoken",
            "tokentype",
            "maxtokenlifetimedays",
            "enabletokensconfig",
            "secretid",
            "tokens",
            "updatemask");

    /** How secrets look wherever they stand: our tokens and those of others, private keys, names and passwords in addresses. */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "dapi[0-9a-f]{16,}|dose[0-9a-f]{16,}|\\beyJ[\\w-]{8,}\\.[\\w-]{4,}[\\w.-]*|\\bA[KS]IA[A-Z0-9]{12,}"
                    + "|\\bgh[pousr]_\\w{20,}|-----BEGIN[\\s\\S]*|(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)"
                    + "|(?i)\\b(?:bearer|basic)\\s+[\\w+/=.~-]{8,}"
                    + "|(?i)(?<=(?:password|secret|token|pwd|sig)=)[^&;\\s\"']+");

    /** Of routes by which people and programs come in: all that may be told. */
    private static final Set<String> SIGN_IN_FIELDS = Set.of(
            "user_name",
            "user_id",
            "grant_type",
            "client_id",
            "scope",
            "redirect_uri",
            "response_type",
            "code_challenge_method",
            "account",
            "subject_token_type",
            "requested_token_type");

    private static final Pattern SIGN_IN = Pattern.compile(
            "\\w+ (/ui-api/(session|password|invitation|invitations|sign-in-links|provider)|/oidc/.*/(token|authorize))");

    /** Routes whose bodies are content and no parameters. */
    private static final Pattern CONTENT =
            Pattern.compile("POST (/api/2\\.\\d/(preview/)?workspace-files/import-file/.*|/agent/.*)");

    /** Maps whose values are whatever people put there. */
    private static final Set<String> ENVIRONMENTS = Set.of("sparkenvvars", "envvars", "environmentvariables");

    private Secrecy() {}

    /** Without what separates words, in small letters. */
    static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (Character.isLetterOrDigit(each)) {
                folded.append(Character.toLowerCase(each));
            }
        }
        return folded.toString();
    }

    static boolean secret(String name) {
        String folded = folded(name);
        return !HARMLESS.contains(folded)
                && (SECRET_NAME.matcher(folded).find()
                        || name.toLowerCase(Locale.ROOT).matches(".*\\bsas\\b.*"));
    }

    static boolean environment(String name) {
        return ENVIRONMENTS.contains(folded(name));
    }

    static boolean content(String route) {
        return CONTENT.matcher(route).matches();
    }

    static boolean signIn(String route) {
        return SIGN_IN.matcher(route).matches();
    }

    static boolean told(String field) {
        return SIGN_IN_FIELDS.contains(field);
    }

    /** Without what looks like a secret. */
    static String without(String value) {
        return value.length() < 8 ? value : SECRET_VALUE.matcher(value).replaceAll(STRUCK);
    }
}
