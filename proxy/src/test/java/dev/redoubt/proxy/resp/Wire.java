package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bytes as tests write them, and the ways in which a network may deliver them. */
public final class Wire {
    private Wire() {}

    /** The bytes of a text in Latin-1, so that every byte can be written as one character. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The same for a table: {@code \r}, {@code \n}, {@code \0}, {@code \xHH} and {@code \\} are one byte each. */
    public static byte[] unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                out.append(text.charAt(i));
                continue;
            }
            switch (text.charAt(++i)) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case '0' -> out.append('\0');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> out.append(text.charAt(i));
            }
        }
        return bytes(out.toString());
    }

    /** A command as clients encode it. */
    public static byte[] command(String... words) {
        ByteBuf out = Unpooled.buffer();
        byte[][] arguments = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = bytes(words[i]);
        }
        RespWriter.command(out, arguments);
        return take(out);
    }

    /** Commands one behind the other, each written as words with spaces between. */
    public static byte[] commands(String... lines) {
        ByteBuf out = Unpooled.buffer();
        for (String line : lines) {
            out.writeBytes(command(line.split(" ")));
        }
        return take(out);
    }

    /** The readable bytes; releases the buffer. */
    public static byte[] take(ByteBuf buf) {
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes).release();
        return bytes;
    }

    /** The readable bytes as Latin-1; releases the buffer. */
    public static String text(ByteBuf buf) {
        return new String(take(buf), StandardCharsets.ISO_8859_1);
    }

    /** How far each of the reads gets: whole, cut in two at every byte, and byte by byte. */
    public static List<int[]> deliveries(int length) {
        List<int[]> all = new ArrayList<>();
        all.add(new int[] {length});
        for (int cut = 1; cut < length; cut++) {
            all.add(new int[] {cut, length});
        }
        all.add(singleBytes(length));
        return all;
    }

    /** Byte by byte. */
    public static int[] singleBytes(int length) {
        int[] single = new int[length];
        for (int i = 0; i < length; i++) {
            single[i] = i + 1;
        }
        return single;
    }

    /** One delivery in pieces of up to so many bytes. */
    public static int[] randomDelivery(int length, int largest, RandomGenerator random) {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        while (end < length) {
            end = Math.min(length, end + 1 + random.nextInt(largest));
            ends.add(end);
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
