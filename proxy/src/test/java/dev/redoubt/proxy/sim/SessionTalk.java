package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.sim.SimClient.Leaving;
import dev.redoubt.proxy.sim.SimClient.State;

/** What a client says about its session: which database, which protocol, which library, and that it is done. */
final class SessionTalk {
    private static final long JEDIS_NANOS = 1_600 * World.MILLI;

    private final Script script;
    private final World world;
    private final SimClient client;

    SessionTalk(Script script, SimClient client) {
        this.script = script;
        this.world = script.world();
        this.client = client;
    }

    void one() {
        switch (world.between(0, 26)) {
            case 0, 1, 2, 3, 4, 5 -> select(world.between(0, 2));
            case 6, 7, 8, 9 -> hello(world.between(2, 3));
            case 10, 11 -> script.request(Awaited.anything(), "CLIENT", "ID");
            case 12, 13 -> script.request(Awaited.text("OK"), "CLIENT", "SETNAME", "worker");
            case 14, 15 -> script.request(Awaited.anything(), "PING");
            case 16, 17 -> script.request(reply -> null, "INFO");
            case 18 -> library();
            case 19 -> reset();
            case 20 -> quit();
            case 21 -> garbage();
            case 22, 23 -> auth();
            case 24 -> script.request(Awaited.anything(), "WAIT", "0", "10");
            default -> script.raw(FrameReader.bytes("*0\r\n*-1\r\nPING\r\n"), "inline PING", Awaited.text("PONG"));
        }
    }

    private void select(int database) {
        script.request(
                reply -> {
                    State old = client.state();
                    boolean moved = "OK".equals(reply.text());
                    client.setState(new State(moved ? database : old.database(), old.resp()));
                    boolean unknownUser =
                            reply.isError() && String.valueOf(reply.text()).matches("(?s).*(AUTH|WRONGPASS).*");
                    return unknownUser ? null : Awaited.text("OK").problem(reply);
                },
                "SELECT",
                Integer.toString(database));
    }

    private void hello(int resp) {
        script.request(
                reply -> {
                    State old = client.state();
                    client.setState(new State(old.database(), resp));
                    return reply.type() == (resp == 3 ? '%' : '*') ? null : "not a greeting of RESP" + resp;
                },
                "HELLO",
                Integer.toString(resp));
    }

    private void auth() {
        boolean right = world.oneIn(2);
        long sentNanos = world.now();
        script.request(
                reply -> {
                    boolean accepted = "OK".equals(reply.text());
                    boolean refused = reply.errorCode().matches("WRONGPASS|ERR") || Awaited.isRefusal(reply);
                    boolean believed = right || script.referee().mayKnowNoRedis(sentNanos);
                    client.isBelieved(accepted && script.referee().mayKnowNoRedis(sentNanos));
                    return (accepted && believed) || refused ? null : "not what Redis says";
                },
                "AUTH",
                right ? ModelSession.PASSWORD : "wrong");
    }

    private void library() {
        client.isLibraryWithBudget(JEDIS_NANOS);
        script.request(Awaited.text("OK"), "CLIENT", "SETINFO", "LIB-NAME", "jedis");
    }

    private void reset() {
        script.request(
                reply -> {
                    client.setState(new State(0, 2));
                    return Awaited.text("RESET").problem(reply);
                },
                "RESET");
    }

    private void quit() {
        script.request(Awaited.text("OK"), "QUIT");
        client.leave(Leaving.POLITELY);
    }

    private void garbage() {
        script.raw(FrameReader.bytes("*1\r\n:1\r\n"), "garbage", Awaited.error("ERR"));
        client.leave(Leaving.CUT_OFF);
    }
}
