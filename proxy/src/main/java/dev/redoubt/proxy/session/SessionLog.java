package dev.redoubt.proxy.session;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is worth a line about a single client. Never its keys, values or passwords. */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private SessionLog() {}

    static void cutOff(long id, String why) {
        LOG.atWarn().addKeyValue("client", id).addKeyValue("cause", why).log("Client cut off");
    }

    static void failed(long id, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.atDebug()
                    .addKeyValue("client", id)
                    .addKeyValue("cause", cause.getMessage())
                    .log("Client connection lost");
        } else {
            LOG.atError().addKeyValue("client", id).setCause(cause).log("A session failed; its connection is closed");
        }
    }
}
