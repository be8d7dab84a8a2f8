package dev.redoubt.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The HTTP listener, on the JDK's own server and daemon threads of its own. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 30;
    private static final int LISTEN_BACKLOG = 16;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private AdminServer(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens and answers from then on.
     *
     * @throws java.net.BindException if the address is in use or not ours
     */
    public static AdminServer start(InetSocketAddress address, AdminPages pages) throws IOException {
        boundSlowClients();
        HttpServer server = HttpServer.create(address, LISTEN_BACKLOG);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AdminServer::daemon);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, pages));
        startAsDaemon(server);
        return new AdminServer(server, threads);
    }

    /** Where it listens: the port that was chosen, if 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Seconds for a request and for its answer; by default the JDK waits for ever, and two idlers would take both threads. */
    private static void boundSlowClients() {
        for (String limit : new String[] {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "10");
            }
        }
    }

    /** The server's dispatcher inherits being a daemon from the thread that starts it. */
    private static void startAsDaemon(HttpServer server) throws IOException {
        Thread starter = daemon(server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.stop(0);
            throw new IOException("interrupted while starting", e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "redoubt-admin");
        thread.setDaemon(true);
        return thread;
    }

    private static void serve(HttpExchange exchange, AdminPages pages) throws IOException {
        try (exchange) {
            AdminRequest request = request(exchange);
            AdminResponse response = pages.answer(request);
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            response.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = response.bytes();
            if (request.method().equals("HEAD")) {
                exchange.sendResponseHeaders(response.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(response.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static AdminRequest request(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        InputStream body = exchange.getRequestBody();
        byte[] begin = body.readNBytes(AdminRequest.maxBodyBytes(path));
        InetAddress client = exchange.getRemoteAddress().getAddress();
        return new AdminRequest(
                exchange.getRequestMethod(),
                path,
                contentType == null ? "" : contentType.toLowerCase(Locale.ROOT),
                new String(begin, StandardCharsets.UTF_8),
                body.read() >= 0,
                client.isLoopbackAddress());
    }
}
