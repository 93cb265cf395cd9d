package io.slipway.iam;

import java.util.List;

/** Closes secrets of keys with a key that is not in the database. Handed in by whoever puts the platform together. */
public interface Sealing {
    /** Which key {@link #seal} uses now; kept beside what it has sealed. */
    int keyVersion();

    /** @param place where the value is kept: what was sealed for one place is opened at no other */
    byte[] seal(byte[] value, List<String> place);

    byte[] open(int keyVersion, byte[] sealed, List<String> place);
}
