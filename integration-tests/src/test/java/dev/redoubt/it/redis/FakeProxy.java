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
        String listen = valueOf("--listen", options);
        int port = Integer.parseInt(listen.substring(listen.indexOf(':') + 1));
        try (ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                socket.accept().close();
            }
        }
    }

    private static String valueOf(String option, List<String> options) {
        return options.get(options.indexOf(option) + 1);
    }
}
