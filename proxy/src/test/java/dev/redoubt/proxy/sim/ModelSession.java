package dev.redoubt.proxy.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model knows of one connection's client, and how it runs commands: as Redis does, but for the replies' shapes. */
final class ModelSession {
    static final String PASSWORD = "secret";
    private static final List<String> READS = List.of("GET", "MGET", "HSCAN", "ECHO", "PUBLISH");

    /** BLPOP that waits. */
    private record Blocked(String[] words, long until) {}

    private final Site site;
    private final World world;
    private final ModelServer server;
    private final ModelConnection connection;
    private final List<String[]> queued = new ArrayList<>();
    private final Map<String, Long> watched = new HashMap<>();
    private @Nullable Blocked blocked;
    private String name = "";
    private int database;
    private int resp = 2;
    private boolean authenticated;
    private boolean refused;
    private boolean inMulti;
    private boolean multiFailed;
    private boolean used;

    ModelSession(Site site, ModelServer server, ModelConnection connection) {
        this.site = site;
        this.world = site.world();
        this.server = server;
        this.connection = connection;
        this.authenticated = !site.plan().password();
    }

    String name() {
        return name;
    }

    int database() {
        return database;
    }

    int resp() {
        return resp;
    }

    /** Whether clients' commands have come over it. */
    boolean isUsed() {
        return used;
    }

    /** Whether it said a wrong password: then it will not be used. */
    boolean isRefused() {
        return refused;
    }

    boolean isBlocked() {
        return blocked != null;
    }

    private void reply(byte[] bytes) {
        if (resp == 3 && !name.startsWith("redoubt-control") && world.oneIn(20)) {
            connection.reply(ModelReply.push());
        }
        connection.reply(bytes);
    }

    // ---- commands

    /** Runs a command, or queues it. */
    void execute(String[] words) {
        words[0] = words[0].toUpperCase(Locale.ROOT);
        if (!authenticated && !words[0].equals("AUTH")) {
            reply(ModelReply.error("NOAUTH Authentication required."));
        } else if (server.isLoading()
                && !List.of("INFO", "CLIENT", "SELECT", "HELLO", "AUTH", "SUBSCRIBE", "UNSUBSCRIBE")
                        .contains(words[0])) {
            if (Tags.of(words) >= 0) {
                site.referee().onLoading(Tags.of(words));
            }
            reply(ModelReply.error("LOADING Redis is loading the dataset in memory"));
        } else if (server.refused() == Refused.BUSY && words[0].equals("PING")) {
            reply(ModelReply.error(Refused.BUSY.error()));
        } else if (isRefused(words)) {
            refuse(words);
        } else if (inMulti && !List.of("EXEC", "DISCARD", "MULTI", "WATCH").contains(words[0])) {
            queue(words);
        } else {
            run(words);
        }
    }

    private boolean isRefused(String[] words) {
        Refused state = server.refused();
        if (state == null || Tags.of(words) < 0 && !words[0].equals("EXEC")) {
            return false;
        }
        if (words[0].equals("EXEC")) {
            return inMulti
                    && !multiFailed
                    && (!state.isWritesOnly() || queued.stream().anyMatch(this::writes));
        }
        return !state.isWritesOnly() || writes(words);
    }

    private boolean writes(String[] words) {
        return !READS.contains(words[0]);
    }

    /** Nothing of it is applied; in MULTI the transaction will not be either. */
    private void refuse(String[] words) {
        String error = server.refused().error();
        if (words[0].equals("EXEC")) {
            inMulti = false;
            queued.clear();
            watched.clear();
            reply(ModelReply.error("EXECABORT Transaction discarded because of: " + error));
            return;
        }
        multiFailed |= inMulti;
        site.referee().onModelRefused(Tags.of(words), server.refused());
        reply(ModelReply.error(error));
    }

    private void run(String[] words) {
        switch (words[0]) {
            case "CLIENT" -> client(words);
            case "HELLO" -> hello(words);
            case "AUTH" -> auth(words);
            case "SELECT" -> select(words);
            case "WAIT" -> reply(ModelReply.number(0));
            case "SUBSCRIBE", "UNSUBSCRIBE" -> confirm(words);
            case "PING" -> reply(words.length > 1 ? echo(words) : ModelReply.simple("PONG"));
            case "ECHO" -> reply(echo(words));
            case "INFO" -> info();
            case "MULTI" -> multi();
            case "EXEC" -> exec();
            case "DISCARD" -> discard();
            case "WATCH" -> watch(words);
            case "UNWATCH" -> unwatch();
            case "BLPOP" -> blpop(words);
            default -> apply(words);
        }
    }

    private static byte[] echo(String[] words) {
        return FrameReader.bytes(ModelReply.bulk(words[1]));
    }

    private void apply(String[] words) {
        int tag = Tags.of(words);
        if (tag < 0) {
            reply(wrongArity(words));
            return;
        }
        used = true;
        String result = server.data().apply(database, words, world.epochMillis());
        site.referee().onLife(tag, ModelData.lifeMillis(words));
        long order = site.referee().onApplied(tag, connection, result);
        String payload = ModelReply.payload(tag, order, result);
        reply(
                result.equals("unknown") || result.equals("WRONGTYPE")
                        ? ModelReply.error(result + " " + payload)
                        : ModelReply.tagged(tag, resp, payload));
        if (words[0].equals("LPUSH")) {
            server.serveBlocked(database, ModelData.untagged(words[1]));
        }
    }

    private static byte[] wrongArity(String[] words) {
        return ModelReply.error(
                "ERR wrong number of arguments for '" + words[0].toLowerCase(Locale.ROOT) + "' command");
    }

    private void hello(String[] words) {
        resp = words.length > 1 ? Integer.parseInt(words[1]) : resp;
        reply(FrameReader.bytes(
                (resp == 3 ? "%1" : "*2") + "\r\n" + ModelReply.bulk("server") + ModelReply.bulk("redis")));
    }

    private void auth(String[] words) {
        if (!site.plan().password()) {
            refused = true;
            reply(ModelReply.error("ERR AUTH <password> called without any password configured for the default user."));
            return;
        }
        boolean right = words[words.length - 1].equals(PASSWORD);
        authenticated |= right;
        refused |= !right;
        reply(
                right
                        ? ModelReply.ok()
                        : ModelReply.error("WRONGPASS invalid username-password pair or user is disabled."));
    }

    /** Each channel by itself; the count is not looked at. */
    private void confirm(String[] words) {
        String start = (resp == 3 ? ">" : "*") + "3\r\n" + ModelReply.bulk(words[0].toLowerCase(Locale.ROOT));
        for (int i = 1; i < words.length; i++) {
            connection.reply(FrameReader.bytes(start + ModelReply.bulk(words[i]) + ":1\r\n"));
        }
    }

    private void select(String[] words) {
        database = Integer.parseInt(words[1]);
        reply(ModelReply.ok());
    }

    private void client(String[] words) {
        switch (words[1].toUpperCase(Locale.ROOT)) {
            case "SETNAME" -> {
                name = words[2];
                world.trace(() -> connection.link().name() + " is " + name + ", client " + connection.id() + " of "
                        + connection.run().id());
                if (!refused) {
                    site.referee().onNamed(connection, server.connections());
                }
                reply(ModelReply.ok());
            }
            case "ID" -> reply(ModelReply.number(connection.id()));
            case "INFO" ->
                reply(FrameReader.bytes(ModelReply.bulk(
                        "id=" + connection.id() + " addr=" + connection.address() + " laddr=10.0.0.1:6379\n")));
            case "KILL" -> kill(words);
            default -> reply(ModelReply.ok());
        }
    }

    private void kill(String[] words) {
        if (site.plan().fenceDenied()) {
            reply(ModelReply.error("NOPERM this user has no permissions to run the 'client|kill' command"));
            return;
        }
        List<String> list = Arrays.asList(words);
        int addr = list.indexOf("ADDR");
        long victim = Long.parseLong(list.get(list.indexOf("ID") + 1));
        reply(ModelReply.number(server.kill(victim, addr < 0 ? "" : list.get(addr + 1), connection)));
    }

    private void info() {
        if (site.plan().infoDenied()) {
            reply(ModelReply.error("NOPERM this user has no permissions to run the 'info' command"));
            return;
        }
        site.referee().onIntroduced(server.refused() != Refused.READONLY);
        // whole seconds of both, as Redis does it
        long uptimeSeconds = world.now() / World.SECOND - connection.run().startedNanos() / World.SECOND;
        reply(FrameReader.bytes(ModelReply.bulk(
                "# Server\r\nredis_version:7.0.15\r\nrun_id:" + connection.run().id() + "\r\nuptime_in_seconds:"
                        + uptimeSeconds + "\r\nloading:" + (server.isLoading() ? 1 : 0) + "\r\nrole:"
                        + (server.refused() == Refused.READONLY ? "slave" : "master") + "\r\n")));
    }

    // ---- transactions

    private void queue(String[] words) {
        if (words.length < 2) {
            multiFailed = true;
            reply(wrongArity(words));
        } else {
            queued.add(words);
            reply(ModelReply.simple("QUEUED"));
        }
    }

    private void multi() {
        inMulti = true;
        multiFailed = false;
        reply(ModelReply.ok());
    }

    private void discard() {
        inMulti = false;
        queued.clear();
        unwatch();
    }

    private void watch(String[] words) {
        watched.put(words[1], server.data().version(database, words[1]));
        reply(ModelReply.ok());
    }

    private void unwatch() {
        watched.clear();
        reply(ModelReply.ok());
    }

    private void exec() {
        List<String[]> unit = List.copyOf(queued);
        boolean disturbed = watched.entrySet().stream()
                .anyMatch(entry -> server.data().version(database, entry.getKey()) != entry.getValue());
        inMulti = false;
        queued.clear();
        watched.clear();
        if (multiFailed || disturbed) {
            reply(
                    multiFailed
                            ? ModelReply.error("EXECABORT Transaction discarded because of previous errors.")
                            : ModelReply.nullArray(resp));
            return;
        }
        List<String> results = new ArrayList<>();
        for (String[] words : unit) {
            database = words[0].equals("SELECT") ? Integer.parseInt(words[1]) : database;
            results.add(server.data().apply(database, words, world.epochMillis()));
            site.referee().onLife(Tags.of(words), ModelData.lifeMillis(words));
        }
        int tag = unit.isEmpty() ? -1 : Tags.of(unit.get(unit.size() - 1));
        long order = tag < 0 ? 0 : site.referee().onApplied(tag, connection, String.join("|", results));
        List<byte[]> frames = new ArrayList<>(List.of(FrameReader.bytes("*" + unit.size() + "\r\n")));
        for (String result : results) {
            frames.add(ModelReply.tagged(tag, resp, ModelReply.payload(tag, order, result)));
        }
        reply(FrameReader.join(frames));
        unit.stream()
                .filter(words -> words[0].equalsIgnoreCase("LPUSH"))
                .forEach(words -> server.serveBlocked(database, ModelData.untagged(words[1])));
    }

    // ---- BLPOP

    private void blpop(String[] words) {
        if (!tryPop(words)) {
            long timeout = (long) (Double.parseDouble(words[2]) * World.SECOND);
            blocked = new Blocked(words, world.now() + timeout);
            world.after(timeout, this::giveUpBlocking);
        }
    }

    private boolean tryPop(String[] words) {
        String element = server.data().pop(database, words[1]);
        if (element == null) {
            return false;
        }
        int tag = Tags.of(words);
        long order = site.referee().onApplied(tag, connection, element);
        reply(FrameReader.bytes(
                "*2\r\n" + ModelReply.bulk(words[1]) + ModelReply.bulk(ModelReply.payload(tag, order, element))));
        return true;
    }

    void serveIfBlockedOn(int pushedDatabase, String key) {
        Blocked waiting = blocked;
        if (waiting != null
                && database == pushedDatabase
                && ModelData.untagged(waiting.words()[1]).equals(key)
                && tryPop(waiting.words())) {
            blocked = null;
            connection.process();
        }
    }

    /** {@code disconnectAllBlockedClients} in blocked.c; the connection is closed then. */
    void endBlocking() {
        blocked = null;
        reply(ModelReply.error(
                "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"));
    }

    private void giveUpBlocking() {
        Blocked waiting = blocked;
        if (!connection.isOpen() || waiting == null || waiting.until() > world.now()) {
            return;
        }
        if (server.isStalled()) {
            world.after(100 * World.MILLI, this::giveUpBlocking);
            return;
        }
        blocked = null;
        reply(ModelReply.nullArray(resp));
        connection.process();
    }
}
