package dev.redoubt.proxy.session;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import org.junit.jupiter.api.AfterEach;

/** A client that may track, and the connections that its proxy opens for that. */
abstract class TrackingScene {
    static final String INVALIDATE_A = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\na\r\n";
    static final String INVALIDATE_ALL = ">2\r\n$10\r\ninvalidate\r\n_\r\n";

    final SessionFixture fixture = new SessionFixture().start();
    final Client client = fixture.connectReady();

    @AfterEach
    void close() {
        fixture.close();
    }

    FakeConnection own() {
        return fixture.redis().connection("tracking");
    }

    FakeConnection receiver() {
        return fixture.redis().connection("invalidations");
    }

    static void hello3(Client one) {
        one.send("HELLO 3");
        one.received();
    }

    /** The client tracks, with those options. */
    void track(String options) {
        client.send("CLIENT TRACKING ON" + options);
        own().takeReceived();
        own().reply("+OK\r\n");
        client.expect("+OK\r\n");
    }

    static long idOf(Client one) {
        one.send("CLIENT ID");
        return Long.parseLong(one.received().strip().substring(1));
    }
}
