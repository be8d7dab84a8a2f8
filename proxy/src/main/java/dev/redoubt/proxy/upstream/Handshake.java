package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is said on every new connection before it is used: who we are, which protocol and database, and what must be known to fence it later. All of it is sent at once.
 * Confined to the lane.
 */
final class Handshake {
    /** How it ended: called once. */
    interface Outcome {
        /** Usable. The server may still want a password from the client itself (NOAUTH): that is the client's to hear. */
        void ready(Identity identity, Map<String, String> info);

        /** Not usable now. */
        void failed(String cause);
    }

    private static final String REFUSED = "refused ";
    /** What a server answers to almost everything for a while. Taken for a denial it would cost the connection its identity, and with it the fence. */
    private static final Set<String> NOT_NOW = Set.of("LOADING", "BUSY");
    /** A server whose machine vanished has acknowledged everything, and TCP never asks again. */
    private static final long LIMIT_NANOS = 5_000_000_000L;

    private final Requests requests;
    private final UpstreamKey key;
    private final @Nullable Credentials other;
    private final String name;
    private final String address;
    private final Lane lane;
    private final Outcome outcome;
    private long clientId = -1;
    private @Nullable String clientAddress;
    private boolean selected;
    private @Nullable RespError selectDenied;
    private boolean ended;

    /** @param other credentials of somebody who may select the database where the key's user may not; null if only the default user is left to try */
    Handshake(
            Requests requests,
            UpstreamKey key,
            @Nullable Credentials other,
            String name,
            String address,
            Lane lane,
            Outcome outcome) {
        this.requests = requests;
        this.key = key;
        this.other = other;
        this.name = name;
        this.address = address;
        this.lane = lane;
        this.outcome = outcome;
    }

    void begin() {
        lane.executor().schedule(() -> fail("Redis did not answer the handshake"), LIMIT_NANOS);
        if (key.credentials() != null) {
            select(reply -> selected = !(reply instanceof RespError));
        }
        authenticate();
        requests.send(ignored -> {}, "CLIENT", "SETNAME", name);
        select(this::onSelected);
        ask(reply -> clientId = reply instanceof Long id ? id : -1, "CLIENT", "ID");
        ask(reply -> clientAddress = addressIn(RespValues.text(reply)), "CLIENT", "INFO");
        requests.send(ignored -> {}, "CLIENT", "NO-EVICT", "ON");
        key.tenant().introduction().forEach(this::introduce);
        ask(this::finish, "INFO");
    }

    private void authenticate() {
        Credentials credentials = key.credentials();
        if (credentials != null) {
            must("AUTH", credentials.authArguments());
        }
        if (key.respVersion() >= 3) {
            must("HELLO 3", "HELLO", "3");
        }
    }

    private void introduce(byte[][] command) {
        ByteBuf out = lane.allocator().directBuffer();
        RespWriter.command(out, command);
        requests.sendEncoded(out, 1, frame -> {
            if (RespValues.read(frame, frame.readerIndex()) instanceof RespError error) {
                fail(REFUSED + "CLIENT TRACKING: " + error.message());
            }
        });
    }

    private void select(Consumer<@Nullable Object> then) {
        if (key.database() != 0) {
            ask(then, "SELECT", Integer.toString(key.database()));
        }
    }

    /** A user may lack SELECT: a client that had selected before its AUTH stays where it was, and so does this connection. */
    private void onSelected(@Nullable Object reply) {
        if (selected) {
            return;
        }
        if (reply instanceof RespError error && error.code().equals("NOPERM") && key.credentials() != null) {
            selectDenied = error;
        } else {
            check("SELECT", reply);
        }
    }

    /** Begins anew as somebody else, selects, and becomes the key's user then. */
    private void selectAsAnother(Runnable then) {
        must("RESET", "RESET");
        if (other != null && !other.equals(key.credentials())) {
            requests.send(ignored -> {}, other.authArguments());
        }
        ask(this::checkSelected, "SELECT", Integer.toString(key.database()));
        authenticate();
        requests.send(
                ignored -> {
                    if (!ended) {
                        then.run();
                    }
                },
                "CLIENT",
                "SETNAME",
                name);
    }

    /** Not even NOAUTH will do: the connection would be in another database than it is taken for. */
    private void checkSelected(@Nullable Object reply) {
        if (reply instanceof RespError && selectDenied != null) {
            check("SELECT", selectDenied);
        }
    }

    private void must(String what, String... command) {
        ask(reply -> check(what, reply), command);
    }

    private void check(String what, @Nullable Object reply) {
        if (reply instanceof RespError error && !error.code().equals("NOAUTH")) {
            fail(REFUSED + what + ": " + withoutArguments(error.message()));
        }
    }

    /** A server that does not know AUTH repeats the password in its error, and the cause is logged. */
    private static String withoutArguments(String error) {
        int begin = error.indexOf(", with args beginning with");
        return begin < 0 ? error : error.substring(0, begin);
    }

    private void ask(Consumer<@Nullable Object> then, String... command) {
        requests.send(
                reply -> {
                    if (reply instanceof RespError error && isPassing(error)) {
                        fail(error.message());
                    } else {
                        then.accept(reply);
                    }
                },
                command);
    }

    private static boolean isPassing(RespError error) {
        return NOT_NOW.contains(error.code()) || error.message().startsWith("ERR max number of clients");
    }

    private void finish(@Nullable Object reply) {
        if (ended) {
            return;
        }
        Map<String, String> info = parseInfo(RespValues.text(reply));
        if ("1".equals(info.get("loading"))) {
            fail("LOADING Redis is loading the dataset in memory");
            return;
        }
        Identity identity = new Identity(clientId, clientAddress, run(info));
        if (selectDenied != null) {
            selectAsAnother(() -> ready(identity, info));
        } else {
            ready(identity, info);
        }
    }

    private void ready(Identity identity, Map<String, String> info) {
        ended = true;
        outcome.ready(identity, info);
    }

    private ServerRun run(Map<String, String> info) {
        String uptime = info.getOrDefault("uptime_in_seconds", "0");
        long startedNanos = lane.nanoTime() - (Long.parseLong(uptime) + 1) * 1_000_000_000L;
        return new ServerRun(info.get("run_id"), info.get("master_replid"), address, startedNanos);
    }

    private void fail(String cause) {
        if (!ended) {
            ended = true;
            outcome.failed(cause);
        }
    }

    /** Whether a cause of failure is Redis's answer to what the key asks for (user, protocol, database), rather than a matter of the connection. */
    static boolean isRefusal(String cause) {
        return cause.startsWith(REFUSED);
    }

    /** Redis's error in such a cause. */
    static String refusal(String cause) {
        return cause.substring(cause.indexOf(": ") + 2);
    }

    private static @Nullable String addressIn(@Nullable String clientInfo) {
        if (clientInfo == null) {
            return null;
        }
        for (String field : clientInfo.split(" ", -1)) {
            if (field.startsWith("addr=")) {
                return field.substring("addr=".length());
            }
        }
        return null;
    }

    /** INFO's lines as a map. */
    static Map<String, String> parseInfo(@Nullable String text) {
        Map<String, String> info = new HashMap<>();
        if (text != null) {
            for (String line : text.split("\r\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    info.put(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        }
        return info;
    }
}
