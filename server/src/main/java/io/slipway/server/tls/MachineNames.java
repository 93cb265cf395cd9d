package io.slipway.server.tls;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** By which names and addresses this machine is reached. */
public final class MachineNames {
    private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

    private MachineNames() {}

    /** The machine's name as it knows it itself. */
    public static String hostName() {
        try {
            return Files.readString(LINUX_NAME).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException noName) {
                return "localhost";
            }
        }
    }

    /** Whether this is an address and no name. */
    public static boolean isAddress(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text) != null;
    }

    /**
     * Of this computer and of its network.
     *
     * @param more names that somebody has set
     */
    public static Set<String> all(List<String> more) {
        Set<String> names = new TreeSet<>(List.of("localhost", "*.localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        names.add(hostName().toLowerCase(Locale.ROOT));
        more.forEach(name -> names.add(written(name)));
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                Collections.list(each.getInetAddresses()).stream()
                        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                        .map(MachineNames::bare)
                        .forEach(names::add);
            }
        } catch (SocketException e) {
            return names; // a machine that does not tell has at least its name
        }
        return names;
    }

    /** As certificates that are read write it. */
    private static String written(String name) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
        return address == null ? name.toLowerCase(Locale.ROOT) : bare(address);
    }

    /** Without the interface that it is on. */
    private static String bare(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
