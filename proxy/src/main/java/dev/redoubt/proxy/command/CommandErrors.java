package dev.redoubt.proxy.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Redis 7.0 answers before it runs a command: unknown name, unknown subcommand, wrong number of arguments. Each method
 * gives a whole error frame, in bytes because arguments need not be text.
 */
public final class CommandErrors {
    /** Redis quotes so many bytes of a name, and of all arguments together. */
    private static final int QUOTED_BYTES = 128;

    private CommandErrors() {}

    /**
     * The error that Redis gives for this call before it runs it, in MULTI at queue time; null if there is none.
     *
     * @param args the name and its arguments
     */
    public static byte @Nullable [] check(CommandTable table, byte[][] args) {
        CommandSpec command = table.find(args[0]);
        if (command == null || !command.isOffered()) {
            return unknownCommand(args);
        }
        CommandSpec called = command.of(args);
        if (command.isContainer() && args.length > 1 && (called.equals(command) || !called.isOffered())) {
            return unknownSubcommand(args);
        }
        return called.acceptsArgumentCount(args.length) ? null : wrongNumberOfArguments(called);
    }

    public static byte[] unknownCommand(byte[][] args) {
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        for (int i = 1; i < args.length && quoted.size() < QUOTED_BYTES; i++) {
            int room = QUOTED_BYTES - quoted.size();
            quoted.write('\'');
            quote(quoted, args[i], room);
            quoted.writeBytes(ascii("' "));
        }
        Frame frame = new Frame("ERR unknown command '");
        frame.quote(args[0]);
        return frame.add("', with args beginning with: ")
                .add(quoted.toByteArray())
                .end();
    }

    public static byte[] unknownSubcommand(byte[][] args) {
        Frame frame = new Frame("ERR unknown subcommand '");
        frame.quote(args[1]);
        String container = Args.text(args[0]).toUpperCase(Locale.ROOT);
        return frame.add("'. Try " + container + " HELP.").end();
    }

    public static byte[] wrongNumberOfArguments(CommandSpec spec) {
        return new Frame("ERR wrong number of arguments for '" + spec.name() + "' command").end();
    }

    /** For commands with {@link CommandFlag#NO_MULTI}. */
    public static byte[] notAllowedInTransaction() {
        return new Frame("ERR Command not allowed inside a transaction").end();
    }

    /** At most {@code limit} bytes, and only up to a NUL, as C prints them. */
    private static void quote(ByteArrayOutputStream out, byte[] argument, int limit) {
        for (int i = 0; i < argument.length && i < limit && argument[i] != 0; i++) {
            out.write(argument[i]);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** An error frame in the making: CR and LF of what is quoted become spaces, as Redis does it. */
    private static final class Frame {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Frame(String start) {
            bytes.write('-');
            add(start);
        }

        Frame add(String text) {
            return add(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Frame add(byte[] text) {
            for (byte letter : text) {
                bytes.write(letter == '\r' || letter == '\n' ? ' ' : letter);
            }
            return this;
        }

        void quote(byte[] argument) {
            ByteArrayOutputStream quoted = new ByteArrayOutputStream();
            CommandErrors.quote(quoted, argument, QUOTED_BYTES);
            add(quoted.toByteArray());
        }

        byte[] end() {
            bytes.writeBytes(ascii("\r\n"));
            return bytes.toByteArray();
        }
    }
}
