package dev.redoubt.it.proxy;

import dev.redoubt.proxy.config.Transport;
import dev.redoubt.proxy.lane.Sockets;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways to drive sockets that work on this machine, as {@code --transport} takes them. */
final class Transports {
    private Transports() {}

    static Stream<String> here() {
        return Stream.of(Transport.values())
                .filter(Transports::works)
                .map(transport -> transport.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static boolean works(Transport transport) {
        try {
            Sockets.of(transport);
            return true;
        } catch (IllegalStateException notHere) {
            return false;
        }
    }
}
