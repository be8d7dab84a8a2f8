package dev.redoubt.proxy.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model's end of one connection from the proxy: when it reads, when it replies, how it ends. */
final class ModelConnection implements Peer {
    private final World world;
    private final ModelServer server;
    private final ModelServer.Run run;
    private final Link link;
    private final long id;
    private final String address;
    private final long openedNanos;
    private final FrameReader in = new FrameReader();
    private final List<byte[]> out = new ArrayList<>();
    private final ModelSession session;
    private int unread;
    private int repliesLeft = -1;
    private boolean open = true;

    ModelConnection(Site site, ModelServer server, ModelServer.Run run, long id, String address, Link link) {
        this.world = site.world();
        this.server = server;
        this.run = run;
        this.id = id;
        this.address = address;
        this.link = link;
        this.openedNanos = world.now();
        this.session = new ModelSession(site, server, this);
        link.attach(this);
        link.watchTaken(new HandedOver(site.referee(), this)::add);
    }

    Link link() {
        return link;
    }

    long id() {
        return id;
    }

    String address() {
        return address;
    }

    ModelServer.Run run() {
        return run;
    }

    long openedNanos() {
        return openedNanos;
    }

    String name() {
        return session.name();
    }

    int database() {
        return session.database();
    }

    int resp() {
        return session.resp();
    }

    boolean isRefused() {
        return session.isRefused();
    }

    /** Whether clients' commands have come over it. */
    boolean isUsed() {
        return session.isUsed();
    }

    /** Whether the proxy is owed nothing here. */
    boolean isIdle() {
        return open && !session.isBlocked() && !in.isMidFrame() && link.isQuiet() && !server.isStalled();
    }

    // ---- the connection

    @Override
    public void onBytes(byte[] bytes) {
        if (open) {
            in.add(bytes);
            unread += bytes.length;
            server.onReady(this);
        }
    }

    @Override
    public void onEnd() {
        if (open) {
            open = false;
            server.forget(this);
        }
    }

    void close() {
        onEnd();
        link.peerCloses(world.oneIn(2));
    }

    /** Closes when the next commands have been applied, without a word about some of them. */
    void closeAfterNext() {
        repliesLeft = world.between(0, 3);
    }

    /** The process is gone. */
    void die(boolean silently) {
        onEnd();
        if (silently) {
            link.peerVanishes(server::isHostUp);
        } else {
            link.peerCloses(world.oneIn(2));
        }
    }

    void process() {
        for (Frame frame = nextCommand(); frame != null; frame = nextCommand()) {
            session.execute(frame.items().stream().map(Frame::text).toArray(String[]::new));
            if (repliesLeft == 0) {
                close();
            } else if (world.oneIn(6)) {
                flush();
            }
            repliesLeft--;
        }
        if (open) {
            flush();
        }
        int read = unread;
        unread = 0;
        link.consumed(read);
    }

    private @Nullable Frame nextCommand() {
        return open && !session.isBlocked() ? in.next() : null;
    }

    private void flush() {
        if (!out.isEmpty()) {
            byte[] all = FrameReader.join(out);
            out.clear();
            link.send(all);
        }
    }

    void reply(byte[] bytes) {
        out.add(bytes);
    }

    boolean isOpen() {
        return open;
    }

    /** The server has become a replica: whoever waits here is told, and waits no more. */
    void onDemoted() {
        if (session.isBlocked()) {
            session.endBlocking();
            flush();
            close();
        }
    }

    /** An element was pushed: it may be waited for here. */
    void serveIfBlockedOn(int database, String key) {
        session.serveIfBlockedOn(database, key);
    }
}
