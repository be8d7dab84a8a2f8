package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.log.Repeats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions that are open, by the ids that CLIENT ID gives. Confined to the lane. */
public final class Clients {
    private final Map<Long, ClientSession> byId = new LinkedHashMap<>();
    private final ByteAccount bytes = new ByteAccount();
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

    public int size() {
        return byId.size();
    }

    /** One more connected than may, and was turned away. */
    public void onRefused(Repeats repeats) {
        SessionLog.refused(repeats, size());
    }

    /** All of them, as they are now. */
    public List<ClientSession> all() {
        return List.copyOf(byId.values());
    }
}
