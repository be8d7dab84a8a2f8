package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.sim.Op.Harm;
import dev.redoubt.proxy.sim.Sent.Application;
import dev.redoubt.proxy.sim.Sent.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees both sides of the proxy, what clients sent and were told and what Redis applied, and holds it against the laws and promises of the design. It notes what is broken and lets the simulation go on to the end of the turn.
 */
final class Referee {
    private final World world;
    private final Plan plan;
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<SimClient, Map<ModelConnection, Integer>> highest = new HashMap<>();
    private long firstBusyNanos = Long.MAX_VALUE;
    private long introducedNanos = Long.MAX_VALUE - World.SECOND;
    private long primaryNanos = Long.MAX_VALUE - World.SECOND;
    private long orders;
    private int repliesCut;
    private int late;

    Referee(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
    }

    void broken(String what) {
        world.trace(() -> "BROKEN: " + what);
        broken.add(what);
    }

    /** What was found, the first first. */
    List<String> broken() {
        return broken;
    }

    List<Sent> sent() {
        return sent;
    }

    // ---- what clients send

    Sent onSent(SimClient client, int number, Op op, Harm harm, boolean alone) {
        Sent one = new Sent(sent.size(), client, number, op, harm, alone, world.now());
        sent.add(one);
        return one;
    }

    // ---- what Redis does

    /** Two connections for the same purpose would break the first promise. */
    void onNamed(ModelConnection named, Collection<ModelConnection> all) {
        if (!named.name().startsWith("redoubt-data") && !named.name().startsWith("redoubt-control")) {
            return;
        }
        for (ModelConnection other : all) {
            if (other != named
                    && other.name().equals(named.name())
                    && other.link().isOpen()
                    && !other.isRefused()
                    && named.link().isOpen()) {
                broken("two connections called " + named.name());
            }
        }
    }

    void onHandedOver(int tag, ModelConnection connection) {
        Sent one = sent.get(tag);
        checkSentAgain(one, connection);
        one.handedTo(connection);
        if (one.end() == End.REPLIED) {
            broken(one + " is sent (again) after its reply");
        } else if (one.end() == End.REFUSED && one.op() != Op.ECHO) {
            broken(one + " is sent (again) after " + one.code());
        }
    }

    /** What was sent whole may have been applied. Only what Redis has refused, or says that it still waits for, is known not to have been. */
    private void checkSentAgain(Sent one, ModelConnection connection) {
        boolean mayHaveRun = one.handedTo() != null && one.handedTo() != connection;
        if (mayHaveRun && one.harm() == Harm.ONCE && !one.wasRefused() && one.op() != Op.BLPOP) {
            broken(one + " is sent again, and may have been applied");
        }
    }

    /** Returns a number for this application. */
    long onApplied(int tag, ModelConnection by, String result) {
        Sent one = sent.get(tag);
        Application application = new Application(by, by.database(), by.resp(), ++orders, result);
        one.applied(application);
        world.trace(() ->
                by.link().name() + ": applied " + one + (one.applications().size() > 1 ? " AGAIN" : ""));
        late += by.link().isOpen() ? 0 : 1;
        if (one.harm() != Harm.NONE) {
            checkOnce(one);
            checkEnd(one, by);
            checkOrder(one, by);
        }
        if (one.op() == Op.BLPOP
                && one.client().link().endSeenNanos() < world.now()
                && by.link().isOpen()) {
            broken(one + " was applied for a client that has left");
        }
        if (one.harm() != Harm.NONE) { // a read whose answer nobody was given may be read again
            highest.computeIfAbsent(one.client(), client -> new HashMap<>()).merge(by, one.number(), Math::max);
        }
        return application.order();
    }

    /** A key will expire: not before the time that its client asked for, counted from when it asked, and not later than if nobody had counted. */
    void onLife(int tag, long lifeMillis) {
        if (lifeMillis < 0) {
            return;
        }
        Sent one = sent.get(tag);
        long asked = Tags.lifeSeconds(tag) * 1_000L;
        long sinceSent = (world.now() - one.sentNanos()) / World.MILLI;
        if (sinceSent + lifeMillis + 1 < asked) {
            broken(one + " lets its key live for " + lifeMillis + " ms, " + sinceSent + " ms after it asked for "
                    + asked);
        } else if (lifeMillis > asked) {
            broken(one + " lets its key live longer than it asked for");
        }
    }

    private void checkOnce(Sent one) {
        if (one.harm() == Harm.ONCE && one.applications().size() > 1) {
            broken(one + " was applied " + one.applications().size() + " times");
        }
    }

    private void checkEnd(Sent one, ModelConnection by) {
        boolean newer = by.openedNanos() > one.endedNanos();
        switch (one.end()) {
            case NONE -> {}
            case REPLIED -> broken(one + " was applied after its reply");
            case REFUSED -> {
                if (!one.code().equals("INDOUBT")) {
                    broken(one + " was applied after " + one.code());
                } else if (newer) {
                    broken(one + " was applied after INDOUBT, over a newer connection");
                }
            }
            case CLIENT_GONE -> {
                if (one.client().hasGivenUp()
                        && by.openedNanos() > one.client().link().closedNanos()) {
                    broken(one + " was applied over a connection that is newer than its client's end");
                }
            }
        }
    }

    /** What a session sent later must not have taken effect before, but on a connection that was lost since. */
    private void checkOrder(Sent one, ModelConnection by) {
        highest.getOrDefault(one.client(), Map.of()).forEach((other, number) -> {
            if (other == by) {
                if (number >= one.number()) {
                    broken(one + " was applied behind a later command of its session");
                }
            } else if (number >= one.number() && isBefore(by, other, one)) {
                broken(one + " was applied over " + by.link().name() + " behind a later command over "
                        + other.link().name());
            }
        });
    }

    private boolean isBefore(ModelConnection by, ModelConnection other, Sent one) {
        if (plan.fenceDenied() && !by.link().isOpen() && one.end() != End.REPLIED) {
            return false; // nothing can be done about it, and the client has been told
        }
        return by.openedNanos() < other.openedNanos() || other.link().isOpen();
    }

    // ---- what clients are told

    /** A reply of Redis's reached the client whose turn it was; null if it is the right one, or what is wrong. */
    @Nullable
    String onReply(Sent one, long tag, long order, SimClient.State state) {
        one.end(End.REPLIED, "", world.now());
        if (tag != one.tag()) {
            return "the reply of " + sent.get((int) tag);
        }
        if (one.op() == Op.ECHO) {
            return null;
        }
        Application told = one.applications().stream()
                .filter(application -> application.order() == order)
                .findFirst()
                .orElse(null);
        if (told == null) {
            return "a reply that Redis never gave";
        }
        one.told(order);
        String early = readTooEarly(one);
        if (early != null) {
            return early;
        }
        if (told.database() != state.database() && !one.client().isOnItsOwn()) {
            return "applied in database " + told.database() + ", not in " + state.database();
        }
        if (one.op() == Op.HSCAN && one.wasOnEarlierRun()) {
            return "the cursor of an earlier run";
        }
        if (one.client().isOnItsOwn()) {
            return null;
        }
        return told.resp() == state.resp() ? null : "RESP" + told.resp() + " instead of " + state.resp();
    }

    /** What a client reads is what its own earlier writes have left. */
    private @Nullable String readTooEarly(Sent one) {
        return sent.stream()
                .filter(other -> other.client() == one.client() && other.number() < one.number())
                .filter(other -> other.end() == End.REPLIED && other.toldOrder() > one.toldOrder())
                .findFirst()
                .map(other -> "it was run before " + other)
                .orElse(null);
    }

    void onModelRefused(int tag, Refused state) {
        if (state == Refused.BUSY) {
            firstBusyNanos = Math.min(firstBusyNanos, world.now());
        }
        sent.get(tag).refusedByRedis();
    }

    void onLoading(int tag) {
        sent.get(tag).refusedByRedis();
    }

    private boolean wasBusyForLong() {
        return world.now() - plan.timings().busyHold().toNanos() >= firstBusyNanos;
    }

    /** Redis's own refusal: only when it was too late, or when something behind it had perhaps been run already. */
    private @Nullable String refused(Sent one, String code, long age) {
        if (!one.applications().isEmpty() && one.harm() != Harm.NONE) {
            return "it was applied";
        }
        boolean overtaken = sent.stream()
                .anyMatch(other ->
                        other.client() == one.client() && other.number() > one.number() && other.handedTo() != null);
        boolean asksAgain = one.op() == Op.BLPOP || one.op() == Op.EVAL;
        boolean opaque = one.op() == Op.FROB || (one.op() == Op.EVAL && !code.equals("BUSY"));
        return (one.mayBeAlone() && !asksAgain)
                        || opaque
                        || overtaken
                        || age >= one.client().shortestBudgetNanos()
                ? null
                : "too early";
    }

    /** The proxy's own error reached the client whose turn it was; null if that is all right, or what is wrong. */
    @Nullable
    String onRefused(Sent one, String code) {
        one.end(End.REFUSED, code, world.now());
        long age = world.now() - one.sentNanos();
        boolean applied = !one.applications().isEmpty() && one.harm() != Harm.NONE;
        return switch (code) {
            case "INDOUBT" -> inDoubt(one, age);
            case "UNAVAILABLE" ->
                applied
                        ? "it was applied"
                        : one.mayBeAlone()
                                        || isOvertaken(one)
                                        || age >= one.client().shortestBudgetNanos()
                                ? null
                                : "too early";
            case "LOADING" -> plan.infoDenied() && !applied ? null : "an error that Redis never gave";
            case "NOREPLICAS", "TRYAGAIN" -> refused(one, code, age);
            case "BUSY" -> wasBusyForLong() && !applied ? null : refused(one, code, age);
            case "READONLY" -> // of a replica from the start
                one.sentNanos() <= primaryNanos + World.SECOND && !applied ? null : refused(one, code, age);
            case "BACKLOGFULL", "EXECABORT", "nil" -> applied ? "it was applied" : null;
            case "CURSORLOST" -> one.op() == Op.HSCAN ? null : "it is no cursor";
            case "ERR", "WRONGPASS" -> // Redis, when it is asked at last, does not know the user
                one.client().isBelieved() && !applied ? null : "an error that Redis never gave";
            default -> "an error that Redis never gave";
        };
    }

    /** It reads, and behind it its session had sent something that may have changed what it would read if it were repeated (docs/decisions/0023). */
    private boolean isOvertaken(Sent one) {
        return one.reads()
                && one.handedTo() != null
                && sent.stream()
                        .anyMatch(other -> other.client() == one.client()
                                && other.number() > one.number()
                                && (other.op() == Op.FROB || other.op() == Op.UNIT || other.op() == Op.EVAL)
                                && other.handedTo() != null);
    }

    private @Nullable String inDoubt(Sent one, long age) {
        if (one.handedTo() == null && !one.mayBeAlone()) {
            return "it was never sent";
        }
        if (one.mayBeAlone() || plan.fenceDenied() || one.wasLostLate() || one.wasRefused()) {
            return one.harm() == Harm.NONE && !one.mayBeAlone() ? "a read is repeated" : null;
        }
        long patience =
                Math.min(plan.timings().replayWindow().toNanos(), one.client().shortestBudgetNanos());
        return switch (one.harm()) {
            case NONE -> "a read is repeated";
            case LAST_WINS ->
                age < patience && !isOvertaken(one) ? "repeating it was harmless, and it was not too late" : null;
            case ONCE -> null;
        };
    }

    /** Redis has told the proxy about itself. */
    void onIntroduced(boolean asPrimary) {
        introducedNanos = Math.min(introducedNanos, world.now());
        primaryNanos = asPrimary ? Math.min(primaryNanos, world.now()) : primaryNanos;
    }

    /** Whether the proxy may not have known any Redis then: it takes clients at their word. */
    boolean mayKnowNoRedis(long sentNanos) {
        return sentNanos <= introducedNanos + World.SECOND;
    }

    /** The proxy says that it closes a client because of half a reply. */
    void onReplyCut() {
        repliesCut++;
    }

    /** Whether a client that was closed may be one of those. */
    boolean wasReplyCut() {
        return --repliesCut >= 0;
    }

    // ---- the end

    /** How commands ended, and what happened to them on the way: a simulation in which little happens proves little. */
    Map<String, Integer> tally() {
        Map<String, Integer> tally = new TreeMap<>();
        for (Sent one : sent) {
            tally.merge(one.end() == End.REFUSED ? one.code() : one.end().toString(), 1, Integer::sum);
            if (one.applications().size() > 1) {
                tally.merge("applied again", 1, Integer::sum);
            }
        }
        tally.merge("applied over a lost connection", late, Integer::sum);
        return tally;
    }

    /** Everything has come to rest. */
    void checkAllEnded() {
        for (Sent one : sent) {
            if (one.end() == End.NONE) {
                broken(one + " never ended");
            } else if (one.end() == End.REPLIED
                    && one.op() != Op.ECHO
                    && one.applications().isEmpty()) {
                broken(one + " was answered and never applied");
            }
        }
    }
}
