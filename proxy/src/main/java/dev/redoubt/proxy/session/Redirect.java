package dev.redoubt.proxy.session;

import java.nio.charset.StandardCharsets;
import java.util.function.LongPredicate;

/**
 * The REDIRECT among the arguments of CLIENT TRACKING: found as {@code clientCommand} in networking.c of Redis 7.0 reads them, since the id is one of the proxy's. Immutable.
 *
 * @param client the client's id; 0 for none
 * @param index where its id stands among the arguments
 * @param error Redis's error, or an empty text
 */
record Redirect(long client, int index, String error) {
    private static final Redirect NONE = new Redirect(0, -1, "");

    /** @param exists whether there is a client of that id */
    static Redirect find(byte[][] arguments, LongPredicate exists) {
        Redirect found = NONE;
        for (int i = 3; i < arguments.length && found.error.isEmpty(); i++) {
            boolean more = i + 1 < arguments.length;
            switch (TrackingOptions.word(arguments[i])) {
                case "BCAST", "OPTIN", "OPTOUT", "NOLOOP" -> {}
                case "PREFIX" -> i++;
                case "REDIRECT" -> found = more ? read(arguments, ++i, found, exists) : found;
                default -> {
                    return found; // Redis finds that too
                }
            }
        }
        return found;
    }

    private static Redirect read(byte[][] arguments, int index, Redirect earlier, LongPredicate exists) {
        if (earlier.client != 0) {
            return wrong("ERR A client can only redirect to a single other client");
        }
        String text = new String(arguments[index], StandardCharsets.UTF_8);
        if (!SessionCommands.INTEGER.matcher(text).matches()) {
            return wrong("ERR value is not an integer or out of range");
        }
        long client = Long.parseLong(text);
        return exists.test(client)
                ? new Redirect(client, index, "")
                : wrong("ERR The client ID you want redirect to does not exist");
    }

    private static Redirect wrong(String error) {
        return new Redirect(0, -1, error);
    }

    /** The arguments with that id of Redis's in place of the proxy's. */
    byte[][] translated(byte[][] arguments, long id) {
        byte[][] copy = arguments.clone();
        copy[index] = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        return copy;
    }
}
