package io.slipway.spark.driver;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a driver listens and what it must be shown. */
public record DriverEndpoint(String address, int port, String token) {
    /**
     * Drivers speak plain HTTP, so nothing secret is sent to one on another machine. Throws INTERNAL for an address that others can
     * listen to.
     *
     * @param address of a node
     */
    public static void requireUnheard(String address) {
        try {
            if (InetAddress.getByName(address).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "the driver's address " + address + " is unknown", e);
        }
        throw new PlatformException(
                ErrorCode.INTERNAL,
                "the driver at " + address + " is on another machine, where it would be spoken to without TLS");
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
