package dev.redoubt.proxy.session;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which clients a CLIENT LIST or CLIENT KILL is about. Options and errors as {@code clientCommand} in networking.c of Redis 7.0 has them. Confined to the lane.
 *
 * <p>Either {@link #error} says what is wrong with the options, or the rest holds.
 */
final class ClientFilter {
    private static final String SYNTAX_ERROR = "ERR syntax error";
    private static final Set<String> TYPES = Set.of("normal", "slave", "replica", "pubsub", "master");

    private final Set<Long> ids = new HashSet<>();
    private @Nullable String address;
    private @Nullable String localAddress;
    private @Nullable String user;
    private @Nullable String type;
    private boolean skipsAsker;
    private @Nullable String error;

    private ClientFilter() {}

    /** CLIENT LIST [TYPE t | ID id ...]. */
    static ClientFilter ofList(Command command) {
        ClientFilter filter = new ClientFilter();
        if (command.count() == 4 && command.word(2).equals("TYPE")) {
            filter.setType(command.text(3));
        } else if (command.count() > 3 && command.word(2).equals("ID")) {
            for (int i = 3; i < command.count(); i++) {
                filter.addId(command.text(i), Long.MIN_VALUE, "ERR Invalid client ID");
            }
        } else if (command.count() != 2) {
            filter.error = SYNTAX_ERROR;
        }
        return filter;
    }

    /** CLIENT KILL address, or with options; the old form may kill its own client. */
    static ClientFilter ofKill(Command command) {
        ClientFilter filter = new ClientFilter();
        if (command.count() == 3) {
            filter.address = command.text(2);
            return filter;
        }
        filter.skipsAsker = true;
        for (int i = 2; i < command.count() && filter.error == null; i += 2) {
            if (i + 1 < command.count()) {
                filter.option(command.word(i), command.text(i + 1));
            } else {
                filter.error = SYNTAX_ERROR;
            }
        }
        return filter;
    }

    private void option(String name, String value) {
        switch (name) {
            case "ID" -> {
                ids.clear();
                addId(value, 1, "ERR client-id should be greater than 0");
            }
            case "TYPE" -> setType(value);
            case "ADDR" -> address = value;
            case "LADDR" -> localAddress = value;
            case "USER" -> user = value;
            case "SKIPME" -> {
                switch (value.toLowerCase(Locale.ROOT)) {
                    case "yes" -> skipsAsker = true;
                    case "no" -> skipsAsker = false;
                    default -> error = SYNTAX_ERROR;
                }
            }
            default -> error = SYNTAX_ERROR;
        }
    }

    private void addId(String text, long least, String complaint) {
        if (SessionCommands.INTEGER.matcher(text).matches() && Long.parseLong(text) >= least) {
            ids.add(Long.parseLong(text));
        } else {
            error = complaint;
        }
    }

    private void setType(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (TYPES.contains(lower)) {
            type = lower;
        } else {
            error = "ERR Unknown client type '" + name + "'";
        }
    }

    /** What is wrong with the options; null if nothing is. */
    @Nullable
    String error() {
        return error;
    }

    /** The user that is asked for; null for any. */
    @Nullable
    String user() {
        return user;
    }

    boolean matches(ClientSession client, ClientSession asker) {
        return (ids.isEmpty() || ids.contains(client.id()))
                && (type == null || type.equals(typeOf(client)))
                && (user == null || user.equals(client.profile().state().user()))
                && (address == null || address.equals(ClientLine.address(client.channel())))
                && (localAddress == null || localAddress.equals(ClientLine.localAddress(client.channel())))
                && !(skipsAsker && client.id() == asker.id());
    }

    /** Replicas and masters are none of the proxy's clients. */
    private static String typeOf(ClientSession client) {
        return client.profile().dispatcher().subscriptions().isSubscribed() ? "pubsub" : "normal";
    }
}
