package dev.redoubt.agent.hook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Classes of the shapes that Redis clients have. */
final class Shapes {
    private Shapes() {}

    /** Jedis up to 3.0. */
    public static class SocketFirst {
        boolean ssl = true;
        public boolean usedTls;
        public InetSocketAddress address = new InetSocketAddress(0);
        public Socket socket = new Socket();

        public SocketFirst() {}

        @SuppressWarnings("AddressSelection")
        public void connect() throws IOException {
            try {
                socket = socket == null ? new Socket() : fresh();
                address = new InetSocketAddress("asked.invalid", 6379);
                usedTls = ssl;
            } catch (IllegalStateException e) {
                throw new IOException(e);
            }
        }

        private Socket fresh() {
            socket = null;
            return null;
        }
    }

    /** Jedis from 4.4 on. */
    public static class HostFirst {
        SslOptions sslOptions = new SslOptions();
        boolean ssl;
        public boolean usedTls;
        public InetAddress[] found = {};

        public Socket createSocket() throws IOException {
            Socket socket = connectToAny(new HostAndPort());
            usedTls = ssl || sslOptions != null;
            return socket;
        }

        private Socket connectToAny(HostAndPort hostAndPort) throws IOException {
            found = InetAddress.getAllByName(hostAndPort.host);
            return new Socket();
        }
    }

    public static class SslOptions {}

    /** Makes two sockets: nobody knows which one counts. */
    public static class TwoSockets {
        public Socket createSocket() throws IOException {
            new Socket().close();
            return new Socket();
        }
    }

    /** Jedis's Connection from 3.5 on, which has a factory for its sockets. */
    public static class WithFactory {
        JedisSocketFactory factory;

        public boolean isThere() {
            return factory != null;
        }
    }

    public interface JedisSocketFactory {}

    /** Chains of constructors, an object of the parent's class among the arguments. */
    public static class Chained extends Parent {
        public Chained() {
            this(new Parent(null));
        }

        public Chained(Parent other) {
            super(new Parent(other));
        }

        public void close() {}
    }

    public static class Parent {
        final Parent other;

        public Parent(Parent other) {
            this.other = other;
        }
    }
}
