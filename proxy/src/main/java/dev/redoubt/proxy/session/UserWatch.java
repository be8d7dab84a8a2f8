package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.SharedUpstream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes the clients of a user whom Redis lets in no more. Redis itself closes the connections of a user that is deleted ({@code ACLFreeUserAndKillClients} in acl.c), which here are shared ones; so where a
 * user's shared connection is gone although Redis is there, it is opened again, wanted or not, and if Redis refuses the password all clients that came in with it are closed. Runs while any client has
 * authenticated. Confined to the lane.
 */
final class UserWatch {
    private static final long INTERVAL_NANOS = 500_000_000;

    private final House house;
    private final Set<SharedUpstream> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean running;

    UserWatch(House house) {
        this.house = house;
    }

    /** A client has authenticated. */
    void begin() {
        if (!running) {
            running = true;
            house.lane().executor().schedule(this::look, INTERVAL_NANOS);
        }
    }

    private void look() {
        running = false;
        for (ClientSession client : house.clients().all()) {
            if (isUsers(client)) {
                begin();
                look(client.upstream());
            }
        }
    }

    private boolean isUsers(ClientSession client) {
        Credentials own = house.server().defaultKey(0, 2).credentials();
        Credentials credentials = client.profile().state().key().credentials();
        return credentials != null && !credentials.equals(own);
    }

    private void look(SharedUpstream upstream) {
        if (house.server().isUp() && !upstream.isForwarding() && upstream.wasEverReady() && asked.add(upstream)) {
            upstream.whenReady(error -> {
                asked.remove(upstream);
                if (error != null && error.startsWith("WRONGPASS")) {
                    close(upstream.key().credentials());
                }
            });
        }
    }

    private void close(@Nullable Credentials refused) {
        for (ClientSession client : house.clients().all()) {
            if (Objects.equals(client.profile().state().key().credentials(), refused)) {
                client.cutOff("Redis lets its user in no more");
            }
        }
    }
}
