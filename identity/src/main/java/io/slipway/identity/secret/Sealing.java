package io.slipway.identity.secret;

import java.util.List;

/** Closes values with a key that is not in the database, so that its files alone tell nobody a value. */
public interface Sealing {
    /** Which key {@link #seal} uses now; kept beside what it has sealed. */
    int keyVersion();

    /**
     * @param place where the value is kept: what was sealed for one place is opened at no other
     */
    byte[] seal(byte[] value, List<String> place);

    /** The value again; throws INTERNAL if it was sealed with another key or for another place, or has been changed. */
    byte[] open(int keyVersion, byte[] sealed, List<String> place);
}
