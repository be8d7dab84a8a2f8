package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.tls.BlockingTls;
import dev.redoubt.proxy.tls.TlsTrouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is needed, again after it was lost, and greets each time. For one thread. */
final class CliConnection implements AutoCloseable {
    private final InetSocketAddress address;
    private final Duration connectTimeout;
    private final List<List<String>> greeting;
    private final @Nullable BlockingTls tls;
    private @Nullable RespClient client;

    /** @param tls null for a connection in the clear */
    CliConnection(
            InetSocketAddress address,
            Duration connectTimeout,
            List<List<String>> greeting,
            @Nullable BlockingTls tls) {
        this.tls = tls;
        this.address = address;
        this.connectTimeout = connectTimeout;
        this.greeting = greeting;
    }

    String address() {
        return address.getHostString() + ":" + address.getPort();
    }

    /** A refused greeting is the answer: the command is not sent then. */
    Reply call(List<byte[]> command) throws IOException {
        RespClient open = client;
        if (open == null) {
            open = connect();
            for (List<String> words : greeting) {
                Reply reply = open.call(words.toArray(String[]::new));
                if (reply.isFailure()) {
                    open.close();
                    return reply;
                }
            }
            client = open;
        }
        return open.call(command);
    }

    private RespClient connect() throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host cannot be looked up");
        }
        try {
            return secured(RespClient.connect(address, connectTimeout, Duration.ZERO));
        } catch (ConnectException e) {
            ConnectException clearer = new ConnectException(e.getMessage() + "; is Redoubt running there?");
            clearer.initCause(e);
            throw clearer;
        }
    }

    private RespClient secured(RespClient client) throws IOException {
        if (tls == null) {
            return client;
        }
        String host = address.getHostString();
        try {
            client.secure(tls, host);
            return client;
        } catch (IOException e) {
            client.close();
            TlsTrouble trouble = TlsTrouble.withServer(e, tls.serverName(host));
            throw new IOException("TLS: " + trouble.what(), e);
        }
    }

    Reply read() throws IOException {
        RespClient open = client;
        if (open == null) {
            throw new IOException("not connected");
        }
        return open.read();
    }

    @Override
    public void close() {
        RespClient open = client;
        client = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is lost either way
            }
        }
    }
}
