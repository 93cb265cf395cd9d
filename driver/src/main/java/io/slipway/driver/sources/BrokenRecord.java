package io.slipway.driver.sources;

/** A record that cannot be read, where the mode says that the query then ends. */
final class BrokenRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenRecord(String path, String record, Throwable cause) {
        super(
                "[MALFORMED_RECORD_IN_PARSING] a record of " + path + " cannot be read in the mode FAILFAST: "
                        + (record.length() > 1000 ? record.substring(0, 1000) + " …" : record),
                cause);
    }
}
