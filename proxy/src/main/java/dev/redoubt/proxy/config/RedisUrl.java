package dev.redoubt.proxy.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis://[user[:password]@]host[:port][/db]}, or {@code rediss://} for TLS, taken apart; the bare form {@code host[:port]} is understood too. Not
 * {@link java.net.URI}, which refuses host names with an underscore, as Docker Compose makes them. Immutable.
 *
 * @param db null if the URL does not name one
 */
record RedisUrl(
        String host,
        int port,
        @Nullable Integer db,
        @Nullable String username,
        @Nullable String password,
        boolean tls) {
    static final int DEFAULT_PORT = 6379;
    static final int MAX_DB = 65535;

    static RedisUrl parse(String text) throws BadValue {
        int schemeEnd = text.indexOf("://");
        boolean tls =
                isTls(schemeEnd < 0 ? "redis" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT));
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int at = rest.lastIndexOf('@');
        String afterUser = rest.substring(at + 1);
        int query = afterUser.indexOf('?');
        Integer queryDb = query < 0 ? null : queryDb(afterUser.substring(query + 1));
        String place = query < 0 ? afterUser : afterUser.substring(0, query);
        int slash = place.indexOf('/');
        Integer db =
                slash < 0 || slash == place.length() - 1 ? queryDb : Integer.valueOf(db(place.substring(slash + 1)));
        return of(slash < 0 ? place : place.substring(0, slash), db, at < 0 ? "" : rest.substring(0, at), tls);
    }

    private static RedisUrl of(String hostAndPort, @Nullable Integer db, String userInfo, boolean tls) throws BadValue {
        int portColon = hostAndPort.lastIndexOf(':');
        boolean hasPort = portColon > hostAndPort.lastIndexOf(']');
        String host = HostPort.host(hasPort ? hostAndPort.substring(0, portColon) : hostAndPort);
        int port = hasPort ? HostPort.port(hostAndPort.substring(portColon + 1)) : DEFAULT_PORT;
        if (port == 0) {
            throw new BadValue("has port 0, where nothing can listen");
        }
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
        return new RedisUrl(host, port, db, user.isEmpty() ? null : user, password.isEmpty() ? null : password, tls);
    }

    private static boolean isTls(String scheme) throws BadValue {
        return switch (scheme) {
            case "redis", "valkey" -> false;
            case "rediss", "valkeys" -> true;
            case "unix", "redis+socket", "redis-socket" ->
                throw new BadValue(scheme + ":// (a Unix socket) is not supported yet; use redis://HOST:PORT");
            case "redis-sentinel", "redis+sentinel" ->
                throw new BadValue(scheme + ":// is not supported yet; use redis://HOST:PORT of the primary");
            default -> throw new BadValue("has the scheme " + scheme + ":// instead of redis://");
        };
    }

    static int db(String text) throws BadValue {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(text) > MAX_DB) {
            throw new BadValue("has a database that is not 0 to " + MAX_DB);
        }
        return Integer.parseInt(text);
    }

    private static @Nullable Integer queryDb(String query) throws BadValue {
        Integer db = null;
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals("db") || name.equals("database")) {
                db = db(parameter.substring(equals + 1));
            } else if (!name.isEmpty()) {
                throw new BadValue("has the parameter \"" + name + "\" that Redoubt does not know");
            }
        }
        return db;
    }

    /** Percent-decoding as RFC 3986 has it: a plus stays a plus, which passwords need. */
    private static String decoded(String text) throws BadValue {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
            } else {
                out.write(hex(bytes, i + 1) << 4 | hex(bytes, i + 2));
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadValue("has a user or password whose percent-encoding is not UTF-8");
        }
    }

    private static int hex(byte[] bytes, int at) throws BadValue {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw new BadValue("has a % without two hexadecimal digits in its user or password (write %25 for a %)");
        }
        return digit;
    }

    /** The text with whatever may be a password replaced by {@code ***}, whether or not it is a good URL. */
    static String masked(String text) {
        int schemeEnd = text.indexOf("://");
        int start = schemeEnd < 0 ? 0 : schemeEnd + 3;
        int at = text.lastIndexOf('@');
        if (at < start) {
            return maskedQuery(text);
        }
        int colon = text.indexOf(':', start);
        String user = colon < 0 || colon > at ? "" : text.substring(start, colon) + ":";
        return text.substring(0, start) + user + "***" + maskedQuery(text.substring(at));
    }

    private static String maskedQuery(String text) {
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?***";
    }
}
