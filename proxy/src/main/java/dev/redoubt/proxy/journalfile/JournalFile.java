package dev.redoubt.proxy.journalfile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file. Changes are appended; when most of it is old it is written anew beside itself and renamed. All of its calls block.
 * Confined to one thread at a time.
 */
final class JournalFile implements Closeable {
    private static final byte[] MAGIC = {'R', 'e', 'd', 'o', 'u', 'b', 't', '1'};
    private static final String NAME = "journal.log";
    private static final long SMALLEST_REWRITE_BYTES = 1 << 20;
    private static final long LARGEST_BYTES = Integer.MAX_VALUE - 8;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Where the newest record of a key lies. */
    private record Place(long at, int length) {}

    private record Found(Change change, long at) {}

    private final Path directory;
    private final FileChannel lockFile;
    private final Recovered recovered;
    private final Map<ByteBuffer, Place> places = new LinkedHashMap<>();
    private FileChannel file;
    private long end;
    private long liveBytes;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** @throws IOException if the directory cannot be used, or another process uses it */
    JournalFile(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.lockFile = lock(directory.resolve("journal.lock"));
        try {
            this.file = FileChannel.open(
                    directory.resolve(NAME),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            this.recovered = recover();
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another Redoubt uses " + path.getParent());
        }
        return channel;
    }

    private Recovered recover() throws IOException {
        if (file.size() > LARGEST_BYTES) {
            throw new IOException(directory.resolve(NAME) + " is larger than 2 GB");
        }
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        while (all.hasRemaining() && file.read(all, all.position()) >= 0) {
            // until it is whole
        }
        all.flip();
        Map<ByteBuffer, Change> newest = new LinkedHashMap<>();
        end = startsWithMagic(all) ? MAGIC.length : 0;
        all.position((int) end);
        for (List<Found> unit = readUnit(all); !unit.isEmpty() && end > 0; unit = readUnit(all)) {
            unit.forEach(found -> take(found, newest));
            end = all.position();
        }
        long cut = file.size() - end;
        if (cut > 0) {
            keepCut(all, (int) end);
        }
        long cutAt = end;
        begin();
        return new Recovered(List.copyOf(newest.values()), cut, cutAt);
    }

    /** What counts together at the buffer's position, which moves behind it; nothing, and the position stays, if it is not all there and sound. */
    private static List<Found> readUnit(ByteBuffer all) {
        int start = all.position();
        List<Found> unit = new ArrayList<>();
        for (int left = 1; left > 0; ) {
            int at = all.position();
            Change change = Records.read(all);
            if (change == null) {
                all.position(start);
                return List.of();
            }
            int marked = at == start ? Records.marked(change) : 0;
            if (marked > 0) {
                left = marked;
            } else {
                unit.add(new Found(change, at));
                left--;
            }
        }
        return unit;
    }

    private void take(Found found, Map<ByteBuffer, Change> newest) {
        ByteBuffer key = ByteBuffer.wrap(found.change().key());
        note(found.change(), found.at());
        newest.remove(key);
        if (found.change().state() != null) {
            newest.put(key, found.change());
        }
    }

    private static boolean startsWithMagic(ByteBuffer all) {
        return all.remaining() >= MAGIC.length && all.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** For those who want to look at it; the next cut replaces it. */
    private void keepCut(ByteBuffer all, int from) throws IOException {
        byte[] tail = new byte[all.limit() - from];
        all.get(from, tail);
        Files.write(directory.resolve("journal.cut"), tail);
    }

    /** What comes next stands directly behind what is sound. */
    private void begin() throws IOException {
        file.truncate(end);
        if (end == 0) {
            writeFully(file, ByteBuffer.wrap(MAGIC), 0);
            end = MAGIC.length;
        }
        file.force(true);
    }

    private void note(Change change, long at) {
        ByteBuffer key = ByteBuffer.wrap(change.key());
        Place old = places.remove(key);
        liveBytes -= old == null ? 0 : old.length();
        if (change.state() != null) {
            int length = Records.sizeOf(change);
            places.put(key, new Place(at, length));
            liveBytes += length;
        }
    }

    Recovered recovered() {
        return recovered;
    }

    long bytes() {
        return end;
    }

    /**
     * Writes; a killed process loses nothing of it from now on, a machine may until {@link #force}. Of a unit whose writing was cut short nothing counts.
     *
     * @param units changes that count together
     */
    void append(List<List<Change>> units) throws IOException {
        if (isWorthRewriting()) {
            rewrite();
        }
        int size = units.stream().mapToInt(Records::sizeOf).sum();
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(size);
        }
        buffer.clear();
        units.forEach(this::put);
        buffer.flip();
        writeFully(file, buffer, end);
        end += size;
        if (buffer.capacity() > 16 * BUFFER_BYTES) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
    }

    private void put(List<Change> unit) {
        if (unit.size() > 1) {
            Records.write(buffer, Records.mark(unit.size()));
        }
        for (Change change : unit) {
            note(change, end + buffer.position());
            Records.write(buffer, change);
        }
    }

    void force() throws IOException {
        file.force(false);
    }

    private boolean isWorthRewriting() {
        return end > SMALLEST_REWRITE_BYTES && end > 2 * liveBytes;
    }

    /** Whole and on disk before it takes the old one's place, so that there is always one. */
    private void rewrite() throws IOException {
        Path fresh = directory.resolve("journal.new");
        FileChannel to = FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        writeFully(to, ByteBuffer.wrap(MAGIC), 0);
        long at = MAGIC.length;
        List<Map.Entry<ByteBuffer, Place>> all = new ArrayList<>(places.entrySet());
        for (Map.Entry<ByteBuffer, Place> each : all) {
            Place old = each.getValue();
            copy(old, to, at);
            places.put(each.getKey(), new Place(at, old.length()));
            at += old.length();
        }
        to.force(true);
        Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
        file.close();
        file = to;
        end = at;
    }

    private void copy(Place from, FileChannel to, long at) throws IOException {
        to.position(at);
        long copied = 0;
        while (copied < from.length()) {
            copied += file.transferTo(from.at() + copied, from.length() - copied, to);
        }
    }

    /** The name is in the directory, which is a file of its own. Not every system can do it, and those need it not. */
    private void forceDirectory() {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            // Windows opens no directories.
        }
    }

    private static void writeFully(FileChannel to, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += to.write(bytes, position);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        lockFile.close();
    }
}
