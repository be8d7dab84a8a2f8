package dev.redoubt.it.differential;

import dev.redoubt.it.redis.RawClient;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into a Redis from the side. Confined to one thread. */
record Watcher(RawClient client) implements AutoCloseable {
    private static final Pattern OWN = Pattern.compile(" name=redoubt\\S*-db(\\d+)-resp(\\d)");

    /** How many clients a blocking command keeps waiting there. */
    int blocked() {
        return ((String) client.call("INFO", "clients"))
                .lines()
                .filter(line -> line.startsWith("blocked_clients:"))
                .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The proxy's connections on which something of a client is left that the next client would inherit: another database or RESP
     * version than the connection's name says, a transaction, a subscription, a wait.
     */
    List<String> spoiltConnections() {
        return ((String) client.call("CLIENT", "LIST"))
                .lines()
                .filter(Watcher::isSpoilt)
                .toList();
    }

    private static boolean isSpoilt(String line) {
        if (line.contains(" cmd=client|list ") || line.contains(" name=redoubt-control ")) {
            return false;
        }
        Matcher own = OWN.matcher(line);
        return !own.find()
                || !line.contains(" db=" + own.group(1) + " ")
                || !line.contains(" resp=" + own.group(2))
                || !line.contains(" multi=-1 ")
                || !line.contains(" sub=0 psub=0 ssub=0 ")
                || !line.matches(".* flags=[Ne] .*"); // e: may not be evicted, which the proxy asks for
    }

    /** Ends the proxy's leased connections: nobody may be using one. */
    void killLeases() {
        ((String) client.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains(" name=redoubt-lease"))
                .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                .forEach(id -> client.call("CLIENT", "KILL", "ID", id));
    }

    @Override
    public void close() {
        client.close();
    }
}
