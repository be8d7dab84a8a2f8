package dev.redoubt.proxy.session;

import dev.redoubt.proxy.config.UserList;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.UpstreamKey;

/**
 * The proxy's own users: who is on the list may come in, and is at Redis the user that the proxy is. Redis is not asked, so this holds in an outage as well, and with no Redis at all. Confined to the lane.
 */
public final class OwnUsers implements Authenticator {
    /** As {@code addAuthErrReply} in acl.c of Redis 7.0. */
    private static final String WRONG = "WRONGPASS invalid username-password pair or user is disabled.";

    private UserList users;

    public OwnUsers(UserList users) {
        this.users = users;
    }

    /** From now on these are the users. Clients of those who are not among them any more are closed; a changed password is for the next to come, as at Redis. */
    public void replace(UserList now, Clients clients) {
        users = now;
        for (ClientSession client : clients.all()) {
            ClientState state = client.profile().state();
            if (state.isAdmitted() && !now.admits(state.user())) {
                client.cutOff("its user is on the list no more");
            }
        }
    }

    @Override
    public void verify(Credentials credentials, long holdBudgetNanos, Outcome outcome) {
        outcome.done(users.accepts(credentials.userName(), credentials.password()) ? null : WRONG);
    }

    @Override
    public UpstreamKey admit(UpstreamKey key, Credentials credentials) {
        return key;
    }

    /** As Redis shows those that have not authenticated. */
    @Override
    public String userOf(UpstreamKey key) {
        return Credentials.DEFAULT_USER;
    }

    @Override
    public boolean admitsAll() {
        return false;
    }

    @Override
    public boolean knows(String user) {
        return users.knows(user);
    }

    /** What Redis knows of users is nothing to these. */
    @Override
    public void distrust() {}
}
