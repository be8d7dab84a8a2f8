package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.ByteAccount;
import dev.redoubt.proxy.log.Repeats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions that are open, by the ids that CLIENT ID gives. Confined to the lane. */
public final class Clients {
    private final Map<Long, ClientSession> byId = new LinkedHashMap<>();
    private final ByteAccount bytes = new ByteAccount();
    private final SpareReply spareReply = new SpareReply();
    private final Monitors monitors = new Monitors();
    private final LargeReplies largeReplies = new LargeReplies();
    private final QueueDoubt queueDoubt = new QueueDoubt();
    private @Nullable UserWatch users;
    private final ClientPause pause = new ClientPause(this::resumePaused);
    private long lastId;

    long add(ClientSession session) {
        byId.put(++lastId, session);
        return lastId;
    }

    void remove(long id) {
        byId.remove(id);
        if (byId.isEmpty()) {
            spareReply.release();
        }
    }

    /** That client; null if there is none. */
    @Nullable
    ClientSession find(long id) {
        return byId.get(id);
    }

    /** CLIENT PAUSE, as it holds these clients. */
    ClientPause pause() {
        return pause;
    }

    /** What was seen to have large replies. */
    LargeReplies largeReplies() {
        return largeReplies;
    }

    /** Whether Redis might refuse to queue commands. */
    QueueDoubt queueDoubt() {
        return queueDoubt;
    }

    /** A client has authenticated: its user may be deleted. */
    void onAuthenticated(House house) {
        UserWatch watch = users == null ? new UserWatch(house) : users;
        users = watch;
        watch.begin();
    }

    /** Those who monitor. */
    Monitors monitors() {
        return monitors;
    }

    /** For replies of the proxy's own. */
    SpareReply spareReply() {
        return spareReply;
    }

    private void resumePaused() {
        all().forEach(client -> client.resume(Pause.PAUSED));
    }

    /** How many wait for what Redis may be slow to give, or for the end of a CLIENT PAUSE. */
    public int blocked() {
        return (int) byId.values().stream()
                .filter(client -> client.profile().isBlocked(client))
                .count();
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
