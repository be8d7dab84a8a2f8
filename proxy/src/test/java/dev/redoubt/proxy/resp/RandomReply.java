package dev.redoubt.proxy.resp;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/** Writes replies of any shape that RESP3 allows. */
public final class RandomReply {
    private static final String LINES = "+-:#,(_";
    private static final String BULKS = "$=!";
    private static final String AGGREGATES = "*~%";

    private final RandomGenerator random;

    public RandomReply(RandomGenerator random) {
        this.random = random;
    }

    /** Appends one reply, with aggregates nested at most so deep. */
    public void write(ByteBuf out, int depth) {
        if (depth > 0 && random.nextInt(8) == 0) {
            aggregate(out, '|', depth); // an attribute precedes a reply
        }
        switch (random.nextInt(depth > 0 ? 4 : 2)) {
            case 0 -> line(out);
            case 1 -> bulk(out);
            default -> aggregate(out, AGGREGATES.charAt(random.nextInt(AGGREGATES.length())), depth);
        }
    }

    /** Appends a push. */
    public void writePush(ByteBuf out) {
        aggregate(out, '>', 2);
    }

    private void line(ByteBuf out) {
        char type = LINES.charAt(random.nextInt(LINES.length()));
        String text = switch (type) {
            case '_' -> "";
            case '#' -> random.nextBoolean() ? "t" : "f";
            case '+', '-' -> "text\rand$more*".substring(random.nextInt(14));
            default -> Long.toString(random.nextLong());
        };
        out.writeBytes(Wire.bytes(type + text + "\r\n"));
    }

    private void bulk(ByteBuf out) {
        if (random.nextInt(6) == 0) {
            out.writeBytes(Wire.bytes("$-1\r\n"));
            return;
        }
        byte[] body = new byte[random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(8)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) "\r\n$*+-1x".charAt(random.nextInt(8));
        }
        char type = BULKS.charAt(random.nextInt(BULKS.length()));
        out.writeBytes(Wire.bytes(type + "" + body.length + "\r\n"))
                .writeBytes(body)
                .writeBytes(Wire.bytes("\r\n"));
    }

    private void aggregate(ByteBuf out, char type, int depth) {
        if (type == '*' && random.nextInt(8) == 0) {
            out.writeBytes(Wire.bytes("*-1\r\n"));
            return;
        }
        int size = random.nextInt(5);
        out.writeBytes(Wire.bytes(type + "" + size + "\r\n"));
        for (int i = type == '%' || type == '|' ? 2 * size : size; i > 0; i--) {
            write(out, depth - 1);
        }
    }
}
