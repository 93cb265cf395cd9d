package io.slipway.identity;

import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Arrays;
import java.util.Locale;

/** Ways to come in that a workspace gives to some and not to others (permissions API 2.0, {@code authorization/…}). */
public enum SignIn {
    /** Personal access tokens: who may make them. */
    TOKENS,
    /** Passwords: who may sign in with one. */
    PASSWORDS;

    /** By the word that addresses have. */
    public static SignIn named(String word) {
        return Arrays.stream(values())
                .filter(way -> way.word().equals(word))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("There is no authorization/" + word + "."));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Guarded of(WorkspaceId workspace) {
        return Guarded.alone(Ref.of(Kind.SIGN_IN, workspace, word()), word());
    }
}
