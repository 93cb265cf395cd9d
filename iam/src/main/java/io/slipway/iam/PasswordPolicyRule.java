package io.slipway.iam;

import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.PasswordPolicy;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;

/**
 * What an account asks of passwords. Nobody signs in with them here, so that what is about their age is kept and told only.
 *
 * @param age days; empty: they do not grow old
 * @param kept how many earlier ones may not come again
 */
record PasswordPolicyRule(
        int shortest,
        boolean symbols,
        boolean numbers,
        boolean upper,
        boolean lower,
        boolean usersMayChange,
        Optional<Integer> age,
        Optional<Integer> kept,
        Optional<Boolean> hardExpiry) {
    private static final int LONGEST = 128;
    private static final int USUAL_SHORTEST = 6;
    private static final int OLDEST = 1_095;
    private static final int MOST_KEPT = 24;

    /** Where an account asks nothing of its own (IAM, default password policy). */
    private static final PasswordPolicyRule USUAL = new PasswordPolicyRule(
            8, false, false, false, false, false, Optional.empty(), Optional.empty(), Optional.empty());

    static PasswordPolicyRule of(IamCall call, Handle handle) {
        return call.records()
                .accounts()
                .passwordPolicy(handle, call.account())
                .map(text -> Json.read(text, PasswordPolicyRule.class))
                .orElse(USUAL);
    }

    static PasswordPolicyRule of(UpdateAccountPasswordPolicyRequest request) {
        List<String> problems = new ArrayList<>();
        range(problems, "minimumPasswordLength", request.minimumPasswordLength(), USUAL_SHORTEST, LONGEST);
        range(problems, "passwordReusePrevention", request.passwordReusePrevention(), 1, MOST_KEPT);
        range(problems, "maxPasswordAge", request.maxPasswordAge(), 1, OLDEST);
        if (!problems.isEmpty()) {
            throw Checks.unsatisfied(problems);
        }
        return new PasswordPolicyRule(
                Optional.ofNullable(request.minimumPasswordLength()).orElse(USUAL_SHORTEST),
                Boolean.TRUE.equals(request.requireSymbols()),
                Boolean.TRUE.equals(request.requireNumbers()),
                Boolean.TRUE.equals(request.requireUppercaseCharacters()),
                Boolean.TRUE.equals(request.requireLowercaseCharacters()),
                Boolean.TRUE.equals(request.allowUsersToChangePassword()),
                Optional.ofNullable(request.maxPasswordAge()),
                Optional.ofNullable(request.passwordReusePrevention()),
                Optional.ofNullable(request.hardExpiry()));
    }

    private static void range(List<String> problems, String field, @Nullable Integer value, int least, int most) {
        if (value != null && value > most) {
            problems.add(Checks.problem(field, "Member must have value less than or equal to " + most));
        } else if (value != null && value < least) {
            problems.add(Checks.problem(field, "Member must have value greater than or equal to " + least));
        }
    }

    PasswordPolicy shape() {
        PasswordPolicy.Builder shape = PasswordPolicy.builder()
                .minimumPasswordLength(shortest)
                .requireSymbols(symbols)
                .requireNumbers(numbers)
                .requireUppercaseCharacters(upper)
                .requireLowercaseCharacters(lower)
                .allowUsersToChangePassword(usersMayChange)
                .expirePasswords(age.isPresent());
        age.ifPresent(shape::maxPasswordAge);
        kept.ifPresent(shape::passwordReusePrevention);
        hardExpiry.ifPresent(shape::hardExpiry);
        return shape.build();
    }

    void check(String password) {
        require(password.length() >= shortest, "Password should have a minimum length of " + shortest);
        require(password.length() <= LONGEST, "Password should have a maximum length of " + LONGEST);
        require(!upper || has(password, "[A-Z]"), "Password should have at least one uppercase letter");
        require(!lower || has(password, "[a-z]"), "Password should have at least one lowercase letter");
        require(!numbers || has(password, "[0-9]"), "Password should have at least one number");
        require(!symbols || has(password, "[!@#$%^&*()_+\\-=\\[\\]{}|']"), "Password should have at least one symbol");
    }

    private static boolean has(String password, String character) {
        return password.matches("(?s).*" + character + ".*");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw IamFault.password(message);
        }
    }
}
