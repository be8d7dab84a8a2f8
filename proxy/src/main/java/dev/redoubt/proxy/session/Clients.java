package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.time.Throttle;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions that are open, by the ids that CLIENT ID gives. Confined to the lane. */
public final class Clients {
    private final Map<Long, ClientSession> byId = new LinkedHashMap<>();
    private final ByteAccount bytes = new ByteAccount();
    private final Throttle tlsSpoken = new Throttle(Duration.ofMinutes(1));
    private long lastId;

    long add(ClientSession session) {
        byId.put(++lastId, session);
        return lastId;
    }

    void remove(long id) {
        byId.remove(id);
    }

    /** What clients' unhandled input and unread output keep alive. */
    public ByteAccount bytes() {
        return bytes;
    }

    /** Holds back repeated lines about clients that speak TLS where there is none. */
    Throttle tlsSpoken() {
        return tlsSpoken;
    }

    public int size() {
        return byId.size();
    }

    /** All of them, as they are now. */
    public List<ClientSession> all() {
        return List.copyOf(byId.values());
    }
}
