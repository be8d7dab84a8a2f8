package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.command.Delivery;
import dev.redoubt.proxy.sim.Op.Harm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command (or one MULTI ... EXEC) that a client sent to Redis, from its sending to its end, with every time that the model applied it. */
final class Sent {
    /** How it ended. */
    enum End {
        NONE,
        /** With what Redis replied. */
        REPLIED,
        /** With an error of the proxy's. */
        REFUSED,
        /** Its client left, or was closed. */
        CLIENT_GONE
    }

    /** The model has applied it. */
    record Application(ModelConnection by, int database, int resp, long order, String result) {}

    private final int tag;
    private final SimClient client;
    private final int number;
    private final Op op;
    private final Harm harm;
    private Delivery delivery = Delivery.BY_CLASS;
    private boolean alone;
    private final long sentNanos;
    private final List<Application> applications = new ArrayList<>(1);
    private @Nullable ModelConnection handedTo;
    private boolean wasOnEarlierRun;
    private boolean wasRefused;
    private boolean reads;
    private long toldOrder;
    private End end = End.NONE;
    private String code = "";
    private long endedNanos;

    /** @param alone whether it may go to a connection of its own, where nothing is repeated */
    Sent(int tag, SimClient client, int number, Op op, Harm harm, boolean alone, long sentNanos) {
        this.tag = tag;
        this.client = client;
        this.number = number;
        this.op = op;
        this.harm = harm;
        this.alone = alone;
        this.sentNanos = sentNanos;
    }

    int tag() {
        return tag;
    }

    SimClient client() {
        return client;
    }

    /** Its place in what the client sent. */
    int number() {
        return number;
    }

    Op op() {
        return op;
    }

    /** What a second run does, as far as its user minds. What nobody knows, and what takes an element from a connection of its own, is never repeated. */
    Harm harm() {
        boolean neverAgain = op == Op.FROB || op == Op.BLPOP;
        return switch (delivery) {
            case BY_CLASS -> harm;
            case AT_MOST_ONCE -> harm == Harm.NONE ? Harm.NONE : Harm.ONCE;
            case AT_LEAST_ONCE -> harm == Harm.ONCE && !neverAgain ? Harm.LAST_WINS : harm;
        };
    }

    /** Its user has chosen. */
    void deliver(Delivery chosen) {
        delivery = chosen;
    }

    boolean mayBeAlone() {
        return alone;
    }

    long sentNanos() {
        return sentNanos;
    }

    void isAlone() {
        alone = true;
    }

    /** It is a transaction that reads. */
    void alsoReads() {
        reads = true;
    }

    /** Whether it tells its client what some key holds. */
    boolean reads() {
        return reads || harm == Harm.NONE;
    }

    List<Application> applications() {
        return applications;
    }

    void applied(Application application) {
        applications.add(application);
    }

    /** The proxy's kernel has taken its last byte for that connection. */
    void handedTo(ModelConnection connection) {
        wasOnEarlierRun |= handedTo != null && handedTo.run() != connection.run();
        handedTo = connection;
    }

    /** Whether it was sent to one run, and then to another. */
    boolean wasOnEarlierRun() {
        return wasOnEarlierRun;
    }

    /** Redis has refused it for its state. */
    void refusedByRedis() {
        wasRefused = true;
    }

    boolean wasRefused() {
        return wasRefused;
    }

    /** Its client was told the result of that application. */
    void told(long order) {
        toldOrder = order;
    }

    /** Of the application whose result its client was told; 0 if of none. */
    long toldOrder() {
        return toldOrder;
    }

    @Nullable
    ModelConnection handedTo() {
        return handedTo;
    }

    /** Whether the loss of its connection was perhaps only noticed after the next run had begun, which then proves nothing. */
    boolean wasLostLate() {
        return handedTo != null
                && (handedTo.link().isBadlyConnected()
                        || handedTo.link().closedNanos() >= handedTo.run().succeededNanos());
    }

    void end(End how, String errorCode, long atNanos) {
        end = how;
        code = errorCode;
        endedNanos = atNanos;
    }

    End end() {
        return end;
    }

    /** The code of the proxy's error. */
    String code() {
        return code;
    }

    long endedNanos() {
        return endedNanos;
    }

    @Override
    public String toString() {
        return op + " #" + tag + " of " + client.name();
    }
}
