package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.Settings;

/** Starts the data plane. */
public interface ProxyStarter {
    /**
     * Returns once every data listener is open; the upstream may still be away.
     *
     * @throws StartException if it cannot run: nothing is left open then
     */
    RunningProxy start(Settings settings) throws StartException;
}
