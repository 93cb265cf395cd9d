package io.slipway.catalog;

import io.slipway.kit.PlatformException;
import io.slipway.object.folder.BucketFolder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;

/** Storage locations in one spelling: {@code file:/a/}, {@code file:///a} and {@code file:///b/../a} are one place. */
final class Location {
    private Location() {}

    static String of(String written) {
        try {
            URI uri = new URI(written).normalize();
            String path = uri.getRawPath();
            if (uri.getScheme() == null || path == null || !path.startsWith("/") || climbs(uri)) {
                throw refused(written);
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            if (scheme.equals("file")) {
                return "file://" + end;
            }
            String host = uri.getRawAuthority() == null ? "" : "//" + uri.getRawAuthority();
            return scheme + ":" + host + end;
        } catch (URISyntaxException e) {
            throw refused(written);
        }
    }

    /** Dots that are left after normalizing: above the root, or hidden behind percent signs. */
    private static boolean climbs(URI uri) {
        return Arrays.stream(uri.getPath().split("/")).anyMatch(step -> step.equals(".") || step.equals(".."));
    }

    private static PlatformException refused(String written) {
        return PlatformException.invalid("Storage location '" + written + "' is not an absolute URI.");
    }

    /**
     * Files of the host, and what the platform keeps for itself on a bucket or below {@code dbfs:/}, however it is written: no user's
     * table may be there.
     */
    static boolean ofTheServer(String location) {
        URI uri = URI.create(location);
        return uri.getScheme().equals("file")
                || uri.getScheme().equals(BucketFolder.SCHEME)
                || (uri.getScheme().equals("dbfs") && within(uri.getPath().replaceAll("/+", "/"), "/.slipway"));
    }

    static boolean within(String location, String folder) {
        return location.equals(folder) || location.startsWith(folder + "/");
    }

    /** Where somebody wants managed tables to be: the platform's own keys are for what it chooses itself. */
    static String wanted(String written) {
        String location = of(written);
        if (location.startsWith(BucketFolder.SCHEME + ":")) {
            throw PlatformException.invalid("Storage location '" + location
                    + "' is kept by the platform for itself. Use s3://bucket/folder or a folder below dbfs:/.");
        }
        return location;
    }

    /** Whether one is within the other, by whatever name of S3 they go. */
    static boolean overlap(String one, String other) {
        return within(place(one), place(other)) || within(place(other), place(one));
    }

    private static String place(String location) {
        return location.replaceFirst("^(s3a|s3n|" + BucketFolder.SCHEME + "):", "s3:");
    }
}
