package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.resp.CommandScanner.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors and laxities are those of a Redis 7.0.15 that was sent the same bytes. */
class CommandScannerTest {
    private static final int HEADER_BYTES = 64 * 1024;

    /** What is expected: the outcome, then where it ends, how many arguments, the name; or the error. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            *1\\r\\n$4\\r\\nPING\\r\\n                      => COMMAND 14 1 PING
            *2\\r\\n$4\\r\\nECHO\\r\\n$0\\r\\n\\r\\n        => COMMAND 20 2 ECHO
            *2\\r\\n$3\\r\\nGET\\r\\n$2\\r\\n\\r\\n\\r\\n   => COMMAND 21 2 GET
            *1\\r\\n$0\\r\\n\\r\\n                          => COMMAND 10 1
            *1\\r\\n$4\\r\\nPING\\r\\n*1\\r\\n              => COMMAND 14 1 PING
            *1\\rX$4\\r\\0PINGXX                            => COMMAND 14 1 PING
            *1\\r\\n$10\\r\\nabcdefghij\\r\\n              => COMMAND 21 1 abcdefghij
            *1\\r\\n$10\\rXabcdefghijXX                    => COMMAND 21 1 abcdefghij
            *10\\r\\n                                       => INCOMPLETE
            *1\\r\\n$4\\r\\nPING\\r                         => INCOMPLETE
            *1\\r\\n$4\\r\\nPING                            => INCOMPLETE
            *1\\r\\n$536870912\\r\\nx                       => INCOMPLETE
            *1048576\\r\\n                                  => INCOMPLETE
            *0\\r\\n                                        => EMPTY 4
            *-1\\r\\nPING                                   => EMPTY 5
            *-100\\r\\n                                     => EMPTY 7
            PING\\r\\n                                      => INLINE 6
            PING\\n$                                        => INLINE 5
            \\r\\n                                          => INLINE 2
            \\n                                             => INLINE 1
            $4\\r\\n                                        => INLINE 4
            \\xff\\0\\n                                     => INLINE 3
            PING                                            => INCOMPLETE
            PING\\r                                         => INCOMPLETE
            *01\\r\\n                                       => MALFORMED invalid multibulk length
            *+5\\r\\n                                       => MALFORMED invalid multibulk length
            *-0\\r\\n                                       => MALFORMED invalid multibulk length
            *-\\r\\n                                        => MALFORMED invalid multibulk length
            *\\r\\n                                         => MALFORMED invalid multibulk length
            *a\\r\\n                                        => MALFORMED invalid multibulk length
            *1a\\r\\n                                       => MALFORMED invalid multibulk length
            * 1\\r\\n                                       => MALFORMED invalid multibulk length
            *1 \\r\\n                                       => MALFORMED invalid multibulk length
            *1\\n$4\\r\\n                                   => MALFORMED invalid multibulk length
            *1048577\\r\\n                                  => MALFORMED invalid multibulk length
            *4294967297\\r\\n                               => MALFORMED invalid multibulk length
            *18446744073709551617\\r\\n                     => MALFORMED invalid multibulk length
            *99999999999999999999999999999\\r\\n            => MALFORMED invalid multibulk length
            *1\\r\\n$04\\r\\n                               => MALFORMED invalid bulk length
            *1\\r\\n$+4\\r\\n                               => MALFORMED invalid bulk length
            *1\\r\\n$-1\\r\\n                               => MALFORMED invalid bulk length
            *1\\r\\n$\\r\\n                                 => MALFORMED invalid bulk length
            *1\\r\\n$04\\r\\nPING\\r\\n                       => MALFORMED invalid bulk length
            *1\\r\\n$1:\\r\\nPING\\r\\n                       => MALFORMED invalid bulk length
            *1\\r\\n$:1\\r\\nPING\\r\\n                       => MALFORMED invalid bulk length
            *1\\r\\n$:\\r\\nPING\\r\\n                        => MALFORMED invalid bulk length
            *1\\r\\n$4x\\r\\n                               => MALFORMED invalid bulk length
            *1\\r\\n$536870913\\r\\n                        => MALFORMED invalid bulk length
            *1\\r\\n$18446744073709551620\\r\\n             => MALFORMED invalid bulk length
            *2\\r\\n$4\\r\\nPING\\r\\n$-5\\r\\n             => MALFORMED invalid bulk length
            *1\\r\\nPING\\r\\n                              => MALFORMED expected '$', got 'P'
            *1\\r\\n:4\\r\\n                                => MALFORMED expected '$', got ':'
            *1\\r\\n*1\\r\\n                                => MALFORMED expected '$', got '*'
            *2\\r\\n$4\\r\\nPING\\r\\nX\\r\\n               => MALFORMED expected '$', got 'X'
            *1\\r\\n$3\\r\\nPING\\r\\n                      => COMMAND 13 1 PIN
            *2\\r\\n$3\\r\\nPING\\r\\n                      => MALFORMED expected '$', got '?'
            """)
    void inputIsFramedAsRedisDoesIt(String escaped, String expected) {
        byte[] input = Wire.unescaped(escaped);

        for (int[] ends : Wire.deliveries(input.length)) {
            assertEquals(
                    expected.replace('?', '\n'),
                    scan(input, ends),
                    () -> escaped + " delivered up to " + Arrays.toString(ends));
        }
    }

    @Test
    void lineWithoutEndIsTooBigAtTheByteWhereItIsForRedis() {
        assertLimit(HEADER_BYTES, "", "*" + "x".repeat(HEADER_BYTES), "too big mbulk count string");
        assertLimit(HEADER_BYTES, "", "*" + "1".repeat(HEADER_BYTES), "too big mbulk count string");
        assertLimit(HEADER_BYTES, "*1\r\n", "$" + "1".repeat(HEADER_BYTES), "too big bulk count string");
        assertLimit(HEADER_BYTES, "", "P" + "x".repeat(HEADER_BYTES), "too big inline request");
    }

    private static void assertLimit(int limit, String before, String line, String error) {
        byte[] input = Wire.bytes(before + line);
        int allowed = before.length() + limit;

        assertEquals("INCOMPLETE", scan(Arrays.copyOf(input, allowed), new int[] {allowed}), error);
        assertEquals("MALFORMED " + error, scan(input, new int[] {input.length}));
        assertEquals("MALFORMED " + error, scan(input, new int[] {allowed, input.length}));
    }

    @Test
    void longInlineLineIsTakenWhenItsEndIsThere() {
        byte[] input = Wire.bytes("P".repeat(2 * HEADER_BYTES) + "\r\n");

        assertEquals("INLINE " + input.length, scan(input, new int[] {input.length}));
    }

    @Test
    void invalidNumberIsReportedWhenItsLineIsComplete() {
        byte[] input = Wire.bytes("*1x\r\n");

        assertEquals("INCOMPLETE", scan(Arrays.copyOf(input, 4), new int[] {4}));
        assertEquals("MALFORMED invalid multibulk length", scan(input, new int[] {5}));
    }

    @Test
    void mostArgumentsThatAreAllowedAreACommand() {
        byte[] input = Wire.bytes("*1048576\r\n" + "$0\r\n\r\n".repeat(1024 * 1024));

        assertEquals("COMMAND " + input.length + " 1048576", scan(input, new int[] {input.length}));
    }

    @Test
    void whoeverHasNotAuthenticatedMaySendSmallCommandsOnly() {
        CommandScanner scanner = new CommandScanner();
        scanner.restrict(true);
        String ten = "*10\r\n" + "$1\r\na\r\n".repeat(10);
        String large = "*1\r\n$16384\r\n" + "a".repeat(16384) + "\r\n";

        assertEquals(Outcome.COMMAND, scan(scanner, ten));
        assertEquals(Outcome.COMMAND, scan(scanner, large));
        assertEquals(Outcome.MALFORMED, scan(scanner, "*11\r\n"));
        assertEquals("ERR Protocol error: unauthenticated multibulk length", scanner.error());
        assertEquals(Outcome.MALFORMED, scan(scanner, "*1\r\n$16385\r\n"));
        assertEquals("ERR Protocol error: unauthenticated bulk length", scanner.error());

        scanner.restrict(false);

        assertEquals(Outcome.INCOMPLETE, scan(scanner, "*11\r\n$16385\r\n"));
    }

    private static Outcome scan(CommandScanner scanner, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        scanner.start(0);
        return scanner.scan(bytes, bytes.writerIndex());
    }

    @Test
    void nameIsKnownBeforeTheCommandIsWhole() {
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\nvvv"));
        CommandScanner scanner = new CommandScanner();
        scanner.start(0);

        Outcome outcome = scanner.scan(buf, buf.writerIndex());

        assertEquals(Outcome.INCOMPLETE, outcome);
        assertEquals(8, scanner.nameStart());
        assertEquals(3, scanner.nameLength());
        assertEquals(3, scanner.argumentCount());
        assertEquals(buf.writerIndex() - 3 + 100_000 + 2, scanner.position(), "where the bulk will end");
    }

    @Test
    void largeArgumentOfWhichNothingIsKeptIsSteppedOver() {
        CommandScanner scanner = new CommandScanner();
        ByteBuf header = Unpooled.wrappedBuffer(Wire.bytes("*2\r\n$3\r\nGET\r\n$100000\r\n"));
        scanner.start(0);
        scanner.scan(header, header.writerIndex());
        scanner.rebase(-header.writerIndex());

        Outcome before = scanner.scan(Unpooled.wrappedBuffer(new byte[100_001]), 100_001);
        Outcome after = scanner.scan(Unpooled.wrappedBuffer(new byte[100_002]), 100_002);

        assertEquals(Outcome.INCOMPLETE, before);
        assertEquals(Outcome.COMMAND, after);
        assertEquals(100_002, scanner.position());
    }

    @Test
    void errorTextIsTheWholeOfRedisOwn() {
        CommandScanner scanner = new CommandScanner();
        scanner.start(0);
        scanner.scan(Unpooled.wrappedBuffer(Wire.bytes("*1\r\nX")), 5);

        assertEquals("ERR Protocol error: expected '$', got 'X'", scanner.error());
    }

    @Test
    void randomPipelinesAreCutWhereTheirCommandsEnd() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("CommandScannerTest: -Dredoubt.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            ByteBuf pipeline = Unpooled.buffer();
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                String[] words = randomWords(random);
                byte[] command = Wire.command(words);
                pipeline.writeBytes(command);
                expected.add(("COMMAND " + command.length + " " + words.length + " " + words[0]).strip());
            }
            byte[] input = Wire.take(pipeline);

            assertEquals(expected, scanAll(input, Wire.randomDelivery(input.length, 40, random)));
        }
    }

    private static String[] randomWords(SplittableRandom random) {
        String[] words = new String[1 + random.nextInt(5)];
        for (int i = 0; i < words.length; i++) {
            byte[] word = new byte[random.nextInt(i == 0 ? 10 : 120)];
            for (int j = 0; j < word.length; j++) {
                word[j] = (byte) (i == 0 ? 'A' + random.nextInt(26) : "\r\n*$:01A\0\u00ff".charAt(random.nextInt(10)));
            }
            words[i] = new String(word, StandardCharsets.ISO_8859_1);
        }
        return words;
    }

    /** The first outcome that is final; at every delivery the bytes lie somewhere else. */
    private static String scan(byte[] input, int[] ends) {
        List<String> all = scanAll(input, ends);
        return all.isEmpty() ? "INCOMPLETE" : all.get(0);
    }

    static List<String> scanAll(byte[] input, int[] ends) {
        List<String> all = new ArrayList<>();
        CommandScanner scanner = new CommandScanner();
        int base = 0;
        int done = 0;
        scanner.start(0);
        for (int end : ends) {
            int moved = 1 + (base + 5) % 11;
            ByteBuf buf = Unpooled.buffer().writeZero(moved).writeBytes(input, done, end - done);
            scanner.rebase(moved - base);
            base = moved;
            Outcome outcome = scanner.scan(buf, buf.writerIndex());
            while (outcome != Outcome.INCOMPLETE) {
                all.add(describe(scanner, outcome, buf, base));
                if (outcome == Outcome.MALFORMED) {
                    return all;
                }
                done += scanner.position() - base;
                base = scanner.position();
                scanner.start(base);
                outcome = scanner.scan(buf, buf.writerIndex());
            }
        }
        return all;
    }

    private static String describe(CommandScanner scanner, Outcome outcome, ByteBuf buf, int base) {
        return switch (outcome) {
            case COMMAND ->
                (outcome + " " + (scanner.position() - base) + " " + scanner.argumentCount() + " "
                                + buf.toString(scanner.nameStart(), scanner.nameLength(), StandardCharsets.ISO_8859_1))
                        .strip();
            case INLINE, EMPTY -> outcome + " " + (scanner.position() - base);
            case MALFORMED -> outcome + " " + scanner.error().substring("ERR Protocol error: ".length());
            case INCOMPLETE -> outcome.name();
        };
    }
}
