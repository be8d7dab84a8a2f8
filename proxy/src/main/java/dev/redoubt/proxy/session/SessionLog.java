package dev.redoubt.proxy.session;

import dev.redoubt.proxy.log.Repeats;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is worth a line about clients: the same trouble of many of them is one line, and each a line at level debug. Never keys, values or passwords. Stateless. */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private SessionLog() {}

    static void cutOff(Repeats repeats, long id, String why) {
        LOG.atDebug().addKeyValue("client", id).addKeyValue("cause", why).log("Client cut off");
        repeats.happened(
                "cut off: " + NUMBER.matcher(why).replaceAll("n"),
                times -> LOG.atWarn()
                        .addKeyValue("cause", why)
                        .addKeyValue("client", id)
                        .addKeyValue("times", times)
                        .addKeyValue(
                                "advice",
                                "raise the limit that the cause names if the client is right; else mend the client")
                        .log(
                                "Client cut off: its connection is closed, and what it had not been answered is lost to it"));
    }

    static void spokeTls(Repeats repeats, long id) {
        repeats.happened(
                "spoke TLS",
                times -> LOG.atWarn()
                        .addKeyValue("client", id)
                        .addKeyValue("times", times)
                        .addKeyValue("advice", "give it redis://, or an address of tls.listen")
                        .log("A client speaks TLS at a port without; its connection is closed"));
    }

    static void refused(Repeats repeats, int clients) {
        repeats.happened(
                "refused",
                times -> LOG.atWarn()
                        .addKeyValue("clients", clients)
                        .addKeyValue("times", times)
                        .addKeyValue("advice", "raise clients.max, or find out who opens so many connections")
                        .log("Client refused: so many are connected already"));
    }

    static void failed(Repeats repeats, long id, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.atDebug()
                    .addKeyValue("client", id)
                    .addKeyValue("cause", cause.getMessage())
                    .log("Client connection lost");
        } else {
            repeats.happened(
                    "failed: " + cause.getClass().getName(),
                    times -> LOG.atError()
                            .addKeyValue("client", id)
                            .addKeyValue("times", times)
                            .addKeyValue("advice", "this is a bug of Redoubt: report it with this line")
                            .setCause(cause)
                            .log("A session failed; its connection is closed"));
        }
    }
}
