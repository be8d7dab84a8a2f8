package dev.redoubt.proxy;

import dev.redoubt.proxy.config.UnusableUsers;
import dev.redoubt.proxy.config.UserList;
import dev.redoubt.proxy.config.UsersFile;
import dev.redoubt.proxy.lane.Lane;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file of the proxy's own users from time to time. What is new must be there unchanged at two looks, since an editor may be in the middle of writing it, and half a list would close the
 * clients of the other half; what cannot be used is logged once, and the old list stays. Confined to the lane; the file is read on another thread.
 */
final class UsersReload {
    private static final Logger LOG = LoggerFactory.getLogger(UsersReload.class);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Duration interval;
    private final Lane lane;
    private final Executor readers;
    private final Consumer<UserList> users;
    private UsersFile inForce;
    private String seen;
    private @Nullable String refused;

    /**
     * @param file as it is in force
     * @param readers where the file is read
     * @param users told of each new list, on the lane
     */
    UsersReload(UsersFile file, Duration interval, Lane lane, Executor readers, Consumer<UserList> users) {
        this.inForce = file;
        this.seen = file.text();
        this.interval = interval;
        this.lane = lane;
        this.readers = readers;
        this.users = users;
    }

    /** Begins; called once. */
    void start() {
        lookAfter(interval);
    }

    private void lookAfter(Duration time) {
        lane.executor().schedule(() -> look(inForce), time.toNanos());
    }

    private void look(UsersFile before) {
        readers.execute(() -> {
            try {
                UsersFile now = before.again();
                lane.executor().execute(() -> onRead(now, now.text()));
            } catch (UnusableUsers e) {
                String why = String.valueOf(e.getMessage());
                lane.executor().execute(() -> onRead(null, why));
            }
        });
    }

    /** @param what its text, or why there is none */
    private void onRead(@Nullable UsersFile now, String what) {
        boolean settled = what.equals(seen);
        seen = what;
        if (settled && now == null && !what.equals(refused)) {
            refuse(what);
        } else if (now != null && what.equals(inForce.text())) {
            refused = null;
        } else if (settled && now != null) {
            replace(now);
        }
        lookAfter(settled || interval.compareTo(SECOND_LOOK) < 0 ? interval : SECOND_LOOK);
    }

    private void replace(UsersFile now) {
        inForce = now;
        refused = null;
        users.accept(now.users());
        LOG.atInfo().addKeyValue("users", now.users().size()).log("users.file has changed: its users hold from now on");
    }

    private void refuse(String why) {
        refused = why;
        LOG.atError()
                .addKeyValue("cause", why)
                .log("users.file has changed and cannot be used: what was read before stays in force");
    }
}
