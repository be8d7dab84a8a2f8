package dev.redoubt.proxy.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds which process listens on a port or a Unix socket, from Linux's /proc. Immutable. */
public final class PortHolder {
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** In net/unix: the flag of a socket that listens, as the accepted ones have its path too. */
    private static final int LISTENS = 0x10000;

    private static final int UNIX_FLAGS = 3;
    private static final int UNIX_INODE = 6;
    private static final int UNIX_PATH = 7;

    private final Path proc;

    PortHolder(Path proc) {
        this.proc = proc;
    }

    /** {@code redis-server (pid 123)}; "another process" if it may not be seen; empty if nobody listens or nothing is known. */
    public static String describe(InetSocketAddress address) {
        return new PortHolder(Path.of("/proc")).holderOf(address.getPort());
    }

    /** As {@link #describe(InetSocketAddress)}, of the file of a Unix socket. */
    static String describe(Path socket) {
        return new PortHolder(Path.of("/proc")).holderOf(socket);
    }

    String holderOf(int port) {
        return holderOf(Stream.of("net/tcp", "net/tcp6")
                .flatMap(this::lines)
                .flatMap(line -> listeningInode(line, port).stream())
                .toList());
    }

    String holderOf(Path socket) {
        return holderOf(lines("net/unix")
                .flatMap(line -> listeningInode(line, socket).stream())
                .toList());
    }

    private String holderOf(List<String> inodes) {
        if (inodes.isEmpty()) {
            return "";
        }
        return processes().stream()
                .filter(process -> holds(process, inodes))
                .findFirst()
                .map(this::name)
                .orElse("another process");
    }

    /** A line of the table: {@code 0: 0100007F:18EC 00000000:0000 0A ... inode}. */
    private static Optional<String> listeningInode(String line, int port) {
        String[] columns = line.strip().split("\\s+");
        boolean isListening = columns.length > INODE && columns[STATE].equals(LISTENING);
        if (!isListening || !columns[LOCAL_ADDRESS].endsWith(String.format(":%04X", port))) {
            return Optional.empty();
        }
        return Optional.of(columns[INODE]);
    }

    /** A line of the table: {@code Num: RefCount Protocol Flags Type St Inode Path}; a path may have spaces. */
    private static Optional<String> listeningInode(String line, Path socket) {
        String[] columns = line.strip().split("\\s+", UNIX_PATH + 1);
        boolean isOfSocket = columns.length > UNIX_PATH && columns[UNIX_PATH].equals(socket.toString());
        boolean isListening = isOfSocket && (Integer.parseInt(columns[UNIX_FLAGS], 16) & LISTENS) != 0;
        return isListening ? Optional.of(columns[UNIX_INODE]) : Optional.empty();
    }

    private List<Path> processes() {
        return children(proc, "[0-9]*");
    }

    private static boolean holds(Path process, List<String> inodes) {
        for (Path descriptor : children(process.resolve("fd"), "*")) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (inodes.stream().anyMatch(inode -> target.equals("socket:[" + inode + "]"))) {
                    return true;
                }
            } catch (IOException e) {
                // closed meanwhile, or not ours to see: the next one may be
            }
        }
        return false;
    }

    /** A Java process is named by what it runs, as "java" would tell nobody anything. */
    private String name(Path process) {
        String command = text(process.resolve("comm")).strip();
        String arguments = text(process.resolve("cmdline")).replace('\0', ' ');
        String name = arguments.contains("redoubt") ? "another Redoubt" : command;
        return name + " (pid " + process.getFileName() + ")";
    }

    private static List<Path> children(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, glob)) {
            paths.forEach(found::add);
        } catch (IOException e) {
            return List.of(); // another user's, or not Linux
        }
        return found;
    }

    private Stream<String> lines(String file) {
        return text(proc.resolve(file)).lines();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
