package io.slipway.driver.dbutils;

/** One line of {@code dbutils.secrets.list}. */
public record SecretMetadata(String key) {
    @Override
    public String toString() {
        return "SecretMetadata(" + key + ")";
    }
}
