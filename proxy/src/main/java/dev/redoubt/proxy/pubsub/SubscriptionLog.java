package dev.redoubt.proxy.pubsub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is worth a line about subscription connections. Never channels or messages. */
final class SubscriptionLog {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final String upstream;

    SubscriptionLog(String upstream) {
        this.upstream = upstream;
    }

    void distrusted(String cause) {
        LOG.atError()
                .addKeyValue("upstream", upstream)
                .addKeyValue("cause", cause)
                .log("A subscription connection said what it should not: it is opened anew");
    }
}
