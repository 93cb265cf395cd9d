package io.slipway.server;

import io.slipway.iam.Sealing;
import java.util.List;
import java.util.stream.Stream;

/** Seals secrets of access keys as those of secret scopes are, at places of their own. */
record KeysSealing(io.slipway.identity.secret.Sealing sealing) implements Sealing {
    private static List<String> own(List<String> place) {
        return Stream.concat(Stream.of("aws"), place.stream()).toList();
    }

    @Override
    public int keyVersion() {
        return sealing.keyVersion();
    }

    @Override
    public byte[] seal(byte[] value, List<String> place) {
        return sealing.seal(value, own(place));
    }

    @Override
    public byte[] open(int keyVersion, byte[] sealed, List<String> place) {
        return sealing.open(keyVersion, sealed, own(place));
    }
}
