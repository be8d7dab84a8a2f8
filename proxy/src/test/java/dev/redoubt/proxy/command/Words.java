package dev.redoubt.proxy.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes calls as people do: {@code SET k v NX}; two quotes are an empty argument. */
final class Words {
    private Words() {}

    static byte[][] args(String line) {
        return Arrays.stream(line.trim().split(" +"))
                .map(word -> bytes(word.equals("''") ? "" : word))
                .toArray(byte[][]::new);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Call call(CommandTable table, String line) {
        byte[][] args = args(line);
        CommandSpec spec = table.find(args[0]);
        if (spec == null) {
            throw new IllegalArgumentException("no such command: " + line);
        }
        return new Call(spec, args);
    }
}
