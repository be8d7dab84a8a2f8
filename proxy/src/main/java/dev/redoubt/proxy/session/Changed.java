package dev.redoubt.proxy.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What CLIENT INFO says of a connection after a transaction that may have changed it. Immutable.
 *
 * @param isKeepable the session can go on without this connection: nothing is said of it that is not said here
 */
record Changed(int database, int respVersion, String name, String user, boolean isKeepable) {
    /** No flag, not to be evicted, a Unix socket, keys not touched: what a fresh connection may have too, or what is undone. Not tracking, MONITOR, subscriptions, READONLY. */
    private static final Pattern PLAIN_FLAGS = Pattern.compile("[NeUT]*");

    /** Null if the text does not tell all of it: Redis 6.2 keeps the protocol to itself. */
    static @Nullable Changed of(@Nullable String clientInfo) {
        if (clientInfo == null) {
            return null;
        }
        Map<String, String> fields = new TreeMap<>();
        for (String field : clientInfo.strip().split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        String database = fields.get("db");
        String version = fields.get("resp");
        String flags = fields.get("flags");
        if (database == null || version == null || flags == null) {
            return null;
        }
        return new Changed(
                Integer.parseInt(database),
                Integer.parseInt(version),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("user", ""),
                PLAIN_FLAGS.matcher(flags).matches());
    }
}
