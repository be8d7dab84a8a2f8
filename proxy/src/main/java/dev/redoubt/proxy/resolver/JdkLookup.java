package dev.redoubt.proxy.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The JDK's resolver, which is the system's: it knows all that nsswitch.conf, a VPN or mDNS know, and blocks its thread for as long as it takes. */
final class JdkLookup implements Lookup {
    /** glibc's words for EAI_AGAIN: no server answered, or one answered SERVFAIL. */
    private static final String TEMPORARY = "Temporary failure in name resolution";

    private final Executor threads;

    /** @param threads that may block */
    JdkLookup(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void start(String host, Consumer<Answer> whenDone) {
        threads.execute(() -> whenDone.accept(lookUp(host)));
    }

    private static Answer lookUp(String host) {
        forgetAtOnce();
        try {
            return new Answer.Found(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            String message = String.valueOf(e.getMessage());
            return message.endsWith(TEMPORARY)
                    ? new Answer.Missing("the system's resolver had no answer from DNS", false)
                    : new Answer.Missing("the system's resolver does not know it", true);
        }
    }

    /**
     * Else the JDK gives an address for 30 s that has changed meanwhile, and denies a name for 10 s that is there. It reads this at its first look-up; here and not at the start, as reading its file of security properties takes time.
     */
    private static void forgetAtOnce() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    @Override
    public void close() {
        // Its threads are somebody else's.
    }
}
