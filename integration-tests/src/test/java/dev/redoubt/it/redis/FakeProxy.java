package dev.redoubt.it.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Stands in for the proxy where the harness itself is tested: listens where told, prints what it was given. */
public final class FakeProxy {
    private FakeProxy() {}

    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        System.out.println("arguments " + options);
        System.out.println("environment " + System.getenv().keySet());
        if (options.contains("--exit")) {
            System.exit(Integer.parseInt(valueOf("--exit", options)));
        }
        try (ServerSocket clients = listen("--listen", options);
                ServerSocket admin = listen("--admin", options)) {
            while (true) {
                clients.accept().close();
                admin.accept().close();
            }
        }
    }

    private static ServerSocket listen(String option, List<String> options) throws IOException {
        String address = valueOf(option, options);
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    private static String valueOf(String option, List<String> options) {
        return options.get(options.indexOf(option) + 1);
    }
}
