package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.status.Counter;
import java.util.Set;

/** A client that has not said who it is, where the proxy has users of its own. Errors as {@code processCommand} in server.c and {@code helloCommand} in networking.c of Redis 7.0 have them. Stateless. */
final class Stranger {
    static final String HELLO_WITHOUT_AUTH =
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time";

    /** Those with the flag no_auth. */
    private static final Set<String> OPEN = Set.of("auth", "hello", "quit", "reset");

    private Stranger() {}

    /** True if it may not say that, and has its error. Nothing is pending: it has sent nothing anywhere. */
    static boolean refuses(Command command, ClientSession session, House house) {
        if (OPEN.contains(command.name())) {
            return false;
        }
        house.counters().increment(Counter.COMMANDS);
        byte[] error = CommandErrors.check(house.table(), command.arguments());
        if (error == null) {
            session.replyError("NOAUTH Authentication required.");
        } else {
            session.reply().writeBytes(error);
        }
        return true;
    }
}
