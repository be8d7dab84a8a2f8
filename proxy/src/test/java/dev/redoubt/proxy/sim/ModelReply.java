package dev.redoubt.proxy.sim;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Encodes what the model replies. Replies to commands that carry a tag are not what Redis would say: each carries the tag, the number of the application that it tells of, and the result, in one of many shapes. The proxy must not care, and whoever gets
 * a reply that is not his sees it.
 */
final class ModelReply {
    private static final int LONGEST_LINE = 300;

    private ModelReply() {}

    static String payload(int tag, long order, String result) {
        return "@" + tag + ":" + order + ":" + result;
    }

    /** The same shape for the same tag, so that nothing depends on when it is asked for. */
    static byte[] tagged(int tag, int resp, String payload) {
        RandomGenerator random = new SplittableRandom(tag);
        return FrameReader.bytes(attribute(random, resp) + shape(random, resp, payload));
    }

    private static String attribute(RandomGenerator random, int resp) {
        return resp == 3 && random.nextInt(12) == 0 ? "|1\r\n+ttl\r\n:3600\r\n" : "";
    }

    private static String shape(RandomGenerator random, int resp, String payload) {
        return switch (random.nextInt(resp == 3 ? 10 : 6)) {
            case 0, 1 -> payload.length() < LONGEST_LINE ? "+" + payload + "\r\n" : bulk(payload);
            case 2 -> "*3\r\n:1\r\n" + bulk(payload) + "$-1\r\n";
            case 3 -> "*2\r\n*2\r\n*0\r\n*-1\r\n*1\r\n" + bulk(payload);
            case 4, 5 -> bulk(payload);
            case 6 -> "%1\r\n+field\r\n" + bulk(payload);
            case 7 -> "~2\r\n#t\r\n" + bulk(payload);
            case 8 -> "*3\r\n,1.5\r\n_\r\n" + bulk(payload);
            default -> "=" + payload.length() + "\r\n" + payload + "\r\n";
        };
    }

    static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    static byte[] ok() {
        return FrameReader.bytes("+OK\r\n");
    }

    static byte[] simple(String text) {
        return FrameReader.bytes("+" + text + "\r\n");
    }

    static byte[] error(String text) {
        return FrameReader.bytes("-" + text + "\r\n");
    }

    static byte[] number(long value) {
        return FrameReader.bytes(":" + value + "\r\n");
    }

    static byte[] nullArray(int resp) {
        return FrameReader.bytes(resp == 3 ? "_\r\n" : "*-1\r\n");
    }

    static byte[] push() {
        return FrameReader.bytes(">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n");
    }
}
