package io.slipway.driver.dbutils;

/** One line of {@code dbutils.secrets.listScopes}. */
public record SecretScope(String name) {
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "SecretScope(" + name + ")";
    }
}
