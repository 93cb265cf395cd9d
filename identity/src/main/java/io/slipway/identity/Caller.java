package io.slipway.identity;

/**
 * Who asks. Always a parameter, never a thread local.
 *
 * @param userId number of the user row; 0 for the platform itself
 * @param userName the e-mail-like login name
 * @param admin member of the group of administrators
 */
public record Caller(long userId, String userName, boolean admin) {
    /** The platform's own hand: reconcilers act with it. */
    public static final Caller SYSTEM = new Caller(0, "system", true);

    /** Whoever asks where nobody has to say who they are. */
    public static final Caller NOBODY = new Caller(0, "nobody", false);
}
