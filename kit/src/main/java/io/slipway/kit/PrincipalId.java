package io.slipway.kit;

/** Number of whoever can act, own or be given rights: a user, a group, the platform itself. Names change, this does not. */
public record PrincipalId(long number) {
    /** The platform's own hand. */
    public static final PrincipalId SYSTEM = new PrincipalId(0);

    /** The group of those who administer the workspace that is spoken of. */
    public static final PrincipalId ADMINS = new PrincipalId(1);

    /** The group of all who may use the account. */
    public static final PrincipalId ACCOUNT_USERS = new PrincipalId(2);

    /** The group of all who are in the workspace that is spoken of. */
    public static final PrincipalId USERS = new PrincipalId(3);

    /** Whether it is one that the platform has made and that cannot be deleted. */
    public boolean system() {
        return number >= 0 && number <= USERS.number;
    }

    @Override
    public String toString() {
        return String.valueOf(number);
    }
}
