package dev.redoubt.proxy.resolver;

import java.net.InetAddress;
import java.util.List;

/** What became of a look-up. Immutable. */
public sealed interface Answer {
    /**
     * There is such a name.
     *
     * @param addresses at least one, in the order in which they are to be tried
     */
    record Found(List<InetAddress> addresses) implements Answer {
        public Found {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("found nothing");
            }
        }
    }

    /**
     * There is no address.
     *
     * @param reason half a sentence, for people
     * @param certain whoever knows says that there is none; otherwise nobody answered who could know
     */
    record Missing(String reason, boolean certain) implements Answer {}
}
