package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.sim.Op.Harm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What one client sends, by chance: batches of commands, pauses, and at last one of the ways to leave. */
final class Script {
    private static final List<Op> USUAL = List.of(
            Op.GET,
            Op.GET,
            Op.SET,
            Op.SET,
            Op.INCR,
            Op.INCR,
            Op.APPEND,
            Op.DEL,
            Op.LPUSH,
            Op.LPOP,
            Op.SETNX,
            Op.EXPIRE,
            Op.MGET,
            Op.MSET,
            Op.SETEX,
            Op.ECHO,
            Op.PUBLISH,
            Op.FROB,
            Op.HSCAN,
            Op.HSCAN,
            Op.HSCAN);
    private static final long BLPOP_MILLIS = 500;

    private final Site site;
    private final World world;
    private final SimClient client;
    private final Runnable whenGone;
    private final List<byte[]> commands = new ArrayList<>();
    private final List<Awaited> replies = new ArrayList<>();
    private final SessionTalk talk;
    private int left;
    private boolean lenient;

    /** @param whenGone the client has left, of its own will or not */
    Script(Site site, SimClient client, int commandsToSend, Runnable whenGone) {
        this.site = site;
        this.world = site.world();
        this.client = client;
        this.left = commandsToSend;
        this.whenGone = whenGone;
        this.talk = new SessionTalk(this, client);
    }

    World world() {
        return world;
    }

    Referee referee() {
        return site.referee();
    }

    void begin() {
        world.after(world.skewed(World.SECOND), this::act);
    }

    int left() {
        return left;
    }

    /** So many commands, without sending them. */
    byte[] some(int count) {
        for (int i = 0; i < count && !client.isLeaving(); i++) {
            one();
        }
        return FrameReader.join(commands);
    }

    private void act() {
        if (client.hasEnded()) {
            whenGone.run();
            return;
        }
        if (left <= 0 || client.isLeaving()) {
            return;
        }
        int batch = (int) Math.min(left, 1 + world.skewed(30));
        for (int i = 0; i < batch && !client.isLeaving(); i++) {
            left--;
            one();
        }
        send();
        if (world.oneIn(12)) {
            client.pauseReading(world.skewed(2 * World.SECOND));
        }
        if (world.oneIn(25)) {
            leave();
        }
        world.after(pause(), this::act);
    }

    /** Now and then a moment, else so long that its commands last for as long as things go wrong. */
    private long pause() {
        long spread = site.plan().faultNanos() * 8 / site.plan().commands();
        return world.oneIn(3) ? world.skewed(World.SECOND) : world.random().nextLong(2 * spread);
    }

    private void send() {
        if (!commands.isEmpty()) {
            client.send(commands, replies);
            commands.clear();
            replies.clear();
        }
    }

    private void leave() {
        if (client.isLeaving()) {
            return;
        }
        switch (world.between(0, 2)) {
            case 0 -> world.after(world.skewed(World.SECOND), client::reset);
            case 1 -> world.after(world.skewed(World.SECOND), client::close);
            default -> {
                if (!client.isBlocked()) {
                    client.halfClose();
                }
            }
        }
    }

    // ---- one command, or a few that belong together

    private void one() {
        if (client.isOnItsOwn()) {
            plain(USUAL.get(world.between(0, USUAL.size() - 1)));
            return;
        }
        switch (world.between(0, 31)) {
            case 0, 1, 2 -> transaction();
            case 3 -> watched();
            case 4 -> blpop();
            case 5 -> big();
            case 6, 7, 8 -> talk.one();
            case 9 -> wrong();
            case 10 -> inline();
            case 11 -> onItsOwn();
            case 12 -> subscribed();
            case 13 -> eval();
            default -> plain(USUAL.get(world.between(0, USUAL.size() - 1)));
        }
    }

    private void plain(Op op) {
        Sent one = sent(op, op.harm());
        add(words(op, one.tag()), one);
    }

    private void inline() {
        Sent one = sent(Op.GET, Harm.NONE);
        commands.add(FrameReader.bytes("get " + key(one.tag()) + "\r\n"));
        replies.add(awaited("inline GET", reply(one)));
    }

    private void wrong() {
        commands.add(FrameReader.command("GET"));
        replies.add(awaited("GET without a key", Awaited.error("ERR")));
    }

    private void big() {
        Sent one = client(Op.SET, Harm.LAST_WINS, true);
        int length = (int) site.plan().limits().largeCommandBytes() + world.between(-50, 5_000);
        add(new String[] {"SET", key(one.tag()), "v" + "x".repeat(length)}, one);
    }

    private void blpop() {
        Sent one = client(Op.BLPOP, Harm.ONCE, true);
        String timeout = String.format(Locale.ROOT, "%.3f", world.between(10, (int) BLPOP_MILLIS) / 1_000.0);
        add(new String[] {"BLPOP", key(one.tag()), timeout}, one);
    }

    /** It runs on a connection of its own until it was quick once. */
    private void eval() {
        Sent one = client(Op.EVAL, Harm.ONCE, true);
        add(new String[] {"EVAL", "script" + world.between(0, 2), "1", key(one.tag())}, one);
    }

    /** From now on the session has an upstream connection for itself, and ends with it. */
    private void onItsOwn() {
        client.isOnItsOwnFromNow();
        lenient = true;
        request(Awaited.text("OK"), "MULTI");
        request(Awaited.text("QUEUED"), "SELECT", "1");
        Sent one = sent(Op.UNIT, Harm.ONCE);
        commands.add(FrameReader.command(words(Op.INCR, one.tag())));
        replies.add(awaited("queued INCR", Awaited.text("QUEUED")));
        commands.add(FrameReader.command("EXEC"));
        replies.add(awaited("EXEC of " + one, reply(one)));
    }

    /** Subscribed for a while; no outage ends the session for it. */
    private void subscribed() {
        String channel = "news" + world.between(0, 2);
        request(confirmation("subscribe", channel), "SUBSCRIBE", channel);
        for (int i = world.between(0, 3); i > 0; i--) {
            request(Awaited.anything(), "PING");
        }
        request(confirmation("unsubscribe", channel), "UNSUBSCRIBE", channel);
    }

    private static Awaited.Check confirmation(String word, String channel) {
        return reply ->
                Awaited.isRefusal(reply) || reply.texts().limit(2).toList().equals(List.of(word, channel))
                        ? null
                        : "not the confirmation of " + word;
    }

    // ---- transactions

    private void transaction() {
        boolean fails = world.oneIn(10);
        boolean discards = world.oneIn(10);
        request(Awaited.text("OK"), "MULTI");
        Unit unit = new Unit();
        if (fails) {
            request(Awaited.error("ERR"), "GET");
        }
        if (discards) {
            request(Awaited.text("OK"), "DISCARD");
            unit.sent.end(Sent.End.REFUSED, "DISCARD", world.now());
        } else {
            exec(unit, fails);
        }
    }

    private void watched() {
        lenient = true;
        request(Awaited.text("OK"), "WATCH", "k" + world.between(0, 4));
        if (world.oneIn(2)) {
            Sent one = sent(Op.GET, Harm.NONE);
            add(words(Op.GET, one.tag()), one);
        }
        if (world.oneIn(8)) {
            request(Awaited.text("OK"), "UNWATCH");
        } else {
            transaction();
        }
        lenient = false;
    }

    private void exec(Unit unit, boolean fails) {
        commands.add(FrameReader.command("EXEC"));
        boolean mayBeNil = lenient;
        replies.add(awaited("EXEC of " + unit.sent, reply -> {
            if (fails) {
                site.referee().onRefused(unit.sent, "EXECABORT");
                boolean failed = reply.errorCode().equals("EXECABORT") || Awaited.isRefusal(reply);
                return failed || (reply.isNull() && mayBeNil) ? null : "it cannot succeed";
            }
            if (reply.isNull() && mayBeNil) {
                return site.referee().onRefused(unit.sent, "nil");
            }
            if (!reply.isError() && reply.items().size() != unit.size) {
                return "not " + unit.size + " replies";
            }
            return reply(unit.sent).problem(reply);
        }));
    }

    /** The commands of a transaction, which all carry one tag. */
    private final class Unit {
        private final int size = world.between(1, 4);
        private final Sent sent;

        Unit() {
            List<Op> ops = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Op op = USUAL.get(world.between(0, USUAL.size() - 1));
                ops.add(op == Op.ECHO || op == Op.HSCAN ? Op.GET : op);
            }
            int tag = site.referee().sent().size();
            List<String[]> all = ops.stream().map(op -> words(op, tag)).toList();
            List<Delivery> chosen = new ArrayList<>();
            Harm worst = ops.stream().map(Op::harm).reduce(Harm.NONE, Harm::or);
            sent = sent(Op.UNIT, readsBeforeWriting(ops, all) ? Harm.ONCE : worst);
            if (ops.stream().anyMatch(op -> op.harm() == Harm.NONE)) {
                sent.alsoReads();
            }
            for (int i = 0; i < size; i++) {
                chosen.add(site.plan().choices().of(ops.get(i), all.get(i)));
                commands.add(FrameReader.command(all.get(i)));
                replies.add(awaited("queued " + ops.get(i), Awaited.text("QUEUED")));
            }
            sent.deliver(Choices.together(chosen));
        }
    }

    /** A second run would read what the first one wrote. */
    private static boolean readsBeforeWriting(List<Op> ops, List<String[]> all) {
        Set<String> read = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String[] words = all.get(i);
            if (ops.get(i).harm() != Harm.NONE) {
                String second = ops.get(i) == Op.MSET ? words[3] : words[1];
                if (read.contains(words[1]) || read.contains(second)) {
                    return true;
                }
            } else {
                read.addAll(List.of(words).subList(1, words.length));
            }
        }
        return false;
    }

    // ---- the parts of a command

    private Sent sent(Op op, Harm harm) {
        return client(op, harm, lenient || client.isOnItsOwn());
    }

    private Sent client(Op op, Harm harm, boolean alone) {
        Sent one = site.referee().onSent(client, client.nextNumber(), op, harm, alone);
        client.track(one);
        return one;
    }

    private void add(String[] words, Sent one) {
        byte[] bytes = FrameReader.command(words);
        if (bytes.length > site.plan().limits().largeCommandBytes()) {
            one.isAlone();
        }
        one.deliver(site.plan().choices().of(one.op(), words));
        commands.add(bytes);
        replies.add(awaited(one.toString(), reply(one)));
    }

    void request(Awaited.Check check, String... words) {
        commands.add(FrameReader.command(words));
        replies.add(awaited(String.join(" ", words), check));
    }

    void raw(byte[] bytes, String what, Awaited.Check check) {
        commands.add(bytes);
        replies.add(awaited(what, check));
    }

    private Awaited awaited(String what, Awaited.Check check) {
        return new Awaited(what, check, world.now());
    }

    private Awaited.Check reply(Sent one) {
        return reply -> {
            long[] tag = Tags.ofReply(reply);
            if (tag != null) {
                return site.referee().onReply(one, tag[0], tag[1], client.state());
            }
            if (one.op() == Op.BLPOP && reply.isNull()) {
                return site.referee().onRefused(one, "nil");
            }
            return site.referee().onRefused(one, reply.errorCode());
        };
    }

    private String key(int tag) {
        return "k" + world.between(0, 4) + "#" + tag;
    }

    private String[] words(Op op, int tag) {
        String key = key(tag);
        String value = "v" + tag + "x".repeat((int) world.skewed(400));
        return switch (op) {
            case GET, INCR, DEL, LPOP -> new String[] {op.name(), key};
            case MGET -> new String[] {"mget", key, key(tag)};
            case ECHO -> new String[] {"ECHO", ModelReply.payload(tag, 0, "x".repeat((int) world.skewed(100)))};
            case HSCAN -> new String[] {"HSCAN", key, "7"};
            case SET, APPEND, LPUSH, SETNX, PUBLISH -> new String[] {op.name(), key, value};
            case SETEX -> new String[] {"SETEX", key, Integer.toString(Tags.lifeSeconds(tag)), value};
            case MSET -> new String[] {"MSET", key, value, key(tag), value};
            case EXPIRE -> new String[] {"EXPIRE", key, Integer.toString(Tags.lifeSeconds(tag))};
            case FROB -> new String[] {"FROB", key};
            case BLPOP, EVAL, UNIT -> throw new IllegalArgumentException(op.toString());
        };
    }
}
