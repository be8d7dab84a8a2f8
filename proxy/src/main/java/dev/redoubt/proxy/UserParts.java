package dev.redoubt.proxy;

import dev.redoubt.proxy.config.UsersFile;
import dev.redoubt.proxy.config.UsersSettings;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.session.Authenticator;
import dev.redoubt.proxy.session.Clients;
import dev.redoubt.proxy.session.OwnUsers;
import dev.redoubt.proxy.session.UpstreamAuthenticator;
import dev.redoubt.proxy.upstream.UpstreamServer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who checks clients' passwords: Redis, or the proxy. Confined to the lane.
 *
 * @param reload null where Redis does
 */
record UserParts(Authenticator authenticator, @Nullable UsersReload reload) {
    /** @param readers where the file is read */
    static UserParts of(UsersSettings settings, UpstreamServer server, Lane lane, Executor readers, Clients clients) {
        UsersFile file = settings.file();
        if (file == null) {
            return new UserParts(new UpstreamAuthenticator(server, lane), null);
        }
        OwnUsers own = new OwnUsers(file.users());
        UsersReload reload =
                new UsersReload(file, settings.reloadInterval(), lane, readers, users -> own.replace(users, clients));
        return new UserParts(own, reload);
    }

    void start() {
        if (reload != null) {
            reload.start();
        }
    }
}
