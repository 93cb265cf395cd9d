package io.slipway.spark.driver;

/** Where a driver listens and what it must be shown. */
public record DriverEndpoint(String address, int port, String token) {
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
