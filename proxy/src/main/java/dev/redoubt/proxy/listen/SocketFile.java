package dev.redoubt.proxy.listen;

import dev.redoubt.proxy.config.SocketSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket that the proxy listens on. The kernel makes it at bind and never removes it: after a crash it is in the
 * way of the next start. Blocks on the file system. Confined to one thread at a time: the one that starts, then the one that stops.
 */
public final class SocketFile {
    private final Path path;
    private final SocketSettings settings;
    private @Nullable Object ours;

    public SocketFile(Path path, SocketSettings settings) {
        this.path = path;
        this.settings = settings;
    }

    /**
     * Before bind: removes the file if nobody listens on it any more.
     *
     * @throws SocketTrouble if somebody does, or if it is not a socket's
     */
    public void makeRoom() throws SocketTrouble {
        Path directory = path.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new SocketTrouble("there is no directory " + directory);
        }
        BasicFileAttributes found = attributes();
        if (found == null) {
            return;
        }
        if (!found.isOther()) {
            throw new SocketTrouble("there is a file of that name that is no socket, and it is left alone");
        }
        if (isLive()) {
            throw new SocketTrouble("it is in use by " + holder());
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new SocketTrouble(
                    "a process that has ended left it behind, and it cannot be removed: " + reason(e), e);
        }
    }

    private String holder() {
        String holder = PortHolder.describe(path);
        return holder.isEmpty() ? "another process" : holder;
    }

    /** Without blocking: a connect waits where the listener has enough to accept already, which shows that there is one. */
    private boolean isLive() throws SocketTrouble {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new SocketTrouble("whether a process uses it cannot be found out: " + reason(e), e);
        }
    }

    /**
     * After bind: gives the file its owner, group and mode.
     *
     * @throws SocketTrouble if that is not allowed
     */
    public void handOver() throws SocketTrouble {
        BasicFileAttributes made = attributes();
        ours = made == null ? null : made.fileKey();
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return; // Windows: the directory's rights count
        }
        UserPrincipalLookupService principals = path.getFileSystem().getUserPrincipalLookupService();
        change("mode", () -> Files.setPosixFilePermissions(path, settings.mode()));
        String group = settings.group();
        if (group != null) {
            change("group", () -> view.setGroup(principals.lookupPrincipalByGroupName(group)));
        }
        String owner = settings.owner();
        if (owner != null) {
            change("owner", () -> view.setOwner(principals.lookupPrincipalByName(owner)));
        }
    }

    private static void change(String what, Change change) throws SocketTrouble {
        try {
            change.run();
        } catch (IOException e) {
            throw new SocketTrouble(
                    "its " + what + " cannot be changed: " + reason(e) + " (see socket." + what + ")", e);
        }
    }

    private interface Change {
        void run() throws IOException;
    }

    /** At the end: removes the file, unless it is another one by now. May be called again, and without the rest. */
    public void remove() {
        BasicFileAttributes found;
        try {
            found = attributes();
            if (ours != null && found != null && ours.equals(found.fileKey())) {
                Files.deleteIfExists(path);
            }
        } catch (SocketTrouble | IOException e) {
            return; // the next start finds out that nobody listens there
        }
    }

    private @Nullable BasicFileAttributes attributes() throws SocketTrouble {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new SocketTrouble(reason(e), e);
        }
    }

    /** The path is in the message already. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? "not allowed (" + e.getClass().getSimpleName() + ")" : reason;
    }
}
