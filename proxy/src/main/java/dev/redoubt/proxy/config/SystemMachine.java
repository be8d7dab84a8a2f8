package dev.redoubt.proxy.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.OptionalLong;

/** The machine that we run on. Thread-safe: it holds no state. */
final class SystemMachine implements Machine {
    @Override
    public boolean hasIpv6Loopback() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<InetAddress> addressesOf(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public boolean knowsUser(String name) {
        return isFound(() -> principals().lookupPrincipalByName(name));
    }

    @Override
    public boolean knowsGroup(String name) {
        return isFound(() -> principals().lookupPrincipalByGroupName(name));
    }

    private static UserPrincipalLookupService principals() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }

    private static boolean isFound(LookUp lookUp) {
        try {
            lookUp.run();
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private interface LookUp {
        UserPrincipal run() throws IOException;
    }

    /** Where the flag is not given (0), HotSpot allows as much as the heap may grow to. */
    @Override
    public long maxDirectBytes() {
        HotSpotDiagnosticMXBean diagnostic = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long flag = diagnostic == null ? 0 : flag(diagnostic);
        long netty = Long.getLong("io.netty.maxDirectMemory", 0);
        long jvm = flag > 0 ? flag : maxHeapBytes();
        return netty > 0 ? Math.min(netty, jvm) : jvm;
    }

    private static long flag(HotSpotDiagnosticMXBean diagnostic) {
        try {
            return Long.parseLong(diagnostic.getVMOption("MaxDirectMemorySize").getValue());
        } catch (IllegalArgumentException e) {
            return 0; // a JVM without that flag
        }
    }

    @Override
    public long maxHeapBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public OptionalLong containerLimitBytes() {
        return new ContainerLimit(Path.of("/")).bytes();
    }
}
