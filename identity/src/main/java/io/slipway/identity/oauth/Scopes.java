package io.slipway.identity.oauth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token is for. There is one that opens every door; a narrower one would be a promise that nobody keeps, so it is refused.
 *
 * @param lasting whether the program may renew it without asking the person again
 */
record Scopes(boolean lasting) {
    static final List<String> KNOWN = List.of("all-apis", "offline_access");

    static Scopes of(Optional<String> asked) {
        Set<String> words = new LinkedHashSet<>(List.of(asked.orElse("").strip().split("\\s+")));
        words.remove("");
        for (String word : words) {
            if (!KNOWN.contains(word)) {
                throw OauthError.INVALID_SCOPE.because(
                        "Scope " + word + " is not offered here; scopes are all-apis and offline_access.");
            }
        }
        return new Scopes(words.contains("offline_access"));
    }

    /** As it is written in rows and answers. */
    String text() {
        return lasting ? "all-apis offline_access" : "all-apis";
    }
}
