package dev.redoubt.proxy.session;

import dev.redoubt.proxy.time.Throttle;
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

    /** At most one line a minute: who is configured wrongly tries again and again. */
    static void spokeTls(long id, Throttle throttle, long nowNanos) {
        long times = throttle.pass(nowNanos);
        if (times > 0) {
            LOG.atWarn()
                    .addKeyValue("client", id)
                    .addKeyValue("times", times)
                    .log("A client speaks TLS at a port without: give it redis://, or an address of tls.listen");
        }
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
